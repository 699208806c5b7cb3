import Geometry

/// Finds corners by their edges, knowing nothing of how a picture was made: a second opinion on
/// the renderer.
///
/// Where a row of pixels crosses a blurred edge between 0 and 1, the sum of its values is where the
/// edge is, whatever the point spread, as long as that is symmetric and the window wide enough: no
/// model of the blur and no interpolation is involved. Such points along an edge, on both sides of
/// a corner, are fitted by a cubic; the corner is where two cubics meet.
struct EdgeFit {
  let width: Int
  let height: Int
  /// 0 black to 1 white.
  let values: [Float]
  /// Pixels that the point spread reaches.
  let reach: Double

  /// x(y) of an edge that runs down the picture, or y(x) of one that runs across.
  private struct Edge {
    var runsDown: Bool
    var origin: Double
    var coefficients: [Double]

    func value(_ at: Double) -> Double {
      coefficients.reversed().reduce(0) { $0 * (at - origin) + $1 }
    }

    func slope(_ at: Double) -> Double {
      (value(at + 1e-4) - value(at - 1e-4)) / 2e-4
    }

    /// How far a point lies beside the edge, and the gradient of that.
    func offset(_ point: Vector2) -> (Double, Vector2) {
      runsDown
        ? (point.x - value(point.y), Vector2(1, -slope(point.y)))
        : (point.y - value(point.x), Vector2(-slope(point.x), 1))
    }
  }

  /// The corner of two edges, each given by rough places of the corner and of its two neighbours along the
  /// edge; nil where there is too little edge to fit.
  func corner(
    along first: (before: Vector2, corner: Vector2, after: Vector2),
    across second: (before: Vector2, corner: Vector2, after: Vector2)
  ) throws -> Vector2? {
    guard let a = try edge(first, crossing: second), let b = try edge(second, crossing: first)
    else { return nil }
    var point = first.corner
    for _ in 0..<20 {
      let (da, ga) = a.offset(point)
      let (db, gb) = b.offset(point)
      let determinant = ga.cross(gb)
      point -= Vector2(da * gb.y - db * ga.y, ga.x * db - gb.x * da) / determinant
    }
    return point
  }

  private func edge(
    _ line: (before: Vector2, corner: Vector2, after: Vector2),
    crossing other: (before: Vector2, corner: Vector2, after: Vector2)
  ) throws -> Edge? {
    let direction = line.after - line.before
    let runsDown = abs(direction.y) >= abs(direction.x)
    // Swapped where the edge runs across, so that the following is written once.
    func turned(_ v: Vector2) -> Vector2 { runsDown ? v : Vector2(v.y, v.x) }
    let (before, corner, after) = (turned(line.before), turned(line.corner), turned(line.after))
    let crossing = turned(other.after) - turned(other.before)
    let across = crossing / crossing.length
    let lean = turned(direction).x / direction.length
    let half = (reach / max(0.3, (1 - lean * lean).squareRoot()) + 1).rounded(.up)
    var rows: [[Double]] = []
    var places: [Double] = []
    var sides = (0, 0)
    for side in [(before, corner), (corner, after)] {
      let (from, to) = side.0.y < side.1.y ? side : (side.1, side.0)
      for y in Int(from.y.rounded(.up))...max(Int(from.y.rounded(.up)), Int(to.y.rounded(.down))) {
        let part = (Double(y) - from.y) / (to.y - from.y)
        let x = from.x + (to.x - from.x) * part
        // The whole window lies on one side of each edge that crosses this one, and clear of it.
        let clear = [before, corner, after].allSatisfy { node in
          let left = (Vector2(x - half - 1, Double(y)) - node).cross(across)
          let right = (Vector2(x + half + 1, Double(y)) - node).cross(across)
          return min(left, right) > reach + 1 || max(left, right) < -reach - 1
        }
        guard clear, let place = place(Int(x.rounded()), y, Int(half), runsDown) else {
          continue
        }
        let t = Double(y) - corner.y
        rows.append([1, t, t * t, t * t * t])
        places.append(place)
        if t < 0 { sides.0 += 1 } else { sides.1 += 1 }
      }
    }
    guard sides.0 >= 10, sides.1 >= 10 else { return nil }
    let solution = try solveNormal(rows, places)
    return Edge(runsDown: runsDown, origin: corner.y, coefficients: solution)
  }

  /// Where an edge crosses the pixels of one row within a window.
  private func place(_ centre: Int, _ y: Int, _ half: Int, _ runsDown: Bool) -> Double? {
    let (length, count) = runsDown ? (width, height) : (height, width)
    guard centre - half >= 0, centre + half < length, y >= 0, y < count else { return nil }
    let window = (centre - half...centre + half).map { x in
      Double(runsDown ? values[y * width + x] : values[x * width + y])
    }
    let sum = window.reduce(0, +)
    guard let first = window.first, let last = window.last, abs(first - last) > 0.99 else {
      return nil
    }
    return first > last
      ? Double(centre - half) - 0.5 + sum : Double(centre + half) + 0.5 - sum
  }

  private func solveNormal(_ rows: [[Double]], _ values: [Double]) throws -> [Double] {
    let scale = [1, 1e1, 1e2, 1e3]
    let count = 4
    var matrix = Array(repeating: Array(repeating: 0.0, count: count + 1), count: count)
    for (row, value) in zip(rows, values) {
      let scaled = zip(row, scale).map { $0 / $1 }
      for i in 0..<count {
        for j in 0..<count { matrix[i][j] += scaled[i] * scaled[j] }
        matrix[i][count] += scaled[i] * value
      }
    }
    for i in 0..<count {
      for j in 0..<count where j != i {
        let factor = matrix[j][i] / matrix[i][i]
        for k in i...count { matrix[j][k] -= factor * matrix[i][k] }
      }
    }
    return (0..<count).map { matrix[$0][count] / matrix[$0][$0] / scale[$0] }
  }
}
