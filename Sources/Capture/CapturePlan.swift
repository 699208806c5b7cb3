package import Boards
package import Sessions

/// What is to be recorded, where, and until when.
package struct CapturePlan: Sendable {
  /// At least one; roles differ.
  package var cameras: [CaptureSource]
  package var scale: ScaleSource?
  /// The session's folder, which must not exist.
  package var output: String
  /// Goes into the session as it is.
  package var software: String
  package var cart: String?
  package var rig: SessionDocument.RigFile?
  /// Seconds that the pictures of a frame may lie apart; nil for what suits the cameras' rates.
  package var tolerance: Double?
  /// Looked for while it is recorded, for the people who hold it; nil to save the work.
  package var board: BoardSpec?
  /// How many instants, and how many seconds; without either until it is stopped.
  package var frames: Int?
  package var seconds: Double?

  package init(
    cameras: [CaptureSource], scale: ScaleSource? = nil, output: String, software: String,
    cart: String? = nil, rig: SessionDocument.RigFile? = nil, tolerance: Double? = nil,
    board: BoardSpec? = nil, frames: Int? = nil, seconds: Double? = nil
  ) {
    self.cameras = cameras
    self.scale = scale
    self.output = output
    self.software = software
    self.cart = cart
    self.rig = rig
    self.tolerance = tolerance
    self.board = board
    self.frames = frames
    self.seconds = seconds
  }

  /// The tolerance for cameras that run free. Those of one rate are less than a period apart, jitter
  /// aside; with others the nearest picture is at most half a period of the slowest away.
  static func tolerance(rates: [Double?]) -> Double {
    let known = rates.compactMap { $0 }.filter { $0 > 0 }
    guard let slowest = known.min() else { return 0.05 }
    return (known.count == rates.count && Set(known).count == 1 ? 1.25 : 0.5) / slowest
  }
}
