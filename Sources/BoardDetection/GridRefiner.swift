/// Refines the corners of a grown grid on the full picture.
///
/// First each corner alone on a small window; then, with the directions and the curvature of the
/// grid's lines known from the neighbours, on a window as large as its squares allow. Lines that a
/// lens has bent would otherwise pull the corner by up to a sixth of their sagitta. What all windows
/// of the board say of its noise then tells where something foreign is; there a careful look
/// follows, and a search for corners that are still missing.
final class GridRefiner {
  private let measurement: CornerMeasurement

  /// Residuals that are larger than expected by this factor ask for a careful look. Edges that are
  /// sharper than the model's narrowest leave residuals of some percent of the contrast, which move
  /// no corner.
  private static let remarkable = 1.25
  private static let sharpness = 0.045
  /// So does light that changes by so much of half the contrast (1/pixel), or contrast that changes
  /// by so much of itself (1/pixel) while that of the neighbours lies so far off a slope: light that
  /// a lens loses towards its rim does not.
  private static let evenLevel = 0.01
  private static let evenContrast = 0.001
  private static let evenScatter = 0.025
  /// A corner is known well enough by itself to this, pixels, or to as many times the board's median.
  private static let leastCertainty = 0.05
  private static let leastShare = 2.5
  /// How often missing corners are looked for, and the most uncertain place where, pixels.
  private static let recoveries = 3
  private static let farthestStart = 3.0

  init(_ squares: SquareLook) { measurement = CornerMeasurement(squares) }

  /// A corner's fit, or nil where the picture has no measurable corner.
  struct Corner {
    var place: CornerGrid.Place
    var fit: SaddleFit
    /// True when nothing foreign shows in its window.
    var isCalm = false
    /// True when it lies off what the others say.
    var isDoubted = false
    /// Its fit before a careful look.
    var plain: SaddleFit?
  }

  /// Refines every place of `grid`, and looks at those missing inside it; corners that cannot be
  /// measured are left out.
  func refine(
    _ grid: CornerGrid, candidates: [SaddleCandidate], view: LevelView,
    picture: SaddleFitter.Picture
  ) -> [Corner] {
    let places = grid.places + Self.missing(grid)
    let geometry = GridNeighbours(places)
    var positions: [SIMD2<Double>?] = places.map { place in
      grid[place].map {
        let p = candidates[$0].position
        return SIMD2(view.inPicture(p.x), view.inPicture(p.y))
      }
    }
    let starts = places.indices.map { n -> Corner? in
      guard let p = positions[n], let number = grid[places[n]],
        let lines = geometry.lines(at: n, positions: positions)
      else { return nil }
      let contrast = Double(candidates[number].contrast)
      let start = start(places[n], at: p, lines, half: 0.5 * contrast, picture)
      return measurement.started(start, lines, in: picture)
        .map { Corner(place: places[n], fit: $0) }
    }
    for n in positions.indices { positions[n] = starts[n].map { SIMD2($0.fit.x, $0.fit.y) } }
    var (corners, noise) = measured(starts, geometry, positions, picture)
    guard Self.isBoard(measured: corners.count { $0 != nil }, of: grid.places.count) else {
      return corners.compactMap { $0 }
    }
    recover(&corners, places: places, geometry, noise: noise, picture)
    settleUncertain(&corners, geometry, noise: noise, picture)
    dropMisfits(&corners, geometry: geometry)
    return corners.compactMap { $0 }
  }

  /// The empty places inside the grid's rectangle.
  private static func missing(_ grid: CornerGrid) -> [CornerGrid.Place] {
    guard let bounds = grid.bounds else { return [] }
    return bounds.j.flatMap { j in
      bounds.i.map { CornerGrid.Place(i: $0, j: j) }.filter { grid[$0] == nil }
    }
  }

  private func start(
    _ place: CornerGrid.Place, at p: SIMD2<Double>, _ lines: CornerMeasurement.Lines, half: Double,
    _ picture: SaddleFitter.Picture
  ) -> SaddleFit {
    let isEven = (place.i + place.j) & 1 == 0
    var fit = SaddleFit(
      x: p.x, y: p.y, first: lines.first.direction, second: lines.second.direction,
      half: isEven ? half : -half, level: meanLevel(picture, p))
    fit.firstBlur = 1.2
    fit.secondBlur = 1.2
    return fit
  }

