import Geometry
import Glibc

/// A checkerboard seen through a Gaussian: what part of the light that reaches a point of the
/// picture comes from the sheet, and what part from its black squares.
///
/// Coordinates are squares: inner corners lie at whole numbers. Black and white alternate along
/// x and along y by themselves: with sx and sy = -1 before the first corner, +1 behind it and so on, and
/// 0 beyond the outermost squares, a point is black where sx sy = 1. The mean of sx sy under a Gaussian is a
/// sum over pairs of edges of the probability to lie beyond both, which is exact: no samples are
/// taken of the pattern.
struct SmoothedPattern {
  let columns: Int
  let rows: Int
  /// White around the outermost squares, in squares.
  let margin: Vector2

  /// Light from the sheet, and from its black squares: parts of 1.
  struct Parts {
    var sheet: Double
    var black: Double

    static var none: Parts { Parts(sheet: 0, black: 0) }
  }

  /// The edges of one direction that a Gaussian can reach, and what lies before them.
  struct Reach {
    /// Whole numbers of the first and last edge of squares; empty where last < first.
    var first: Int
    var last: Int
    /// True where the sheet's own edge may be reached.
    var seesSheetEdge: Bool
    /// True where the Gaussian lies off the sheet.
    var isOutside: Bool

    var isEmpty: Bool { last < first && !seesSheetEdge }
  }

  /// The edges within `distance` of `place` along a direction with `count` inner corners.
  func reach(_ place: Double, _ distance: Double, _ count: Int, _ margin: Double) -> Reach {
    let low = place - distance
    let high = place + distance
    let end = Double(count)
    let isOutside = high < -1 - margin || low > end + margin
    guard !isOutside else {
      return Reach(first: 0, last: -1, seesSheetEdge: false, isOutside: true)
    }
    let first = Int(max(low.rounded(.up), -1))
    let last = Int(min(high.rounded(.down), end))
    return Reach(
      first: first, last: last,
      seesSheetEdge: low < -1 - margin || high > end + margin, isOutside: false)
  }

  /// The sign of the squares from `edge` to the next: 0 beyond the outermost ones.
  private func sign(after edge: Int, _ count: Int) -> Double {
    guard edge >= -1, edge < count else { return 0 }
    return edge & 1 == 0 ? 1 : -1
  }

  /// How the sign changes at an edge.
  private func jump(_ edge: Int, _ count: Int) -> Double {
    sign(after: edge, count) - sign(after: edge - 1, count)
  }

  /// The sign where no edge is reached, or before the first one.
  func signBefore(_ reach: Reach, _ place: Double, _ count: Int) -> Double {
    reach.last < reach.first
      ? sign(after: Int(place.rounded(.down)), count) : sign(after: reach.first - 1, count)
  }

  /// The part within the squares, and within the sheet, along one direction.
  private func within(
    _ reach: Reach, _ place: Double, _ inverse: Double, _ count: Int, _ margin: Double
  ) -> (squares: Double, sheet: Double) {
    var squares = 1.0
    let end = Double(count)
    if reach.last < reach.first {
      squares = place > -1 && place < end ? 1 : 0
    } else {
      if reach.first == -1 { squares -= normalTail((place + 1) * inverse) }
      if reach.last == count { squares -= normalTail((end - place) * inverse) }
    }
    guard reach.seesSheetEdge else { return (squares, 1) }
    let sheet =
      1 - normalTail((place + 1 + margin) * inverse) - normalTail((end + margin - place) * inverse)
    return (squares, max(0, sheet))
  }

  /// What a Gaussian around `place` sees. `inverse` holds one over its standard deviations, `joint`
  /// knows their correlation, `before` the signs before the edges in reach.
  func parts(
    _ place: Vector2, _ x: Reach, _ y: Reach, before: Vector2, inverse: Vector2,
    joint: borrowing JointNormalTail
  ) -> Parts {
    var alongX = before.x
    var alongY = before.y
    var both = 0.0
    for edge in stride(from: x.first, through: x.last, by: 1) {
      let h = (Double(edge) - place.x) * inverse.x
      let tail = normalTail(h)
      let step = jump(edge, columns)
      alongX += step * tail
      for other in stride(from: y.first, through: y.last, by: 1) {
        let k = (Double(other) - place.y) * inverse.y
        let tails = (tail, normalTail(k))
        // What correlation adds to the product of the means.
        both +=
          step * jump(other, rows)
          * (joint.probability(h, k, tails: tails) - tails.0 * tails.1)
      }
    }
    for edge in stride(from: y.first, through: y.last, by: 1) {
      alongY += jump(edge, rows) * normalTail((Double(edge) - place.y) * inverse.y)
    }
    let insideX = within(x, place.x, inverse.x, columns, margin.x)
    let insideY = within(y, place.y, inverse.y, rows, margin.y)
    let squares = insideX.squares * insideY.squares
    return Parts(
      sheet: insideX.sheet * insideY.sheet, black: 0.5 * (squares + alongX * alongY + both))
  }
}
