import Geometry
import LensModels

/// The part of a picture that a board changes, and what it does to each pixel there.
struct BoardFootprint: Sendable {
  var area: PictureArea
  /// For each pixel of the area, row by row: the parts of its light that come from the sheet and
  /// from the sheet's black squares.
  var sheet: [Float]
  var black: [Float]
  /// Where on the board the pixel's centre looks, in squares from the first inner corner; NaN where
  /// it does not meet the board's surface.
  var places: [Vector2]

  static var empty: BoardFootprint {
    var area = PictureArea(width: 0, height: 0)
    area.width = 0
    return BoardFootprint(area: area, sheet: [], black: [], places: [])
  }
}

/// Draws a board as a camera sees it: exactly, not by samples of the pattern.
///
/// A pixel's value is the mean of the pattern under the point spread and the pixel's square. The
/// centre of every pixel is followed through the inverse lens to the bent surface, where it falls
/// on known squares; differences between neighbours give the map from picture to board to second
/// order. The mean over the pixel's square is taken by Gauss-Legendre quadrature of 3 x 3 points,
/// each at its own place on the board, and under the point spread in closed form
/// (`SmoothedPattern`). What is left out: the curvature of edges within the point spread, which is
/// below 0.0005 px for lenses that bend lines by less than 1 part in 1000 px.
struct BoardPainter: Sendable {
  let board: SimulatedBoard
  let look: BoardLook
  let lens: Lens
  let rays: RayTable
  let spread: PointSpread
  private let pattern: SmoothedPattern
  private let marked: MarkedPattern?
  private let middle: Vector2
  private let cornerDistance: Double
  private let rule = GaussLegendre(3)
  /// Inside markers, where no corner is measured.
  private let roughRule = GaussLegendre(2)

  /// The Gaussian is cut off at this many standard deviations: 1e-7 of its light lies beyond.
  private static let cut = 5.4

  init(
    board: SimulatedBoard, look: BoardLook, lens: Lens, rays: RayTable, spread: PointSpread
  ) {
    self.board = board
    self.look = look
    self.lens = lens
    self.rays = rays
    self.spread = spread
    let margin = look.margin / board.spec.squareSize
    pattern = SmoothedPattern(
      columns: board.spec.columns, rows: board.spec.rows, margin: Vector2(margin, margin))
    marked = MarkedPattern(board.spec, margin: margin)
    middle = Vector2(Double(lens.width - 1), Double(lens.height - 1)) * 0.5
    cornerDistance = middle.length
  }

  /// The footprint of a board whose light is gathered while it goes through `poses`
  /// (camera_from_board), each with its part of the exposure; the places are those of `centre`.
  func footprint(
    _ poses: [(pose: RigidTransform, part: Double)], centre: RigidTransform
  ) -> BoardFootprint {
    let picture = PictureArea(width: lens.width, height: lens.height)
    let area = area(of: poses.map(\.pose) + [centre], in: picture)
    guard !area.isEmpty else { return .empty }
    var result = BoardFootprint(
      area: area, sheet: Array(repeating: 0, count: area.count),
      black: Array(repeating: 0, count: area.count), places: [])
    var grid = SurfaceGrid(area)
    for (pose, part) in poses {
      grid.fill(surface: board, pose: pose, rays: rays)
      paint(grid, isPrintedSide: facesCamera(pose), part: part, &result)
    }
    grid.fill(surface: board, pose: centre, rays: rays)
    result.places = grid.inner
    return result
  }

  /// The pixels that the sheet can change.
  private func area(of poses: [RigidTransform], in picture: PictureArea) -> PictureArea {
    let spec = board.spec
    let square = spec.squareSize
    let low = Vector2(-square - look.margin, -square - look.margin)
    let high = Vector2(
      Double(spec.columns) * square + look.margin, Double(spec.rows) * square + look.margin)
    var least = Vector2(.infinity, .infinity)
    var most = -least
    let steps = 12
    for pose in poses {
      for index in 0...steps {
        let part = Double(index) / Double(steps)
        let (x, y) = (low.x + (high.x - low.x) * part, low.y + (high.y - low.y) * part)
        for place in [
          Vector2(x, low.y), Vector2(x, high.y), Vector2(low.x, y), Vector2(high.x, y),
        ] {
          // A sheet that is partly behind the camera has no outline to go by.
          guard let pixel = lens.project(pose * board.surface(place)) else { return picture }
          least = pointwiseMin(least, pixel)
          most = pointwiseMax(most, pixel)
        }
      }
    }
    guard least.x.isFinite, most.x.isFinite else { return PictureArea(width: 0, height: 0) }
    let margin = 2 + Self.cut * spread.sigma * (1 + max(spread.acrossGrowth, spread.alongGrowth))
    // Between the points of the outline a curved lens may bulge by a little.
    let bulge = 0.02 * max(most.x - least.x, most.y - least.y)
    return PictureArea(around: (least, most), margin: margin + bulge, in: picture)
  }

