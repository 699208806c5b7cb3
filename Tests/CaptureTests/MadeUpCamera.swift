import Devices
import Synchronization

@testable import Capture

/// What a made-up camera does next.
enum CameraAct: Sendable {
  /// Sends a picture of so many bytes so many milliseconds after the last.
  case send(after: Double = 10, bytes: Int = 4)
  /// Sends nothing for so many milliseconds.
  case rest(Double)
  /// Is unplugged, and not found for so many milliseconds.
  case leave(Double)
}

/// A camera that goes by a script, in real time but fast; it begins again where it left off when it
/// is opened again.
final class MadeUpCamera: Camera {
  final class Script: Sendable {
    struct State: Sendable {
      var acts: ArraySlice<CameraAct>
      var sent: [[UInt8]] = []
      var backAt = 0.0
    }

    let role: String
    let state: Mutex<State>

    init(_ role: String, _ acts: [CameraAct]) {
      self.role = role
      state = Mutex(State(acts: acts[...]))
    }

    /// Every picture that was sent, in order.
    var sent: [[UInt8]] { state.withLock(\.sent) }

    var source: CaptureSource {
      CaptureSource(role: role, device: nil, controls: [.exposure: 0.004]) {
        () throws(DeviceError) in
        let isBack = self.state.withLock { $0.backAt <= monotonicSeconds() }
        guard isBack else { throw .missing(node: self.role) }
        return MadeUpCamera(self)
      }
    }
  }

  let stream = CameraStream(
    pixelFormat: PixelFormat(code: 0x5945_5247), width: 2, height: 2, bytesPerRow: 2, rate: 100)
  private let script: Script
  private var sequence = 0

  init(_ script: Script) { self.script = script }

  func next(within seconds: Double) throws(DeviceError) -> CapturedPicture {
    let role = script.role
    let act = script.state.withLock { $0.acts.popFirst() }
    switch act {
    case .send(let milliseconds, let count):
      rest(milliseconds)
      sequence += 1
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: sequence + $0) }
      script.state.withLock { $0.sent.append(bytes) }
      return CapturedPicture(
        time: monotonicSeconds(), timeBasis: .endOfFrame, sequence: sequence - 1,
        isDamaged: false, bytes: bytes)
    case .rest(let milliseconds):
      rest(min(milliseconds, 50))
      if milliseconds > 50 {
        script.state.withLock { $0.acts = [.rest(milliseconds - 50)] + $0.acts }
      }
      throw .silent(node: role, seconds: seconds)
    case .leave(let milliseconds):
      script.state.withLock { $0.backAt = monotonicSeconds() + milliseconds / 1000 }
      throw .gone(node: role)
    case nil:
      rest(20)
      throw .silent(node: role, seconds: seconds)
    }
  }
}
