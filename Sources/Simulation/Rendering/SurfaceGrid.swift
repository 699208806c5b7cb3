import Geometry

/// Where the pixels around one pixel look on a board: its place to second order, in squares.
struct SurfaceMap {
  var place: Vector2
  var byColumn: Vector2
  var byRow: Vector2
  /// Halves of the second derivatives.
  var columnColumn: Vector2
  var rowRow: Vector2
  var columnRow: Vector2

  /// The place that is seen a part of a pixel beside the centre.
  func place(_ column: Double, _ row: Double) -> Vector2 {
    place + byColumn * column + byRow * row + columnColumn * (column * column)
      + rowRow * (row * row) + columnRow * (column * row)
  }
}

/// The places on a board's surface that the pixels of an area and those around it look at.
struct SurfaceGrid {
  private let area: PictureArea
  private let stride: Int
  /// (width + 2) x (height + 2) places, in squares; NaN where the surface is not met.
  private var places: [Vector2]

  init(_ area: PictureArea) {
    self.area = area
    stride = area.width + 2
    places = Array(repeating: Vector2(.nan, .nan), count: stride * (area.height + 2))
  }

  /// Follows the rays to the bent surface: z = wx (1 - u^2) + wy (1 - v^2) + t u v with u and v
  /// linear in x and y, which along a ray is a quadratic equation.
  mutating func fill(surface board: SimulatedBoard, pose: RigidTransform, rays: RayTable) {
    let boardFromCamera = pose.inverse
    let origin = boardFromCamera.translation
    let turn = boardFromCamera.rotation.matrix
    let square = board.spec.squareSize
    let end = board.spec.position(column: board.spec.columns - 1, row: board.spec.rows - 1)
    // From true places to u and v, and to stated squares.
    let toU = 2 / (end.x * board.printScale.x)
    let toV = 2 / (end.y * board.printScale.y)
    let toSquares = Vector2(1 / (square * board.printScale.x), 1 / (square * board.printScale.y))
    let (u, v) = (origin.x * toU - 1, origin.y * toV - 1)
    let (wx, wy, twist) = (board.warp.x, board.warp.y, board.twist)
    let constant = origin.z - wx - wy + wx * u * u + wy * v * v - twist * u * v
    for row in 0..<(area.height + 2) {
      var from = (area.top + row) * rays.stride + area.left
      var to = row * stride
      for _ in 0..<stride {
        let d = turn * rays.rays[from]
        let (du, dv) = (d.x * toU, d.y * toV)
        let square = wx * du * du + wy * dv * dv - twist * du * dv
        let linear = d.z + 2 * (wx * u * du + wy * v * dv) - twist * (u * dv + v * du)
        let root = (linear * linear - 4 * square * constant).squareRoot()
        // The root that stays finite as the bend goes to nothing.
        let t = -2 * constant / (linear + (linear < 0 ? -root : root))
        places[to] =
          t > 0
          ? Vector2(origin.x + t * d.x, origin.y + t * d.y) * toSquares : Vector2(.nan, .nan)
        from &+= 1
        to &+= 1
      }
    }
  }

  /// The map at a pixel of the area; nil where its surroundings do not meet the surface.
  func map(_ column: Int, _ row: Int) -> SurfaceMap? {
    let index = (row &+ 1) &* stride &+ column &+ 1
    let here = places[index]
    let (left, right) = (places[index &- 1], places[index &+ 1])
    let (above, below) = (places[index &- stride], places[index &+ stride])
    let cross =
      places[index &+ stride &+ 1] + places[index &- stride &- 1]
      - places[index &+ stride &- 1] - places[index &- stride &+ 1]
    let map = SurfaceMap(
      place: here, byColumn: (right - left) * 0.5, byRow: (below - above) * 0.5,
      columnColumn: (right + left - here * 2) * 0.5, rowRow: (below + above - here * 2) * 0.5,
      columnRow: cross * 0.25)
    let sum = left + right + above + below + cross
    return sum.x.isFinite && sum.y.isFinite ? map : nil
  }

  /// The places of the area itself.
  var inner: [Vector2] {
    var result: [Vector2] = []
    result.reserveCapacity(area.count)
    for row in 0..<area.height {
      let start = (row + 1) * stride + 1
      result += places[start..<(start + area.width)]
    }
    return result
  }
}
