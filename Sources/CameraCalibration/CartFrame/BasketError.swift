package import Geometry

/// How far a point of the basket, triangulated by two cameras, is expected to be from where it is,
/// as far as lenses and poses are known: what the calibration itself contributes. Errors of finding
/// the point in the pictures come on top of it.
package struct BasketError: Equatable, Sendable {
  /// A point of the basket.
  package struct Point: Equatable, Sendable {
    /// In the cart, metres.
    package var place: Vector3
    /// How many cameras see it, where in their pictures corners were used.
    package var cameras: Int
    /// Root mean square distance from where it is, metres, with the pair of cameras that is best
    /// there, and the median over all pairs that see it; nil where fewer than two do.
    package var best: Double?
    package var median: Double?
    /// What an error of one pixel (one standard deviation along each axis of both pictures) adds
    /// with the best pair, metres.
    package var perPixel: Double?

    package init(
      place: Vector3, cameras: Int, best: Double?, median: Double?, perPixel: Double?
    ) {
      self.place = place
      self.cameras = cameras
      self.best = best
      self.median = median
      self.perPixel = perPixel
    }
  }

  /// Two cameras, by their indices into the input.
  package struct Pair: Equatable, Sendable {
    package var first: Int
    package var second: Int
    /// How many of the points both see.
    package var points: Int
    /// Root mean square over these points, and the largest, metres.
    package var rms: Double
    package var worst: Double

    package init(first: Int, second: Int, points: Int, rms: Double, worst: Double) {
      self.first = first
      self.second = second
      self.points = points
      self.rms = rms
      self.worst = worst
    }
  }

  /// What the errors are relative to.
  package enum Frame: String, CaseIterable, Codable, Sendable {
    /// The cart, the datum's own uncertainty included.
    case cart
    /// The reference camera: how cameras and cart stand to each other is left out.
    case reference
  }

  package var frame: Frame
  /// Of the basket: right, forward, up; metres.
  package var size: Vector3
  /// An even grid over the basket: fastest to the right, then forward, then up.
  package var points: [Point]
  /// Pairs that see at least one point in common, in the order of the input.
  package var pairs: [Pair]

  package init(frame: Frame, size: Vector3, points: [Point], pairs: [Pair]) {
    self.frame = frame
    self.size = size
    self.points = points
    self.pairs = pairs
  }

  /// The part of the points that at least two cameras see where corners were used.
  package var covered: Double {
    points.isEmpty ? 0 : Double(points.count { $0.best != nil }) / Double(points.count)
  }

  /// Root mean square of the points' best errors, and the largest; nil where no two cameras see a
  /// point.
  package var rms: Double? {
    let errors = points.compactMap(\.best)
    guard !errors.isEmpty else { return nil }
    return (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
  }
  package var worst: Double? { points.compactMap(\.best).max() }

  /// How many points the grid has to the right, forward and up.
  package static let grid = (right: 7, forward: 5, up: 5)

  /// The points of the grid over a basket that stands on the cart's origin: from wall to wall, from
  /// the floor to the rim.
  package static func places(in size: Vector3) -> [Vector3] {
    func part(_ index: Int, _ count: Int) -> Double { Double(index) / Double(count - 1) }
    var places: [Vector3] = []
    for up in 0..<grid.up {
      for forward in 0..<grid.forward {
        for right in 0..<grid.right {
          places.append(
            Vector3(
              (part(right, grid.right) - 0.5) * size.x,
              (part(forward, grid.forward) - 0.5) * size.y,
              part(up, grid.up) * size.z))
        }
      }
    }
    return places
  }
}
