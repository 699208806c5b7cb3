package import LensModels

/// How sure a camera's lens and place are. In files its keys stand among those of the camera.
///
/// All deviations come from the noise of the corners; errors of the lens model are outside them,
/// and show in `crossValidation`.
public struct CertaintyRecord: Equatable, Sendable {
  /// One standard deviation of each parameter of the lens; nil when there is no lens.
  public var sigma: LensSigma?
  /// One standard deviation of the pose; nil when it is unknown or left open by the data.
  public var poseSigma: PoseSigma?
  /// Of the lens's parameters; nil when one of them is left open.
  public var lensCovariance: CovarianceRecord?
  /// Of the pose; nil when it is unknown or left open.
  public var poseCovariance: CovarianceRecord?
  public var coverage: CoverageRecord?
  public var projection: ProjectionRecord?
  public var crossValidation: CrossValidationRecord?

  public init() {}
}

/// One standard deviation of each of a lens's parameters; nil where the data leave it open.
public struct LensSigma: Codable, Equatable, Sendable {
  /// Pixels.
  public var fx: Double?
  public var fy: Double?
  public var cx: Double?
  public var cy: Double?
  /// In the model's order.
  public var distortion: [Double?]

  /// From fx, fy, cx, cy and the distortion in one list of at least four.
  package init(_ all: [Double?]) {
    precondition(all.count >= 4)
    (fx, fy, cx, cy) = (all[0], all[1], all[2], all[3])
    distortion = Array(all[4...])
  }
}

/// One standard deviation of a pose a_from_b: of w and v in the axes of a, where the true pose is
/// R = exp(w) R', t = t' + v.
public struct PoseSigma: Codable, Equatable, Sendable {
  /// Three, radians.
  public var rotation: [Double]
  /// Three, metres.
  public var translation: [Double]

  enum CodingKeys: String, CodingKey {
    case rotation = "rotation_rad"
    case translation = "translation_m"
  }
}

/// A covariance matrix.
public struct CovarianceRecord: Equatable, Sendable {
  /// What rows and columns stand for.
  public let order: [String]
  /// Rows one after the other.
  public let values: [Double]

  /// Of a lens's parameters.
  package init(lens kind: LensKind, values: [Double]) {
    order = kind.parameterNames
    self.values = values
  }

  /// Of a pose a_from_b: w (radians), then v (metres), see `PoseSigma`.
  package init(pose values: [Double]) {
    order = ["w_x", "w_y", "w_z", "v_x", "v_y", "v_z"]
    self.values = values
  }
}

/// Where in a camera's picture corners were used. The lens is not to be trusted elsewhere.
public struct CoverageRecord: Equatable, Sendable {
  /// Cells that part the picture evenly.
  public let columns: Int
  public let rows: Int
  /// The part of cells with at least one corner, 0...1.
  public let fraction: Double
  /// Corners in each cell, row by row from the top left.
  public let corners: [Int]

  package init(columns: Int, rows: Int, fraction: Double, corners: [Int]) {
    self.columns = columns
    self.rows = rows
    self.fraction = fraction
    self.corners = corners
  }
}

/// One standard deviation of the pixel at which points are seen, in the worst direction, with what
/// the camera's place can make good left out; pixels.
public struct ProjectionRecord: Codable, Equatable, Sendable {
  public struct AtRange: Codable, Equatable, Sendable {
    /// Distance of the points to the camera, metres; nil for infinity.
    public var range: Double?
    /// In the middle of the picture.
    public var centre: Double?
    /// The largest over the cells with corners.
    public var worstCovered: Double?
    /// At the middle of each cell of the coverage; nil where the lens sees nothing.
    public var cells: [Double?]

    package init(range: Double?, centre: Double?, worstCovered: Double?, cells: [Double?]) {
      self.range = range
      self.centre = centre
      self.worstCovered = worstCovered
      self.cells = cells
    }

    enum CodingKeys: String, CodingKey {
      case range = "range_m"
      case centre
      case worstCovered = "worst_covered"
      case cells
    }
  }

  /// At the nearest board, the median one, and infinity last.
  public var ranges: [AtRange]

  package init(ranges: [AtRange]) { self.ranges = ranges }
}

/// How much the lenses of even and odd frames differ, at infinity after the best rotation, over the
/// cells that both cover; pixels.
public struct CrossValidationRecord: Codable, Equatable, Sendable {
  public var mean: Double
  public var rms: Double
  /// The rms that the covariances of both let expect.
  public var predicted: Double
  /// rms over predicted: about 1 where noise explains the difference.
  public var ratio: Double?
  /// By cell of the coverage; nil where one of both has no corners.
  public var cells: [Double?]
  /// The same as the covariances let expect.
  public var predictedCells: [Double?]

  package init(
    mean: Double, rms: Double, predicted: Double, ratio: Double?, cells: [Double?],
    predictedCells: [Double?]
  ) {
    self.mean = mean
    self.rms = rms
    self.predicted = predicted
    self.ratio = ratio
    self.cells = cells
    self.predictedCells = predictedCells
  }

  enum CodingKeys: String, CodingKey {
    case mean, rms, predicted, ratio, cells
    case predictedCells = "predicted_cells"
  }
}

extension CertaintyRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case sigma
    case poseSigma = "pose_sigma"
    case lensCovariance = "lens_covariance"
    case poseCovariance = "pose_covariance"
    case coverage
    case projection = "projection_uncertainty_px"
    case crossValidation = "cross_validation_px"
  }
}

extension CovarianceRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case order, values
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    order = try container.decode([String].self, forKey: .order)
    values = try container.decode([Double].self, forKey: .values)
    // No lens has more parameters than this; and the product below cannot overflow.
    try container.check(order.count <= 64, .order, "at most 64 unknowns were expected")
    try container.check(
      values.count == order.count * order.count, .values,
      "\(order.count) rows of \(order.count) numbers were expected")
  }
}

extension CoverageRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case columns, rows, fraction, corners
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    columns = try values.decode(Int.self, forKey: .columns)
    rows = try values.decode(Int.self, forKey: .rows)
    fraction = try values.decode(Double.self, forKey: .fraction)
    corners = try values.decode([Int].self, forKey: .corners)
    try values.check((1...1000).contains(columns), .columns, "1 to 1000 were expected")
    try values.check((1...1000).contains(rows), .rows, "1 to 1000 were expected")
    try values.check((0...1).contains(fraction), .fraction, "a part of 0 to 1 was expected")
    try values.check(
      corners.count == columns * rows, .corners, "a count for each cell was expected")
  }
}

extension PoseSigma {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    rotation = try values.decode([Double].self, forKey: .rotation)
    translation = try values.decode([Double].self, forKey: .translation)
    try values.check(rotation.count == 3, .rotation, "three numbers were expected")
    try values.check(translation.count == 3, .translation, "three numbers were expected")
  }

  /// From the diagonal of a 6 x 6 covariance: w, then v.
  package init(_ deviations: [Double]) {
    precondition(deviations.count == 6)
    self.init(rotation: Array(deviations[..<3]), translation: Array(deviations[3...]))
  }
}
