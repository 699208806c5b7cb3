import Capture
import Devices
import Execution
import Glibc
import Rigs
import Simulation

/// The cameras and the scale of a virtual cart, for a capture without hardware: in its basket a board
/// is carried from place to place, on its scale lies nothing.
struct VirtualDevices {
  let cameras: [CaptureSource]
  /// Nil where the rig has no scale with as many cells as a virtual one.
  let scale: ScaleSource?
  let clock: CaptureClock

  /// Pictures a second of cameras of which the rig does not say it.
  private static let rate = 10.0

  /// The cart of a seed, always the same.
  ///
  /// - Parameter isWatched: time goes as for real devices; otherwise it goes as fast as pictures can be
  ///   drawn, and none is ever late.
  init(_ rig: Rig, seed: Int, isWatched: Bool) throws(ProcedureError) {
    let cart: VirtualCart
    do throws(SimulationError) {
      cart = try VirtualCart(rig, disturbance: .line, seed: seed)
    } catch {
      throw .simulation(error)
    }
    let scene = VirtualScene(cart, threads: ThreadCount(1))
    let hasScale = rig.scale?.cells.count == SimulatedScale.drawing.count
    let time = VirtualTime(threads: rig.cameras.count + (hasScale ? 1 : 0))
    clock =
      isWatched
      ? .system : CaptureClock(seconds: { time.now }, date: CaptureClock.system.date)
    // The first pictures come once everything is open.
    let start = clock.seconds() + 0.5
    let pace: @Sendable () -> VirtualPace = {
      if isWatched {
        return .clock(
          now: { ResourceUse.wallSeconds }, wait: { usleep(UInt32(max(0, $0) * 1e6)) })
      }
      let turn = VirtualTime.Turn(time)
      return .clock(now: { turn.now }, wait: { turn.wait($0) })
    }
    cameras = rig.cameras.enumerated().map { index, camera in
      CaptureSource(role: camera.role, device: nil) { () throws(DeviceError) in
        VirtualCamera(
          scene, camera: index, rate: camera.rate ?? Self.rate, start: start, pace: pace())
      }
    }
    let rate = rig.scale?.converter.rate ?? Self.rate
    scale =
      hasScale
      ? ScaleSource(device: nil, kind: .iio) { () throws(DeviceError) in
        VirtualScale(
          SimulatedScale(seed: UInt64(seed)), seed: UInt64(seed), rate: rate, start: start,
          pace: pace())
      } : nil
  }
}
