import Devices
import Execution
import Glibc
import Sessions
import Synchronization

/// Reads one camera on a thread of its own, and tells what it sends and what happens to it. It never
/// gives a camera up: one that went away is opened again when it is back.
struct CameraFeed: Sendable {
  let number: Int
  let source: CaptureSource
  let mailbox: Mailbox<CaptureMessage>
  let isStopped: StopSign

  /// Seconds: how long a camera is listened to before looking whether to stop, how long until one
  /// that is away is looked for again, and until one that came back and does not work is complained
  /// of.
  private static let listening = 0.25
  private static let pause: UInt32 = 300_000
  private static let grace = 5.0

  func run() {
    var stream = 0
    var awaySince = 0.0
    var hasComplained = false
    while !isStopped.isSet {
      do throws(DeviceError) {
        read(try source.open(), stream: stream)
        stream += 1
        awaySince = ResourceUse.wallSeconds
        hasComplained = false
      } catch {
        guard stream > 0 else {
          mailbox.put(.unusable(camera: number, error))
          return
        }
        if !error.isAbsence, !hasComplained, ResourceUse.wallSeconds - awaySince > Self.grace {
          hasComplained = true
          mailbox.put(.event(camera: number, .failed, detail: "\(error)"))
        }
      }
      if !isStopped.isSet { usleep(Self.pause) }
    }
  }

  /// Reads until it is to stop or the camera is gone.
  private func read(_ camera: any Camera, stream: Int) {
    mailbox.put(.opened(camera: number, camera.stream, camera.deviations))
    // A camera in the dark may take half a second for a picture.
    let patience = max(1, camera.stream.rate.map { 5 / $0 } ?? 1)
    var isSilent = false
    var hasSent = false
    var lastTime = ResourceUse.wallSeconds
    while !isStopped.isSet {
      do throws(DeviceError) {
        let picture = try camera.next(within: Self.listening)
        if !hasSent, stream > 0 {
          mailbox.put(.event(camera: number, .replugged, detail: nil))
        } else if isSilent {
          mailbox.put(.event(camera: number, .resumed, detail: nil))
        }
        (hasSent, isSilent) = (true, false)
        lastTime = ResourceUse.wallSeconds
        mailbox.put(
          .picture(camera: number, picture, camera.stream, stream: stream),
          weight: picture.bytes.count)
      } catch {
        guard case .silent = error else {
          mailbox.put(
            .event(camera: number, .unplugged, detail: error.isAbsence ? nil : "\(error)"))
          return
        }
        if !isSilent, ResourceUse.wallSeconds - lastTime > patience {
          isSilent = true
          mailbox.put(.event(camera: number, .silent, detail: nil))
        }
      }
    }
  }
}

/// Reads the scale on a thread of its own, in the same way.
struct ScaleFeed: Sendable {
  let source: ScaleSource
  let mailbox: Mailbox<CaptureMessage>
  let isStopped: StopSign

  /// Seconds from sample to sample: scales that are asked answer as fast as they are asked.
  private static let interval = 0.1
  private static let patience = 2.0

  func run() {
    var wasOpened = false
    while !isStopped.isSet {
      do throws(DeviceError) {
        let scale = try source.open()
        if !wasOpened {
          mailbox.put(.scaleOpened(cells: scale.cells))
          wasOpened = true
        } else {
          mailbox.put(.scaleEvent(.replugged, detail: nil))
        }
        try read(scale)
      } catch {
        guard wasOpened else {
          mailbox.put(.scaleUnusable(error))
          return
        }
        if !isStopped.isSet { usleep(500_000) }
      }
    }
  }

  private func read(_ scale: any Scale) throws(DeviceError) {
    var lastTime = ResourceUse.wallSeconds
    var isSilent = false
    while !isStopped.isSet {
      let begun = ResourceUse.wallSeconds
      do throws(DeviceError) {
        let sample = try scale.next(within: 0.5)
        if isSilent { mailbox.put(.scaleEvent(.resumed, detail: nil)) }
        isSilent = false
        lastTime = ResourceUse.wallSeconds
        mailbox.put(.sample(sample))
      } catch {
        guard case .silent = error else {
          mailbox.put(.scaleEvent(.unplugged, detail: error.isAbsence ? nil : "\(error)"))
          throw error
        }
        if !isSilent, ResourceUse.wallSeconds - lastTime > Self.patience {
          isSilent = true
          mailbox.put(.scaleEvent(.silent, detail: nil))
        }
      }
      let left = Self.interval - (ResourceUse.wallSeconds - begun)
      if left > 0 { usleep(UInt32(left * 1e6)) }
    }
  }
}

/// Tells threads that it is time to stop.
final class StopSign: Sendable {
  private let flag = Atomic<Bool>(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}
