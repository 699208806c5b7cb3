import Devices
import Execution
import Glibc
import Sessions

/// Reads one camera on a thread of its own, and tells what it sends and what happens to it. It never
/// gives a camera up: one that went away is opened again when it is back.
struct CameraFeed: Sendable {
  let number: Int
  let source: CaptureSource
  let mailbox: Mailbox<CaptureMessage>
  let clock: CaptureClock
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
        awaySince = clock.seconds()
        hasComplained = false
      } catch {
        guard stream > 0 else {
          mailbox.put(.unusable(camera: number, error))
          return
        }
        if !error.isAbsence, !hasComplained, clock.seconds() - awaySince > Self.grace {
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
    var lastTime = clock.seconds()
    while !isStopped.isSet {
      do throws(DeviceError) {
        let picture = try camera.next(within: Self.listening)
        if !hasSent, stream > 0 {
          mailbox.put(.event(camera: number, .replugged, detail: nil))
        } else if isSilent {
          mailbox.put(.event(camera: number, .resumed, detail: nil))
        }
        (hasSent, isSilent) = (true, false)
        lastTime = clock.seconds()
        mailbox.put(
          .picture(camera: number, picture, camera.stream, stream: stream),
          weight: picture.bytes.count)
      } catch {
        guard case .silent = error else {
          mailbox.put(
            .event(camera: number, .unplugged, detail: error.isAbsence ? nil : "\(error)"))
          return
        }
        if !isSilent, clock.seconds() - lastTime > patience {
          isSilent = true
          mailbox.put(.event(camera: number, .silent, detail: nil))
        }
      }
    }
  }
}
