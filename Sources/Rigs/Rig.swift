package import Boards
package import CameraCalibration
package import Devices
package import Geometry
package import LensModels
package import Weighing

/// A cart design: its cameras by role, its board, what ties them to the cart, and its scale.
///
/// The cart frame has its origin at the centre of the basket's floor, x right, y forward, z up.
package struct Rig: Equatable, Sendable {
  /// 1 to 64 of `A-Z a-z 0-9 . _ -`.
  package var name: String
  package var description: String
  package var board: BoardSpec
  /// Nil where the file does not say.
  package var basket: RigBasket?
  /// In the order of the file; roles differ.
  package var cameras: [RigCamera]
  package var datum: [DatumPose]
  /// What a calibration must keep to pass.
  package var limits: CalibrationLimits
  /// Seconds that the pictures of one instant may lie apart; nil for what suits the cameras' rates.
  package var syncTolerance: Double?
  /// Its scale; nil where the file has none.
  package var scale: ScaleSpec?
  /// How its scale is read; nil where the file does not say.
  package var scaleWiring: ScaleWiring?

  package init(
    name: String, description: String, board: BoardSpec, basket: RigBasket?, cameras: [RigCamera],
    datum: [DatumPose], limits: CalibrationLimits = CalibrationLimits(),
    scale: ScaleSpec? = nil
  ) {
    self.name = name
    self.description = description
    self.board = board
    self.basket = basket
    self.cameras = cameras
    self.datum = datum
    self.limits = limits
    self.scale = scale
  }

  package static let schemaName = "cartcal.rig/1"

  /// The lens model of each camera by role, for a solve; roles without a fixed model are not in it.
  package var lensKinds: [String: LensKind] {
    var kinds: [String: LensKind] = [:]
    for camera in cameras { kinds[camera.role] = camera.lens.model }
    return kinds
  }

  /// What ties a solve of this rig's cameras to the cart.
  package var cartFrame: CartFrameSpec {
    var nominal: [String: NominalPlace] = [:]
    for camera in cameras { nominal[camera.role] = camera.place }
    return CartFrameSpec(nominal: nominal, datum: datum, basket: basket?.size)
  }
}

/// The space that the cameras look into: a box that stands on the origin of the cart frame.
package struct RigBasket: Equatable, Sendable {
  /// Right, forward, up, metres.
  package var size: Vector3

  package init(size: Vector3) { self.size = size }
}

/// A camera of a rig: a role with its lens and its place.
package struct RigCamera: Equatable, Sendable {
  package var role: String
  package var lens: RigLens
  /// Picture size, pixels.
  package var width: Int
  package var height: Int
  package var place: NominalPlace
  /// By what it is known among the devices; nil where the file does not say.
  package var device: DeviceMatch?
  /// Nil for the format that suits it best.
  package var pixelFormat: PixelFormat?
  /// Pictures a second; nil for the fastest.
  package var rate: Double?
  /// What is set in it.
  package var controls: [CameraControl: Double] = [:]

  package init(role: String, lens: RigLens, width: Int, height: Int, place: NominalPlace) {
    self.role = role
    self.lens = lens
    self.width = width
    self.height = height
    self.place = place
  }
}

/// What kind of lens a camera has, as its data sheet says.
package struct RigLens: Equatable, Sendable {
  package enum Family: String, CaseIterable, Sendable {
    /// Little distortion, up to about 80 degrees across.
    case pinhole
    /// Barrel distortion, up to about 130 degrees.
    case wide
    /// An image that grows with the angle, up to 180 degrees and more.
    case fisheye

    /// The model that describes such lenses.
    package var model: LensKind {
      switch self {
      case .pinhole: .opencv5
      case .wide: .opencv8
      case .fisheye: .kannalaBrandt4
      }
    }
  }

  package var family: Family
  /// The model to solve; nil to choose it by the data, as `--lens auto` does.
  package var model: LensKind?
  /// Nominal focal length, pixels; nil where the file does not say.
  package var focal: Double?

  package init(family: Family, model: LensKind?, focal: Double?) {
    self.family = family
    self.model = model
    self.focal = focal
  }
}
