package import Geometry

/// Where a camera is meant to be in the cart.
package struct NominalPlace: Equatable, Sendable {
  package var cartFromCamera: RigidTransform
  /// How far the camera may be from there, metres, and turned from it, radians, before it is named:
  /// two standard deviations of how carts are built.
  package var positionTolerance: Double
  package var angleTolerance: Double

  package init(
    cartFromCamera: RigidTransform, positionTolerance: Double, angleTolerance: Double
  ) {
    self.cartFromCamera = cartFromCamera
    self.positionTolerance = positionTolerance
    self.angleTolerance = angleTolerance
  }
}

/// A pose of the board that is known in the cart frame, in one frame of the session.
///
/// It is the pose of the board's frame, whose plane goes through the board's four outermost inner
/// corners, bent or not.
package struct DatumPose: Equatable, Sendable {
  /// The frame's name. A whole number also names the frame whose name is that number written with
  /// zeros before it.
  package var frame: String
  package var cartFromBoard: RigidTransform
  /// One standard deviation of the position of the board's middle along each axis, metres, and of
  /// the rotation about each axis, radians; independent between poses.
  package var positionSigma: Double
  package var angleSigma: Double

  package init(
    frame: String, cartFromBoard: RigidTransform, positionSigma: Double, angleSigma: Double
  ) {
    self.frame = frame
    self.cartFromBoard = cartFromBoard
    self.positionSigma = positionSigma
    self.angleSigma = angleSigma
  }

  /// The place of this datum's frame among `frames`, nil when it is not there.
  package func index(in frames: [String]) -> Int? {
    if let index = frames.firstIndex(of: frame) { return index }
    guard let number = Self.number(frame) else { return nil }
    return frames.firstIndex { Self.number($0) == number }
  }

  private static func number(_ name: String) -> Int? {
    name.utf8.allSatisfy { (48...57).contains($0) } ? Int(name) : nil
  }
}

/// What ties a rig to its cart.
package struct CartFrameSpec: Equatable, Sendable {
  /// By camera name.
  package var nominal: [String: NominalPlace]
  package var datum: [DatumPose]
  /// The basket's size to the right, forward and up, metres; nil where it is not known.
  package var basket: Vector3?

  package init(
    nominal: [String: NominalPlace], datum: [DatumPose], basket: Vector3? = nil
  ) {
    self.nominal = nominal
    self.datum = datum
    self.basket = basket
  }
}
