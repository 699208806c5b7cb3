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
  private static let largestReach = 16.0
  private static let smallestReach = 3.0
  private static let firstReach = 6.0

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
      let reach1 = Self.reach(lines.first.length, largest: Self.firstReach)
      let reach2 = Self.reach(lines.second.length, largest: Self.firstReach)
      let isGood = fitter.refine(
        &fit, in: picture, reach1: reach1, reach2: reach2, iterations: 12, tolerance: 0.05)
      corners.append(isGood ? Corner(place: place, fit: fit) : nil)
    }
    for n in positions.indices { positions[n] = corners[n].map { SIMD2($0.fit.x, $0.fit.y) } }
    for n in corners.indices {
      guard var corner = corners[n], let lines = geometry.lines(at: n, positions: positions)
      else { continue }
      corner.fit.first = lines.first.direction
      corner.fit.second = lines.second.direction
      corner.fit.firstCurvature = lines.first.curvature
      corner.fit.secondCurvature = lines.second.curvature
      let reach1 = Self.reach(lines.first.length, largest: Self.largestReach)
      let reach2 = Self.reach(lines.second.length, largest: Self.largestReach)
      let isGood = fitter.refine(
        &corner.fit, in: picture, reach1: reach1, reach2: reach2, iterations: 10, tolerance: 0.01)
      corners[n] = isGood && Self.isMeasurable(corner.fit) ? corner : nil
    }
    return corners.compactMap { $0 }
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
