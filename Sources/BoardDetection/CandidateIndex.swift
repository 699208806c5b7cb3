/// The candidates of a level, sorted into square cells so that the ones near a place are found
/// without looking at all.
struct CandidateIndex {
  private static let cell: Float = 16
  private var cellsAcross = 0
  private var cellsDown = 0
  /// Start of each cell in `order`, and one past the last.
  private var starts: [Int32] = []
  /// Candidate numbers, by cell, then by number.
  private var order: [Int32] = []

  /// Sorts the candidates of a picture of `width` x `height` pixels.
  mutating func build(_ candidates: [SaddleCandidate], width: Int, height: Int) {
    cellsAcross = width / Int(Self.cell) + 1
    cellsDown = height / Int(Self.cell) + 1
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: cellsAcross * cellsDown + 1))
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: repeatElement(0, count: candidates.count))
    for candidate in candidates { starts[cellNumber(candidate.position) + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    var fill = starts
    for (number, candidate) in candidates.enumerated() {
      let c = cellNumber(candidate.position)
      order[Int(fill[c])] = Int32(number)
      fill[c] += 1
    }
  }

  private func cellNumber(_ p: SIMD2<Float>) -> Int {
    let x = min(max(Int(p.x / Self.cell), 0), cellsAcross - 1)
    let y = min(max(Int(p.y / Self.cell), 0), cellsDown - 1)
    return y * cellsAcross + x
  }

  /// The cells that touch a square.
  struct Window {
    var columns: Range<Int>
    var rows: Range<Int>
  }

  /// The cells that touch the square of half width `radius` about `p`.
  @inline(__always)
  func window(about p: SIMD2<Float>, radius: Float) -> Window {
    // A prediction may lie off the picture, or nowhere; its window is empty then, or at the edge.
    let x0 = Self.cells(p.x - radius, atMost: cellsAcross)
    let y0 = Self.cells(p.y - radius, atMost: cellsDown)
    let x1 = min(Self.cells(p.x + radius, atMost: cellsAcross), cellsAcross - 1)
    let y1 = min(Self.cells(p.y + radius, atMost: cellsDown), cellsDown - 1)
    return Window(columns: x0..<max(x0, x1 + 1), rows: y0..<max(y0, y1 + 1))
  }

  /// Whole cells before a coordinate; none where it is no number.
  @inline(__always)
  private static func cells(_ coordinate: Float, atMost limit: Int) -> Int {
    coordinate > 0 ? Int(min(coordinate / cell, Float(limit))) : 0
  }

  /// The entries of a window's cells in one row of cells; `self[entry]` are the candidates.
  @inline(__always)
  func entries(_ window: Window, row: Int) -> Range<Int> {
    let first = row &* cellsAcross
    return Int(
      starts[first &+ window.columns.lowerBound])..<Int(starts[first &+ window.columns.upperBound])
  }

  /// The candidate of an entry.
  @inline(__always)
  subscript(entry: Int) -> Int { Int(order[entry]) }

  /// A radius about `p` within which there are at least `count` candidates (or all), in steps of
  /// a cell and a half growth.
  func radius(about p: SIMD2<Float>, holding count: Int) -> Float {
    var radius = Self.cell
    let all = Self.cell * Float(max(cellsAcross, cellsDown))
    while radius < all {
      let window = window(about: p, radius: radius)
      var sum = 0
      for row in window.rows { sum += entries(window, row: row).count }
      if sum > count { break }
      radius *= 1.5
    }
    return radius
  }
}
