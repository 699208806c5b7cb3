/// Refines the corners of a grown grid on the full picture.
///
/// First each corner alone on a small window; then, with the directions and the curvature of the
/// grid's lines known from the neighbours, on a window as large as its squares allow. Lines that a
/// lens has bent would otherwise pull the corner by up to a sixth of their sagitta.
final class GridRefiner {
  private let fitter = SaddleFitter()

  /// Share of the way to the nearest neighbour that a window may reach.
  private static let windowShare = 0.55
  /// Largest reach of a window, pixels.
  private static let largestReach = 20.0
  private static let smallestReach = 3.0
  private static let startReach = 6.0
  private static let smallReach = 6.0
  private static let lastReach = 3.5
  /// Residuals below this share of half the contrast need no second look.
  private static let cleanResidual = 0.4

  /// A corner's fit, or nil where the picture has no measurable corner.
  struct Corner {
    var place: CornerGrid.Place
    var fit: SaddleFit
  }

  /// Refines every place of `grid`; corners that cannot be measured are left out.
  func refine(
    _ grid: CornerGrid, candidates: [SaddleCandidate], view: LevelView,
    picture: SaddleFitter.Picture
  ) -> [Corner] {
    var positions: [SIMD2<Double>?] = grid.places.map { place in
      grid[place].map {
        let p = candidates[$0].position
        return SIMD2(view.inPicture(p.x), view.inPicture(p.y))
      }
    }
    let geometry = GridNeighbours(grid)
    var corners: [Corner?] = []
    corners.reserveCapacity(positions.count)
    for (n, place) in grid.places.enumerated() {
      guard let p = positions[n], let number = grid[place],
        let lines = geometry.lines(at: n, positions: positions)
      else {
        corners.append(nil)
        continue
      }
      let isEven = (place.i + place.j) & 1 == 0
      let contrast = Double(candidates[number].contrast)
      let level = meanLevel(picture, p)
      var fit = SaddleFit(
        x: p.x, y: p.y, first: lines.first.direction, second: lines.second.direction,
        half: isEven ? 0.5 * contrast : -0.5 * contrast, level: level)
      fit.firstBlur = 1.2
      fit.secondBlur = 1.2
      let reach1 = Self.reach(lines.first.length, largest: Self.startReach)
      let reach2 = Self.reach(lines.second.length, largest: Self.startReach)
      let isGood = fitter.refine(
        &fit, in: picture, reach1: reach1, reach2: reach2, iterations: 12, tolerance: 0.1)
      corners.append(isGood ? Corner(place: place, fit: fit) : nil)
    }
    for n in positions.indices { positions[n] = corners[n].map { SIMD2($0.fit.x, $0.fit.y) } }
    let slopes = ContrastSlopes.slopes(of: corners)
    for n in corners.indices {
      guard var corner = corners[n], let lines = geometry.lines(at: n, positions: positions)
      else { continue }
      corner.fit.contrastSlope = slopes[n]
      corners[n] = measured(corner, lines: lines, picture: picture)
    }
    dropMisfits(&corners, geometry: geometry)
    return corners.compactMap { $0 }
  }

  /// A corner on the largest window its squares allow; on a smaller one where something foreign (a
  /// finger, glare) spoils the large one; nil where none will do.
  private func measured(
    _ corner: Corner, lines: (first: GridNeighbours.Line, second: GridNeighbours.Line),
    picture: SaddleFitter.Picture
  ) -> Corner? {
    var best: Corner?
    for largest in [Self.largestReach, Self.smallReach, Self.lastReach] {
      var next = corner
      next.fit.first = lines.first.direction
      next.fit.second = lines.second.direction
      next.fit.firstCurvature = lines.first.curvature
      next.fit.secondCurvature = lines.second.curvature
      let isGood = fitter.refine(
        &next.fit, in: picture, reach1: Self.reach(lines.first.length, largest: largest),
        reach2: Self.reach(lines.second.length, largest: largest), iterations: 10, tolerance: 0.01)
      guard isGood, Self.isMeasurable(next.fit) else { continue }
      // A smaller window must explain its pixels much better to be believed.
      if let before = best?.fit,
        next.fit.residual > 0.6 * before.residual || next.fit.sigma > before.sigma
      {
        continue
      }
      best = next
      if next.fit.residual < Self.cleanResidual * abs(next.fit.half) { break }
    }
    return best
  }

  /// Drops corners that lie off the lines of their neighbours, worst first.
  ///
  /// Between its neighbours a corner is predicted by the cubic through two on each side, at a
  /// line's end by the parabola through three; both follow any lens closely. The better of a
  /// corner's two lines counts, so that a misplaced neighbour is not held against it.
  private func dropMisfits(_ corners: inout [Corner?], geometry: GridNeighbours) {
    var positions = corners.map { corner in corner.map { SIMD2($0.fit.x, $0.fit.y) } }
    var errors = positions.indices.map { geometry.misfit(at: $0, positions: positions) }
    while let worst = errors.indices.max(by: { (errors[$0], -$0) < (errors[$1], -$1) }),
      errors[worst] > 1
    {
      positions[worst] = nil
      corners[worst] = nil
      errors = positions.indices.map { geometry.misfit(at: $0, positions: positions) }
    }
  }

  /// The window's reach along a line whose nearest corner is `length` away.
  private static func reach(_ length: Double, largest: Double) -> Double {
    min(max(windowShare * length, smallestReach), largest)
  }

  /// True when the residuals are small beside the contrast and the answer is good to half a pixel.
  private static func isMeasurable(_ fit: SaddleFit) -> Bool {
    fit.residual < 0.45 * abs(fit.half) && fit.sigma < 0.5 && abs(fit.half) > 1.5
  }

  /// The mean of a few pixels about a place: the level between bright and dark.
  private func meanLevel(_ picture: SaddleFitter.Picture, _ p: SIMD2<Double>) -> Double {
    let x = min(max(Int(p.x.rounded()), 1), picture.width - 2)
    let y = min(max(Int(p.y.rounded()), 1), picture.height - 2)
    var sum = 0
    for yy in (y - 1)...(y + 1) {
      for xx in (x - 1)...(x + 1) { sum += Int(picture.pixels[yy * picture.width + xx]) }
    }
    return Double(sum) / 9
  }
}
