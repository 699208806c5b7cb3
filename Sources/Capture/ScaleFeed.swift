import Devices
import Execution
import Glibc
import Sessions

/// Reads the scale on a thread of its own, as `CameraFeed` does a camera.
struct ScaleFeed: Sendable {
  let source: ScaleSource
  let mailbox: Mailbox<CaptureMessage>
  let clock: CaptureClock
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

  /// The tilt, where it is measured; an accelerometer that fails costs no weight.
  private func tilt() -> SIMD2<Double>? {
    guard let tilt = source.tilt else { return nil }
    do throws(DeviceError) { return try tilt() } catch { return nil }
  }

  private func read(_ scale: any Scale) throws(DeviceError) {
    var lastTime = clock.seconds()
    var isSilent = false
    while !isStopped.isSet {
      let begun = clock.seconds()
      do throws(DeviceError) {
        let sample = try scale.next(within: 0.5)
        if isSilent { mailbox.put(.scaleEvent(.resumed, detail: nil)) }
        isSilent = false
        lastTime = clock.seconds()
        mailbox.put(.sample(sample, tilt: tilt()))
      } catch {
        guard case .silent = error else {
          mailbox.put(.scaleEvent(.unplugged, detail: error.isAbsence ? nil : "\(error)"))
          throw error
        }
        if !isSilent, clock.seconds() - lastTime > Self.patience {
          isSilent = true
          mailbox.put(.scaleEvent(.silent, detail: nil))
        }
      }
      guard scale.answersAtOnce else { continue }
      let left = Self.interval - (clock.seconds() - begun)
      if left > 0 { usleep(UInt32(left * 1e6)) }
    }
  }
}
