/// The outlines of the dark part of a lattice of squares.
enum LatticeOutlines {
  /// Closed outlines along the edges of dark squares, in squares from the upper left corner; holes
  /// are outlines too, so that filling by even and odd crossings gives the dark part.
  ///
  /// Each edge between dark and bright has the dark square on its right hand (y down). At a point
  /// where two dark squares meet in a corner the outline turns right, which keeps them apart.
  static func trace(
    columns: Int, rows: Int, isDark: (Int, Int) -> Bool
  ) -> [[SIMD2<Int>]] {
    func dark(_ x: Int, _ y: Int) -> Bool {
      (0..<columns).contains(x) && (0..<rows).contains(y) && isDark(x, y)
    }
    // By starting point: the directions of edges that leave it.
    var leaving: [SIMD2<Int>: [SIMD2<Int>]] = [:]
    var starts: [SIMD2<Int>] = []
    func add(_ from: SIMD2<Int>, _ direction: SIMD2<Int>) {
      leaving[from, default: []].append(direction)
      starts.append(from)
    }
    for y in 0..<rows {
      for x in 0..<columns where dark(x, y) {
        if !dark(x, y - 1) { add(SIMD2(x, y), SIMD2(1, 0)) }
        if !dark(x + 1, y) { add(SIMD2(x + 1, y), SIMD2(0, 1)) }
        if !dark(x, y + 1) { add(SIMD2(x + 1, y + 1), SIMD2(-1, 0)) }
        if !dark(x - 1, y) { add(SIMD2(x, y + 1), SIMD2(0, -1)) }
      }
    }
    var outlines: [[SIMD2<Int>]] = []
    for start in starts {
      guard var direction = leaving[start]?.popLast() else { continue }
      var corners = [start]
      var point = start &+ direction
      while point != start {
        guard var choices = leaving[point], !choices.isEmpty else { break }
        let right = SIMD2(-direction.y, direction.x)
        let index = choices.firstIndex(of: right) ?? 0
        let next = choices.remove(at: index)
        leaving[point] = choices
        if next != direction { corners.append(point) }
        direction = next
        point = point &+ direction
      }
      outlines.append(corners)
    }
    return outlines
  }
}
