/// What the lines of a board say of its uncertain corners.
///
/// A finger that touches a corner can look like the edge of a square, and no window of its own
/// tells; under glare hardly anything of a corner is left. The neighbours know more: undisturbed
/// corners show how well this board's lines predict (noise, lens, bend and all). A corner that lies
/// off by far more is uncertain by as much, and one that is hardly known is known better by its
/// lines.
struct LineEvidence {
  private let geometry: GridNeighbours
  /// By support: the median distance of undisturbed corners from where their lines predict them,
  /// pixels; infinite where there are too few of them.
  private let typical: [Double]

  /// Deviations of so many times the median are not doubted.
  private static let usual = 3.0
  /// The standard deviation along each axis of a corner that lies off, as a share of how far.
  private static let share = 0.7
  /// Fewest deviations that make a median.
  private static let fewest = 8
  /// The median of a distance in the plane, in standard deviations along each axis.
  private static let medianDistance = 1.177
  /// Corners without lines that tell must be known as well as this by themselves, pixels.
  private static let leastCertain = 0.12
  /// Own answers further than this (pixels, or 6 standard deviations) from what the lines say show
  /// something else.
  private static let farthest = 0.75

  /// Least part of a window, and largest residuals in units of the noise, that show a corner.
  private static let leastSupport = 0.75
  private static let largestResidual = 2.5

  /// Learns from calm corners, from all where too few are calm.
  init(_ corners: [GridRefiner.Corner?], _ geometry: GridNeighbours) {
    self.geometry = geometry
    let positions = Self.positions(corners)
    let calm = corners.indices.filter { corners[$0]?.isCalm ?? false }
    let numbers = calm.count >= Self.fewest ? calm : Array(corners.indices)
    var distances = GridNeighbours.Support.allCases.map { _ in [Double]() }
    for n in numbers {
      guard let p = positions[n] else { continue }
      for line in geometry.predictions(at: n, positions: positions, isThorough: true) {
        distances[line.support.rawValue].append(Self.length(line.position - p))
      }
    }
    typical = distances.map { list in
      guard list.count >= Self.fewest else { return .infinity }
      return max(list.sorted()[list.count / 2], 1e-3)
    }
  }

  /// Raises the standard deviations of corners that are not calm and lie off, the worst first;
  /// those have no say on the others then.
  func raiseSigmas(of corners: inout [GridRefiner.Corner?]) {
    var positions = Self.positions(corners)
    var open = corners.indices.filter { corners[$0].map { !$0.isCalm } ?? false }
    while !open.isEmpty {
      let doubts = open.map { doubt(at: $0, positions) }
      guard
        let worst = doubts.indices.max(by: { (doubts[$0].ratio, -$0) < (doubts[$1].ratio, -$1) }),
        doubts[worst].ratio > Self.usual
      else { return }
      let n = open.remove(at: worst)
      var distance = doubts[worst].distance
      // A careful look may have gone astray where a plain one did not.
      if let plain = corners[n]?.plain {
        var other = positions
        other[n] = plain
        let doubt = doubt(at: n, other)
        if doubt.ratio < doubts[worst].ratio {
          distance = doubt.distance
          corners[n]?.fit.x = plain.x
          corners[n]?.fit.y = plain.y
        }
      }
      let sigma = Self.share * distance
      if let own = corners[n]?.fit.sigma, own < sigma { corners[n]?.fit.sigma = sigma }
      positions[n] = nil
    }
  }

  /// The smallest of a corner's deviations by its lines: in units of what is typical, and in pixels.
  private func doubt(
    at n: Int, _ positions: [SIMD2<Double>?]
  ) -> (ratio: Double, distance: Double) {
    guard let p = positions[n] else { return (0, 0) }
    let all = geometry.predictions(at: n, positions: positions, isThorough: false).map {
      let distance = Self.length($0.position - p)
      return (ratio: distance / typical[$0.support.rawValue], distance: distance)
    }
    return (all.map(\.ratio).min() ?? 0, all.map(\.distance).min() ?? 0)
  }

  /// Moves corners that are not calm and less certain than `limit` (pixels) to the mean of their own answer and
  /// what their lines say, each by its certainty; those whose own answer is something else are
  /// dropped, and those without lines that tell. Since the neighbours say as much by themselves,
  /// such a corner is never stated better than `limit`.
  func settle(_ corners: inout [GridRefiner.Corner?], limit: Double) {
    let uncertain = corners.indices.filter {
      corners[$0].map { !$0.isCalm && $0.fit.sigma > limit } ?? false
    }
    var positions = Self.positions(corners)
    for n in uncertain { positions[n] = nil }
    for n in uncertain {
      guard let own = corners[n]?.fit, Self.showsCorner(own) else {
        corners[n] = nil
        continue
      }
      guard let lines = estimate(at: n, positions) else {
        // At the rim of what is seen nothing better is known.
        if own.sigma > max(limit, Self.leastCertain) { corners[n] = nil }
        continue
      }
      guard
        Self.length(lines.position - SIMD2(own.x, own.y)) < max(Self.farthest, 6 * lines.sigma)
      else {
        corners[n] = nil
        continue
      }
      let weight = 1 / (own.sigma * own.sigma)
      let other = 1 / (lines.sigma * lines.sigma)
      let mean = (SIMD2(own.x, own.y) * weight + lines.position * other) / (weight + other)
      corners[n]?.fit.x = mean.x
      corners[n]?.fit.y = mean.y
      corners[n]?.fit.sigma = max((1 / (weight + other)).squareRoot(), limit)
    }
  }

  /// True where a corner is seen, however badly; under a finger most pixels are no corner's.
  private static func showsCorner(_ fit: SaddleFit) -> Bool {
    fit.support > leastSupport && fit.residual < largestResidual
  }

  /// Where a corner's lines say it is, between corners on both sides, and how well they know.
  private func estimate(
    at n: Int, _ positions: [SIMD2<Double>?]
  ) -> (position: SIMD2<Double>, sigma: Double)? {
    var sum = SIMD2<Double>(0, 0)
    var weight = 0.0
    for line in geometry.predictions(at: n, positions: positions, isThorough: false)
    where line.support != .end {
      let sigma = typical[line.support.rawValue] / Self.medianDistance
      sum += line.position / (sigma * sigma)
      weight += 1 / (sigma * sigma)
    }
    return weight > 0 ? (sum / weight, (1 / weight).squareRoot()) : nil
  }

  private static func positions(_ corners: [GridRefiner.Corner?]) -> [SIMD2<Double>?] {
    corners.map { corner in corner.map { SIMD2($0.fit.x, $0.fit.y) } }
  }

  private static func length(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }
}
