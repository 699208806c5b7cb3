public import Documents

/// Two calibrations of one cart, or of two, held beside each other: what `cartcal bundle diff --json`
/// writes (`cartcal.bundle-diff/1`).
///
/// Each difference stands beside what the uncertainties of both let expect. A calibration that was
/// held on to in a repair shares its errors with the one it came from: their differences are smaller
/// than that.
public struct BundleDifference: Encodable, Equatable, Sendable {
  public static let schemaName = "cartcal.bundle-diff/1"

  /// One of both bundles.
  public struct Side: Encodable, Equatable, Sendable {
    public var cart: String
    public var revision: Int
    public var created: UTCTime

    init(_ bundle: CartBundle) {
      cart = bundle.cartSerial
      revision = bundle.revision
      created = bundle.created
    }
  }

  /// What poses are compared in.
  public enum Frame: String, CaseIterable, Encodable, Sendable {
    /// The cart, as datum poses tell it in both bundles.
    case cart
    /// The camera that most others agree with.
    case camera
  }

  public var schema = Self.schemaName
  public var a: Side
  public var b: Side
  /// Nil where no camera has a pose in both.
  public var frame: Frame?
  /// The camera that poses are compared from; nil for the cart.
  public var referenceCamera: String?
  /// By role, of cameras that both bundles have.
  public var cameras: [String: CameraDifference]
  public var onlyInA: [String]
  public var onlyInB: [String]
  /// Nil where not both know where the basket is, or how large.
  public var basket: BasketDifference?
  /// Nil where not both have a scale of as many cells.
  public var scale: ScaleDifference?
  /// True when no camera and no load differs by more than both uncertainties explain and than
  /// matters, and both have the same cameras.
  public var isSame: Bool

  enum CodingKeys: String, CodingKey {
    case schema, a, b, frame, cameras, basket, scale
    case referenceCamera = "reference_camera"
    case onlyInA = "only_in_a"
    case onlyInB = "only_in_b"
    case isSame = "same"
  }
}

/// How one camera differs.
public struct CameraDifference: Encodable, Equatable, Sendable {
  public enum Judgement: String, CaseIterable, Encodable, Sendable {
    /// Lens and place are the same, as far as both bundles know and as far as it matters.
    case same
    /// The lens is the same, the place is not.
    case moved
    /// The lens is another one.
    case differentLens = "different_lens"
    /// One of both has no lens.
    case notCompared = "not_compared"
  }

  public var judgement: Judgement
  /// Nil where one has no lens, or pictures have another size.
  public var lens: LensDifference?
  /// Nil where one has no place, and for the camera that poses are compared from.
  public var pose: PoseDifference?
}

/// What must be exceeded, beside chance, before a difference is named.
enum DifferenceThreshold {
  /// Root mean square over the picture, of what three times the expected difference leaves; pixels.
  static let lensPixels = 0.3
  /// Standard deviations of a normal distribution.
  static let deviations = 6.0
  /// Of a camera: radians and metres.
  static let turn = 1e-3
  static let shift = 0.5e-3
  /// Of a load: standard deviations, and kilograms.
  static let loadDeviations = 3.0
  static let load = 0.5e-3
}
