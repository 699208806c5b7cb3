/// Measures one corner at a time on the full picture.
final class CornerMeasurement {
  typealias Lines = (first: GridNeighbours.Line, second: GridNeighbours.Line)

  private let fitter = SaddleFitter()
  private let squares: SquareLook

  /// Share of the way to the nearest neighbour that a window may reach.
  private static let windowShare = 0.55
  /// Largest reach of a window, pixels.
  private static let largestReach = 20.0
  private static let smallestReach = 3.0
  private static let startReach = 6.0
  /// Where the largest window has no answer, these are tried.
  private static let plainReaches = [largestReach, 6, 3.5]
  /// Windows of a careful look. The smallest and the other two are looked at only where the first
  /// two disagree.
  private static let firstReaches = [7, largestReach]
  private static let allReaches = [5, 7, 10, largestReach]

  /// Least band that is looked at beside a line, pixels.
  private static let leastPlain = 1.5

  init(_ squares: SquareLook) { self.squares = squares }

  /// Keeps the fitter off what is printed inside the squares.
  private func limitBand(_ lines: Lines) {
    guard let share = squares.plainShare else { return }
    fitter.plain = SIMD2(
      max(share * lines.first.length, Self.leastPlain),
      max(share * lines.second.length, Self.leastPlain))
  }

  /// The corner near `start` on a small window, with even light.
  func started(_ start: SaddleFit, _ lines: Lines, in picture: SaddleFitter.Picture) -> SaddleFit? {
    var fit = start
    limitBand(lines)
    let isGood = fitter.refine(
      &fit, in: picture, reach1: Self.reach(lines.first.length, largest: Self.startReach),
      reach2: Self.reach(lines.second.length, largest: Self.startReach), iterations: 12,
      tolerance: 0.1, holdsTone: true)
    return isGood ? fit : nil
  }

  /// The corner on the largest window its squares allow, on a smaller one where there is no answer,
  /// and the residuals in it.
  func plain(
    _ start: SaddleFit, _ lines: Lines, in picture: SaddleFitter.Picture
  ) -> (fit: SaddleFit, window: GreyNoise.Window)? {
    for largest in Self.plainReaches {
      if let fit = fitted(start, lines, in: picture, largest: largest, noise: nil, light: .even) {
        return (fit, fitter.window(half: fit.half))
      }
    }
    return nil
  }

  /// The corner where something foreign (a finger, glare, an edge of shade) may be in its window:
  /// with light free to change and without the pixels that do not fit, on windows from small to
  /// large. The largest whose answer agrees with those of all smaller ones is taken: what spoils a
  /// window moves its answer by more than the smaller ones' errors (Lepski's rule).
  func careful(
    _ start: SaddleFit, _ lines: Lines, in picture: SaddleFitter.Picture, noise: GreyNoise
  ) -> SaddleFit? {
    let first = looks(Self.firstReaches, start, lines, in: picture, noise)
    if first.count == Self.firstReaches.count, let best = Self.largestInAgreement(first),
      best == first.count - 1
    {
      return Self.stated(first[best], noise)
    }
    let all = looks(Self.allReaches, start, lines, in: picture, noise)
    return Self.largestInAgreement(all).map { Self.stated(all[$0], noise) }
  }

  /// An answer with the standard deviation that counts.
  private static func stated(_ fit: SaddleFit, _ noise: GreyNoise) -> SaddleFit {
    var fit = fit
    fit.sigma *= noise.movingPart
    return fit
  }

  /// The answers of ever larger windows, each from the one before; those without one left out.
  private func looks(
    _ reaches: [Double], _ start: SaddleFit, _ lines: Lines, in picture: SaddleFitter.Picture,
    _ noise: GreyNoise
  ) -> [SaddleFit] {
    var looks: [SaddleFit] = []
    var from = start
    for largest in reaches {
      guard
        var fit = fitted(from, lines, in: picture, largest: largest, noise: noise, light: .uneven)
      else { continue }
      from = fit
      // The noise is known; what misfits beyond it counts.
      fit.sigma *= max(1, 1 / fit.residual)
      looks.append(fit)
    }
    return looks
  }

  private static func largestInAgreement(_ looks: [SaddleFit]) -> Int? {
    looks.indices.last { last in
      looks[..<last].allSatisfy { smaller in
        let d = SIMD2(looks[last].x - smaller.x, looks[last].y - smaller.y)
        // Two standard deviations of the distance.
        return d.x * d.x + d.y * d.y <= 8 * smaller.sigma * smaller.sigma
      }
    }
  }

  private func fitted(
    _ start: SaddleFit, _ lines: Lines, in picture: SaddleFitter.Picture, largest: Double,
    noise: GreyNoise?, light: SaddleFitter.Light
  ) -> SaddleFit? {
    limitBand(lines)
    var fit = start
    fit.first = lines.first.direction
    fit.second = lines.second.direction
    fit.firstCurvature = lines.first.curvature
    fit.secondCurvature = lines.second.curvature
    let isGood = fitter.refine(
      &fit, in: picture, reach1: Self.reach(lines.first.length, largest: largest),
      reach2: Self.reach(lines.second.length, largest: largest), iterations: 10, tolerance: 0.01,
      noise: noise, light: light)
    return isGood && Self.isMeasurable(fit, isInGreys: noise == nil) ? fit : nil
  }

  /// The window's reach along a line whose nearest corner is `length` away.
  private static func reach(_ length: Double, largest: Double) -> Double {
    min(max(windowShare * length, smallestReach), largest)
  }

  /// True when the residuals are small beside the contrast (where they are in grey levels) and the
  /// answer is good to half a pixel.
  private static func isMeasurable(_ fit: SaddleFit, isInGreys: Bool) -> Bool {
    (!isInGreys || fit.residual < 0.45 * abs(fit.half)) && fit.sigma < 0.5 && abs(fit.half) > 1.5
  }
}
