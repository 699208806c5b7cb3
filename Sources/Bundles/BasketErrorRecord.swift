package import Geometry

/// How far points of the basket that two cameras triangulate are expected to be from where they
/// are, as far as lenses and poses are known; what finding a point in the pictures adds is apart.
public struct BasketErrorRecord: Equatable, Sendable {
  /// What the errors are relative to.
  public enum Frame: String, CaseIterable, Codable, Sendable {
    /// The cart, the datum's own uncertainty included.
    case cart
    /// The reference camera.
    case reference
  }

  /// Two cameras.
  public struct Pair: Codable, Equatable, Sendable {
    public var first: String
    public var second: String
    /// How many points of the grid both see.
    public var points: Int
    /// Over these points, metres.
    public var rms: Double
    public var worst: Double

    public init(first: String, second: String, points: Int, rms: Double, worst: Double) {
      self.first = first
      self.second = second
      self.points = points
      self.rms = rms
      self.worst = worst
    }

    enum CodingKeys: String, CodingKey {
      case first, second, points
      case rms = "rms_m"
      case worst = "worst_m"
    }
  }

  public var frame: Frame
  /// Of the basket: right, forward, up; metres.
  public var size: [Double]
  /// Points of the grid from wall to wall and from floor to rim: right, forward, up.
  public var grid: [Int]
  /// By point, fastest to the right, then forward, then up: how many cameras see it.
  public var cameras: [Int]
  /// By point: root mean square distance, metres, with the best pair of cameras and the median over
  /// all that see it; nil where fewer than two cameras do.
  public var best: [Double?]
  public var median: [Double?]
  /// By point: what one pixel (one standard deviation along each axis of both pictures) adds with
  /// the best pair, metres.
  public var perPixel: [Double?]
  public var pairs: [Pair]
  /// The part of the points that two cameras see, 0...1.
  public var covered: Double
  /// Of the best errors: root mean square, and the largest, metres.
  public var rms: Double?
  public var worst: Double?

  package init(
    frame: Frame, size: [Double], grid: [Int], cameras: [Int], best: [Double?],
    median: [Double?], perPixel: [Double?], pairs: [Pair], covered: Double, rms: Double?,
    worst: Double?
  ) {
    self.frame = frame
    self.size = size
    self.grid = grid
    self.cameras = cameras
    self.best = best
    self.median = median
    self.perPixel = perPixel
    self.pairs = pairs
    self.covered = covered
    self.rms = rms
    self.worst = worst
  }

  enum CodingKeys: String, CodingKey {
    case frame, grid, cameras, pairs, covered
    case size = "size_m"
    case best = "best_m"
    case median = "median_m"
    case perPixel = "m_per_px"
    case rms = "rms_m"
    case worst = "worst_m"
  }
}

extension BasketErrorRecord: Codable {
  /// No basket needs more points along an axis.
  private static let gridLimit = 100

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    frame = try values.decode(Frame.self, forKey: .frame)
    size = try values.decode([Double].self, forKey: .size)
    grid = try values.decode([Int].self, forKey: .grid)
    cameras = try values.decode([Int].self, forKey: .cameras)
    best = try values.decode([Double?].self, forKey: .best)
    median = try values.decode([Double?].self, forKey: .median)
    perPixel = try values.decode([Double?].self, forKey: .perPixel)
    pairs = try values.decode([Pair].self, forKey: .pairs)
    covered = try values.decode(Double.self, forKey: .covered)
    rms = try values.decodeIfPresent(Double.self, forKey: .rms)
    worst = try values.decodeIfPresent(Double.self, forKey: .worst)
    try values.check(
      size.count == 3 && size.allSatisfy { $0 > 0 }, .size, "three lengths were expected")
    try values.check(
      grid.count == 3 && grid.allSatisfy((2...Self.gridLimit).contains), .grid,
      "three numbers of 2 to \(Self.gridLimit) were expected")
    let count = grid.reduce(1, *)
    try values.check(cameras.count == count, .cameras, "\(count) numbers were expected")
    try values.check(best.count == count, .best, "\(count) numbers were expected")
    try values.check(median.count == count, .median, "\(count) numbers were expected")
    try values.check(perPixel.count == count, .perPixel, "\(count) numbers were expected")
    try values.check((0...1).contains(covered), .covered, "a part of 0 to 1 was expected")
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(frame, forKey: .frame)
    try values.encode(size, forKey: .size)
    try values.encode(grid, forKey: .grid)
    try values.encode(cameras, forKey: .cameras)
    try values.encode(best, forKey: .best)
    try values.encode(median, forKey: .median)
    try values.encode(perPixel, forKey: .perPixel)
    try values.encode(pairs, forKey: .pairs)
    try values.encode(covered, forKey: .covered)
    try values.encode(rms, forKey: .rms)
    try values.encode(worst, forKey: .worst)
  }

  /// The points of the grid in the cart, in the order of the lists; metres.
  package var points: [Vector3] {
    func place(_ index: Int, _ axis: Int) -> Double {
      Double(index) / Double(grid[axis] - 1) * size[axis]
    }
    return (0..<grid.reduce(1, *)).map { index in
      Vector3(
        place(index % grid[0], 0) - size[0] / 2,
        place(index / grid[0] % grid[1], 1) - size[1] / 2,
        place(index / (grid[0] * grid[1]), 2))
    }
  }
}