  /// The corners on large windows, and the noise of the board.
  private func measured(
    _ starts: [Corner?], _ geometry: GridNeighbours, _ positions: [SIMD2<Double>?],
    _ picture: SaddleFitter.Picture
  ) -> ([Corner?], GreyNoise) {
    let slopes = ContrastSlopes.slopes(of: starts)
    let plain = starts.indices.map { n -> (fit: SaddleFit, window: GreyNoise.Window)? in
      guard var start = starts[n]?.fit, let lines = geometry.lines(at: n, positions: positions)
      else { return nil }
      start.contrastSlope = slopes[n].slope
      return measurement.plain(start, lines, in: picture)
    }
    let noise = GreyNoise(plain.compactMap { $0?.window })
    // What is no board is not looked at twice.
    guard Self.isBoard(measured: plain.count { $0 != nil }, of: starts.count { $0 != nil }) else {
      return (starts.map { _ in nil }, noise)
    }
    let corners = starts.indices.map { n -> Corner? in
      guard var corner = starts[n], let lines = geometry.lines(at: n, positions: positions)
      else { return nil }
      if let (fit, window) = plain[n] {
        let expected = noise.expected(window)
        if Self.isCalm(fit, expected: expected, scatter: slopes[n].scatter) {
          corner.fit = fit
          corner.fit.sigma *= noise.movingPart * expected / fit.residual
          corner.isCalm = true
          return corner
        }
      }
      corner.plain = plain[n]?.fit
      corner.fit.contrastSlope = slopes[n].slope
      guard let fit = measurement.careful(corner.fit, lines, in: picture, noise: noise)
      else { return nil }
      corner.fit = fit
      return corner
    }
    return (corners, noise)
  }

  /// True when enough corners of a grid that was grown can be measured: a keyboard's keys grow into
  /// grids too, but do not look like corners of squares.
  static func isBoard(measured: Int, of grown: Int) -> Bool { 10 * measured >= 7 * grown }

  /// True when nothing foreign shows in a corner's window.
  private static func isCalm(_ fit: SaddleFit, expected: Double, scatter: Double) -> Bool {
    func size(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }
    return fit.residual < remarkable * max(expected, sharpness * abs(fit.half))
      && size(fit.slope) < evenLevel * abs(fit.half)
      && (size(fit.contrastSlope) < evenContrast || scatter < evenScatter)
  }

  /// Looks for corners that are missing where the others say that they are; what is found tells of
  /// more.
  private func recover(
    _ corners: inout [Corner?], places: [CornerGrid.Place], _ geometry: GridNeighbours,
    noise: GreyNoise, _ picture: SaddleFitter.Picture
  ) {
    for _ in 0..<Self.recoveries {
      guard corners.contains(where: { $0 == nil }), let surface = BoardEvidence.surface(corners)
      else { return }
      let expected = places.map { surface.prediction(at: $0) }
      let positions = corners.indices.map { n in
        corners[n].map { SIMD2($0.fit.x, $0.fit.y) } ?? expected[n]?.position
      }
      var isChanged = false
      for n in corners.indices where corners[n] == nil {
        guard let (p, sigma) = expected[n], sigma < Self.farthestStart,
          picture.contains(p, margin: 1), let lines = geometry.lines(at: n, positions: positions)
        else { continue }
        let start = start(
          places[n], at: p, lines, half: Self.half(about: places[n], corners), picture)
        guard let fit = measurement.careful(start, lines, in: picture, noise: noise) else {
          continue
        }
        corners[n] = Corner(place: places[n], fit: fit)
        isChanged = true
      }
      guard isChanged else { return }
    }
  }

  /// Half the contrast of the corners nearest to a place.
  private static func half(about place: CornerGrid.Place, _ corners: [Corner?]) -> Double {
    func distance(_ other: CornerGrid.Place) -> Int {
      let d = other - place
      return d.i * d.i + d.j * d.j
    }
    let measured = corners.compactMap { $0 }
    guard let nearest = measured.map({ distance($0.place) }).min() else { return 0 }
    let beside = measured.filter { distance($0.place) <= nearest + 1 }
    return beside.reduce(0) { $0 + abs($1.fit.half) } / Double(beside.count)
  }

  /// Lets the board decide about corners that are known far worse than most of the board.
  private func settleUncertain(
    _ corners: inout [Corner?], _ geometry: GridNeighbours, noise: GreyNoise,
    _ picture: SaddleFitter.Picture
  ) {
    guard corners.contains(where: { $0.map { !$0.isCalm } ?? false }) else { return }
    let measured = corners
    let positions = corners.map { corner in corner.map { SIMD2($0.fit.x, $0.fit.y) } }
    BoardEvidence.raiseSigmas(of: &corners) { n, position in
      guard let place = measured[n]?.place, let lines = geometry.lines(at: n, positions: positions)
      else { return nil }
      let start = start(
        place, at: position, lines, half: Self.half(about: place, measured), picture)
      return measurement.careful(start, lines, in: picture, noise: noise)
    }
    let sigmas = corners.compactMap { $0?.fit.sigma }.sorted()
    guard !sigmas.isEmpty else { return }
    BoardEvidence.settle(
      &corners, limit: max(Self.leastCertainty, Self.leastShare * sigmas[sigmas.count / 2]))
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