  /// True when the camera sees the printed side.
  private func facesCamera(_ pose: RigidTransform) -> Bool {
    (pose.rotation * Vector3(0, 0, 1)).dot(pose * board.middle) > 0
  }

  private func paint(
    _ grid: borrowing SurfaceGrid, isPrintedSide: Bool, part: Double, _ result: inout BoardFootprint
  ) {
    let area = result.area
    let fine = Nodes(rule)
    let rough = Nodes(roughRule)
    for row in 0..<area.height {
      for column in 0..<area.width {
        guard let map = grid.map(column, row) else { continue }
        let pixel = Vector2(Double(area.left + column), Double(area.top + row))
        let cover = spread.covariance(at: pixel, middle: middle, corner: cornerDistance)
        let seen = light(map, cover, fine, rough)
        let index = row &* area.width &+ column
        result.sheet[index] += Float(seen.sheet * part)
        if isPrintedSide { result.black[index] += Float(seen.black * part) }
      }
    }
  }

  /// Where a pixel's square is looked at, from its middle, and what each place counts.
  private struct Nodes {
    let places: [Double]
    let weights: [Double]

    init(_ rule: GaussLegendre) {
      places = rule.nodes.map { $0 * 0.5 }
      weights = rule.weights.map { $0 * 0.5 }
    }

    /// The mean over the pixel's square.
    @inline(__always)
    func mean(_ parts: (Double, Double) -> SmoothedPattern.Parts) -> SmoothedPattern.Parts {
      var sum = SmoothedPattern.Parts.none
      for row in places.indices {
        for column in places.indices {
          let seen = parts(places[column], places[row])
          let weight = weights[column] * weights[row]
          sum.sheet += weight * seen.sheet
          sum.black += weight * seen.black
        }
      }
      return sum
    }
  }

  /// The light of one pixel.
  private func light(
    _ map: SurfaceMap, _ cover: PlaneCovariance, _ fine: Nodes, _ rough: Nodes
  ) -> SmoothedPattern.Parts {
    let (a, b) = (map.byColumn, map.byRow)
    let xx = a.x * a.x * cover.xx + 2 * a.x * b.x * cover.xy + b.x * b.x * cover.yy
    let yy = a.y * a.y * cover.xx + 2 * a.y * b.y * cover.xy + b.y * b.y * cover.yy
    let xy =
      a.x * a.y * cover.xx + (a.x * b.y + b.x * a.y) * cover.xy + b.x * b.y * cover.yy
    let sigma = Vector2(xx.squareRoot(), yy.squareRoot())
    let reachX = Self.cut * sigma.x + 0.5 * (abs(a.x) + abs(b.x))
    let reachY = Self.cut * sigma.y + 0.5 * (abs(a.y) + abs(b.y))
    // Where a pixel sees several squares at once there is nothing left to see but grey.
    guard reachX < 8, reachY < 8 else { return .none }
    let inverse = Vector2(1 / sigma.x, 1 / sigma.y)
    if let marked {
      let reach = marked.reach(map.place, Vector2(reachX, reachY))
      let joint = JointNormalTail(
        correlation: reach.x.isEmpty || reach.y.isEmpty ? 0 : xy * inverse.x * inverse.y)
      guard !reach.isEmpty else {
        return marked.parts(map.place, reach, inverse: inverse, joint: joint)
      }
      return (reach.seesSquareEdge ? fine : rough).mean { column, row in
        marked.parts(map.place(column, row), reach, inverse: inverse, joint: joint)
      }
    }
    let x = pattern.reach(map.place.x, reachX, pattern.columns, pattern.margin.x)
    let y = pattern.reach(map.place.y, reachY, pattern.rows, pattern.margin.y)
    guard !x.isOutside, !y.isOutside else { return .none }
    let before = Vector2(
      pattern.signBefore(x, map.place.x, pattern.columns),
      pattern.signBefore(y, map.place.y, pattern.rows))
    let joint = JointNormalTail(
      correlation: x.last < x.first || y.last < y.first ? 0 : xy * inverse.x * inverse.y)
    if x.isEmpty, y.isEmpty {
      return pattern.parts(map.place, x, y, before: before, inverse: inverse, joint: joint)
    }
    return fine.mean { column, row in
      pattern.parts(map.place(column, row), x, y, before: before, inverse: inverse, joint: joint)
    }
  }
}
