package import Geometry
package import LensModels

/// A rig as an earlier calibration left it, some of whose cameras were replaced since: what is known
/// of all the others before a picture is looked at.
package struct StoredRig: Equatable, Sendable {
  /// A camera that is held at its stored estimate, as well as that is known.
  package struct Camera: Equatable, Sendable {
    package var lens: Lens
    /// Into the frame of the stored rig.
    package var frameFromCamera: RigidTransform
    /// Where corners were used, by cell of `PictureCoverage`; empty where that is not known.
    package var coverage: [Int]

    package init(lens: Lens, frameFromCamera: RigidTransform, coverage: [Int] = []) {
      self.lens = lens
      self.frameFromCamera = frameFromCamera
      self.coverage = coverage
    }
  }

  /// Where a camera of the stored rig was in the cart, and its covariance, as `CartFrame` has it.
  package struct Place: Equatable, Sendable {
    package var cartFromCamera: RigidTransform
    package var covariance: [Double]?

    package init(cartFromCamera: RigidTransform, covariance: [Double]?) {
      self.cartFromCamera = cartFromCamera
      self.covariance = covariance
    }
  }

  /// What the poses are given in.
  package enum Frame: Equatable, Sendable {
    /// The cart, as board poses known in it have told; `information` says how well.
    case cart
    /// A camera of the input, whose pose is the identity and exactly known.
    case reference(Int)
  }

  /// By camera of the input. Cameras that were replaced are not among them.
  package var held: [Int: Camera]
  /// Cameras of the input that were replaced: nothing is known of them.
  package var replaced: [Int]
  package var warp: BoardWarp
  package var frame: Frame
  /// Of everything stored, replaced cameras included; cameras by their index into the input.
  package var information: RigInformation
  /// By camera of the input, where the cart frame rests on nominal places.
  package var nominalPlaces: [Int: Place]

  package init(
    held: [Int: Camera], replaced: [Int], warp: BoardWarp, frame: Frame,
    information: RigInformation, nominalPlaces: [Int: Place] = [:]
  ) {
    self.held = held
    self.replaced = replaced
    self.warp = warp
    self.frame = frame
    self.information = information
    self.nominalPlaces = nominalPlaces
  }
}

/// What became of a stored rig.
package struct RepairOutcome: Equatable, Sendable {
  /// A camera that was held, and how the new pictures agree with where it was.
  package struct Held: Equatable, Sendable {
    /// Index into the input's cameras.
    package var camera: Int
    /// How far the new pictures alone put the camera from where it was stored: radians, metres, and
    /// how sure that is, in standard deviations of a normal distribution. Nil where the new pictures
    /// do not tell.
    package var turn: Double?
    package var move: Double?
    package var deviations: Double?
    /// True where it moved, or where it cannot be told from one that did: its place is solved anew.
    package var hasMoved: Bool

    package init(
      camera: Int, turn: Double? = nil, move: Double? = nil, deviations: Double? = nil,
      hasMoved: Bool = false
    ) {
      self.camera = camera
      self.turn = turn
      self.move = move
      self.deviations = deviations
      self.hasMoved = hasMoved
    }
  }

  /// Index into the input's cameras of the one whose pose all others are relative to.
  package var reference: Int
  package var held: [Held]
  /// Ascending.
  package var replaced: [Int]

  package init(reference: Int, held: [Held], replaced: [Int]) {
    self.reference = reference
    self.held = held
    self.replaced = replaced
  }
}
