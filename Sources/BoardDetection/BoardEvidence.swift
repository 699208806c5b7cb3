/// What a whole board says of its uncertain corners.
///
/// A finger that touches a corner can look like the edge of a square, and no window of its own
/// tells; under glare hardly anything of a corner is left. All the other corners know more: they
/// lie on one smooth surface, as well as their own scatter shows. A corner that lies off it by far
/// more is uncertain by as much, and one that is hardly known is known better by the surface.
enum BoardEvidence {
  /// Deviations up to so many standard deviations are not doubted.
  private static let usual = 2.7
  /// The standard deviation along each axis of a corner that lies off, as a share of how far.
  private static let share = 0.7
  /// Doubted corners less certain than this after all were heard are of no use, pixels.
  private static let leastCertain = 0.15
  /// Own answers further than this (pixels, or 6 standard deviations) from what the others say show
  /// something else.
  private static let farthest = 0.75
  /// Least part of a window, and largest residuals in units of the noise, that show a corner.
  private static let leastSupport = 0.75
  private static let largestResidual = 2.5

  /// The surface through corners, those left out that `isLeftOut` names.
  static func surface(
    _ corners: [GridRefiner.Corner?], leavingOut isLeftOut: (Int) -> Bool = { _ in false }
  ) -> BoardSurface? {
    BoardSurface(
      corners.indices.compactMap { n in isLeftOut(n) ? nil : corners[n].map(sample) })
  }

  private static func sample(_ corner: GridRefiner.Corner) -> BoardSurface.Sample {
    BoardSurface.Sample(
      place: corner.place, position: SIMD2(corner.fit.x, corner.fit.y), sigma: corner.fit.sigma)
  }

  /// Raises the standard deviations of corners that are not calm and lie off, the worst first;
  /// those have no say on the others then. `look` measures the corner of a number anew from where
  /// the others say it is.
  static func raiseSigmas(
    of corners: inout [GridRefiner.Corner?], look: (Int, SIMD2<Double>) -> SaddleFit?
  ) {
    var open = corners.indices.filter { corners[$0].map { !$0.isCalm } ?? false }
    var doubted: Set<Int> = []
    var surface = open.isEmpty ? nil : surface(corners)
    while let known = surface {
      let doubts = open.map { n in corners[n].map { known.doubt(of: sample($0)) } ?? 0 }
      guard let worst = doubts.indices.max(by: { (doubts[$0], -$0) < (doubts[$1], -$1) }),
        doubts[worst] > usual
      else { return }
      let n = open.remove(at: worst)
      doubted.insert(n)
      surface = self.surface(corners, leavingOut: doubted.contains)
      guard let corner = corners[n], let expected = surface?.prediction(at: corner.place)
      else { continue }
      // A careful look may have gone astray where a plain one did not, or one from elsewhere.
      var fit = corner.fit
      for other in [corner.plain, look(n, expected.position)] {
        if let other, 2 * distance(other, expected.position) < distance(fit, expected.position) {
          fit = other
        }
      }
      fit.sigma = max(fit.sigma, share * distance(fit, expected.position))
      corners[n]?.fit = fit
      corners[n]?.isDoubted = true
    }
  }

  /// Moves corners that are not calm and less certain than `limit` (pixels) to the mean of their own
  /// answer and what the others say, each by its certainty; those whose own answer is something else
  /// are dropped. Since the others say as much by themselves, such a corner is never stated better
  /// than `limit`. What was doubted and is hardly known after all is dropped too.
  static func settle(_ corners: inout [GridRefiner.Corner?], limit: Double) {
    let uncertain = corners.indices.filter {
      corners[$0].map { !$0.isCalm && $0.fit.sigma > limit } ?? false
    }
    let surface = uncertain.isEmpty ? nil : surface(corners, leavingOut: Set(uncertain).contains)
    for n in uncertain {
      guard let corner = corners[n] else { continue }
      if let others = surface?.prediction(at: corner.place) {
        corners[n] = settled(corner, others, limit: limit)
      } else if !showsCorner(corner.fit) {
        corners[n] = nil
      }
    }
    for n in corners.indices {
      guard let corner = corners[n], corner.isDoubted, corner.fit.sigma > leastCertain else {
        continue
      }
      corners[n] = nil
    }
  }

  /// The corner after the others were heard; nil where it is something else, or hardly known.
  private static func settled(
    _ corner: GridRefiner.Corner, _ others: (position: SIMD2<Double>, sigma: Double), limit: Double
  ) -> GridRefiner.Corner? {
    let own = corner.fit
    let away = distance(own, others.position)
    guard away < max(farthest, 6 * others.sigma), showsCorner(own) else { return nil }
    let weight = 1 / (own.sigma * own.sigma)
    let other = 1 / (others.sigma * others.sigma)
    let mean = (SIMD2(own.x, own.y) * weight + others.position * other) / (weight + other)
    var corner = corner
    corner.fit.x = mean.x
    corner.fit.y = mean.y
    corner.fit.sigma = max((1 / (weight + other)).squareRoot(), limit)
    return corner
  }

  /// True where a corner is seen, however badly; under a finger most pixels are no corner's.
  private static func showsCorner(_ fit: SaddleFit) -> Bool {
    fit.support > leastSupport && fit.residual < largestResidual
  }

  private static func distance(_ fit: SaddleFit, _ position: SIMD2<Double>) -> Double {
    let d = SIMD2(fit.x, fit.y) - position
    return (d.x * d.x + d.y * d.y).squareRoot()
  }
}
