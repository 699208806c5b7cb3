import Boards
import Geometry

/// A ChArUco board seen through a Gaussian: `SmoothedPattern` for squares with markers.
///
/// The sheet is a lattice of rectangles, each black or white: squares, and in every second one the
/// modules of its marker. Coordinates are squares: inner corners lie at whole numbers. With b the
/// blackness of the rectangle before the first edges in reach, the mean of b under a Gaussian is b
/// there, plus its jumps along the first row and column times the probability to lie beyond each
/// edge, plus its mixed differences at the crossings of edges times the probability to lie beyond
/// both.
struct MarkedPattern {
  /// From the sheet's own edge to its other one.
  private let edgesX: [Double]
  private let edgesY: [Double]
  /// By rectangle, (edgesX.count + 1) x (edgesY.count + 1), with those off the sheet.
  private let black: [Double]
  private let stride: Int

  /// Nil for boards without markers. `margin` is in squares.
  init?(_ board: BoardSpec, margin: Double) {
    guard let markers = board.charuco else { return nil }
    let (columns, rows) = (board.columns + 1, board.rows + 1)
    let layout = CharucoLayout(columns: columns, rows: rows, isLegacy: markers.isLegacy)
    let bits = markers.dictionary.bitsPerSide
    let codes = markers.dictionary.codes(layout.markerCount)
    let share = markers.markerSize / board.squareSize
    let module = share / Double(bits + 2)
    let start = 0.5 * (1 - share)
    // Intervals of a square: white, the modules of a marker, white.
    let perSquare = bits + 4
    func edges(_ squares: Int) -> [Double] {
      var edges = [-1 - margin]
      for square in 0..<squares {
        let origin = Double(square - 1)
        edges.append(origin)
        edges += (0...(bits + 2)).map { origin + start + Double($0) * module }
      }
      return edges + [Double(squares - 1), Double(squares - 1) + margin]
    }
    edgesX = edges(columns)
    edgesY = edges(rows)
    stride = edgesX.count + 1
    let firstMarked = layout.marker(x: 0, y: 0) != nil
    func isBlack(_ column: Int, _ row: Int) -> Bool {
      // Intervals 0 and 1 lie off the sheet and in its margin.
      let (i, j) = (column - 2, row - 2)
      guard i >= 0, j >= 0, i < columns * perSquare, j < rows * perSquare else { return false }
      let (x, y) = (i / perSquare, j / perSquare)
      guard let id = layout.marker(x: x, y: y) else {
        return ((x + y) & 1 == 0) != firstMarked
      }
      let (u, v) = (i % perSquare - 2, j % perSquare - 2)
      guard (-1...bits).contains(u), (-1...bits).contains(v) else { return false }
      guard (0..<bits).contains(u), (0..<bits).contains(v) else { return true }
      return !markers.dictionary.isWhite(codes[id], column: u, row: v)
    }
    var black: [Double] = []
    black.reserveCapacity(stride * (edgesY.count + 1))
    for row in 0...edgesY.count {
      for column in 0...edgesX.count {
        let isSheet = column > 0 && row > 0 && column < edgesX.count && row < edgesY.count
        black.append(isSheet && isBlack(column, row) != markers.isInverted ? 1 : 0)
      }
    }
    self.black = black
  }

  /// The edges within a distance of a place.
  struct Reach {
    var x: Range<Int>
    var y: Range<Int>
    /// True where an edge of squares may be among them.
    var seesSquareEdge: Bool

    var isEmpty: Bool { x.isEmpty && y.isEmpty }
  }

  func reach(_ place: Vector2, _ distance: Vector2) -> Reach {
    func sees(_ place: Double, _ distance: Double) -> Bool {
      abs(place - place.rounded()) <= distance
    }
    return Reach(
      x: Self.range(edgesX, place.x - distance.x, place.x + distance.x),
      y: Self.range(edgesY, place.y - distance.y, place.y + distance.y),
      seesSquareEdge: sees(place.x, distance.x) || sees(place.y, distance.y))
  }

  private static func range(_ edges: [Double], _ low: Double, _ high: Double) -> Range<Int> {
    var (from, to) = (0, edges.count)
    while from < to {
      let middle = (from + to) / 2
      if edges[middle] < low { from = middle + 1 } else { to = middle }
    }
    var end = from
    while end < edges.count, edges[end] <= high { end += 1 }
    return from..<end
  }

  /// Crossings further off than this many standard deviations squared add nothing that correlation
  /// would change: below 2e-5 of the contrast.
  private static let joined = 18.0

  /// What a Gaussian around `place` sees. `inverse` holds one over its standard deviations.
  func parts(
    _ place: Vector2, _ reach: Reach, inverse: Vector2, joint: borrowing JointNormalTail
  ) -> SmoothedPattern.Parts {
    let (i0, j0) = (reach.x.lowerBound, reach.y.lowerBound)
    let corner = j0 * stride + i0
    var sheetX = i0 > 0 && i0 < edgesX.count ? 1.0 : 0
    var sheetY = j0 > 0 && j0 < edgesY.count ? 1.0 : 0
    var seen = black[corner]
    for j in reach.y {
      let tail = normalTail((edgesY[j] - place.y) * inverse.y)
      let at = corner + (j - j0) * stride
      seen += (black[at + stride] - black[at]) * tail
      if j == 0 { sheetY += tail }
      if j == edgesY.count - 1 { sheetY -= tail }
    }
    for i in reach.x {
      let h = (edgesX[i] - place.x) * inverse.x
      let tail = normalTail(h)
      let at = corner + i - i0
      seen += (black[at + 1] - black[at]) * tail
      if i == 0 { sheetX += tail }
      if i == edgesX.count - 1 { sheetX -= tail }
      for j in reach.y {
        let n = j * stride + i
        let step = black[n] - black[n + 1] - black[n + stride] + black[n + stride + 1]
        guard step != 0 else { continue }
        let k = (edgesY[j] - place.y) * inverse.y
        let tails = (tail, normalTail(k))
        seen +=
          step
          * (h * h + k * k < Self.joined
            ? joint.probability(h, k, tails: tails) : tails.0 * tails.1)
      }
    }
    return SmoothedPattern.Parts(
      sheet: max(0, min(1, sheetX)) * max(0, min(1, sheetY)), black: seen)
  }
}
