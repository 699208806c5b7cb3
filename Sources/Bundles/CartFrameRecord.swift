/// What a calibration knows of the cart it stands in. In files its keys stand among those of the
/// bundle.
public struct CartFrameRecord: Equatable, Sendable {
  /// The cart design that the calibration was held to.
  public struct RigFile: Codable, Equatable, Sendable {
    public var name: String
    /// Of the rig file: 64 lower-case hexadecimal digits.
    public var sha256: String

    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// What places the cameras in the cart.
  public enum Source: String, CaseIterable, Codable, Sendable {
    /// Board poses known in the cart.
    case datum
    /// The best fit of the cameras to their nominal places.
    case nominal
  }

  /// A board pose known in the cart.
  public struct Datum: Codable, Equatable, Sendable {
    public var frame: String
    /// False where the frame was not seen, or its pose contradicts the others.
    public var used: Bool
    /// How far the board's middle lies from there, metres, and how far it is turned from it,
    /// radians; nil where the frame was not seen.
    public var distance: Double?
    public var angle: Double?

    public init(frame: String, used: Bool, distance: Double?, angle: Double?) {
      self.frame = frame
      self.used = used
      self.distance = distance
      self.angle = angle
    }

    enum CodingKeys: String, CodingKey {
      case frame, used
      case distance = "distance_m"
      case angle = "angle_rad"
    }
  }

  /// The board's true size over the stated one.
  public struct BoardScale: Codable, Equatable, Sendable {
    public var ratio: Double
    /// One standard deviation.
    public var sigma: Double

    public init(ratio: Double, sigma: Double) {
      self.ratio = ratio
      self.sigma = sigma
    }
  }

  public var rig: RigFile?
  /// Nil where poses are relative to the reference camera only.
  public var source: Source?
  /// In the order of the rig.
  public var datum: [Datum] = []
  /// Nil with fewer than two datum poses.
  public var boardScale: BoardScale?
  /// Nil where the basket's size is not known.
  public var basketError: BasketErrorRecord?

  public init() {}
}

extension CartFrameRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case rig, datum
    case source = "cart_frame"
    case boardScale = "board_scale"
    case basketError = "basket_error"
  }

  /// Files written before there were rigs have none of the keys.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    rig = try values.decodeIfPresent(RigFile.self, forKey: .rig)
    source = try values.decodeIfPresent(Source.self, forKey: .source)
    datum = try values.decodeIfPresent([Datum].self, forKey: .datum) ?? []
    boardScale = try values.decodeIfPresent(BoardScale.self, forKey: .boardScale)
    basketError = try values.decodeIfPresent(BasketErrorRecord.self, forKey: .basketError)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(rig, forKey: .rig)
    try values.encode(source, forKey: .source)
    try values.encode(datum, forKey: .datum)
    try values.encode(boardScale, forKey: .boardScale)
    try values.encode(basketError, forKey: .basketError)
  }
}

/// Where a camera is in its cart. In files its keys stand among those of the camera, and are left
/// out where it is not known.
public struct CartPoseRecord: Equatable, Sendable {
  /// Maps points in the camera's axes to the cart's.
  public var cartFromCamera: PoseRecord
  /// In cart axes; nil where the data leave the pose open.
  public var sigma: PoseSigma?
  public var covariance: CovarianceRecord?

  package init(
    cartFromCamera: PoseRecord, sigma: PoseSigma? = nil, covariance: CovarianceRecord? = nil
  ) {
    self.cartFromCamera = cartFromCamera
    self.sigma = sigma
    self.covariance = covariance
  }

  private enum CodingKeys: String, CodingKey {
    case cartFromCamera = "cart_from_camera"
    case sigma = "cart_pose_sigma"
    case covariance = "cart_pose_covariance"
  }

  /// What stands among the keys of a camera; nil where its place is not known.
  static func decode(from decoder: any Decoder) throws -> CartPoseRecord? {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    guard let pose = try values.decodeIfPresent(PoseRecord.self, forKey: .cartFromCamera) else {
      return nil
    }
    return CartPoseRecord(
      cartFromCamera: pose,
      sigma: try values.decodeIfPresent(PoseSigma.self, forKey: .sigma),
      covariance: try values.decodeIfPresent(CovarianceRecord.self, forKey: .covariance))
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(cartFromCamera, forKey: .cartFromCamera)
    try values.encode(sigma, forKey: .sigma)
    try values.encode(covariance, forKey: .covariance)
  }
}
