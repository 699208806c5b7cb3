import Geometry

/// How many views of one camera show the board in a place of its own.
///
/// Two views are the same when their common corners lie within half a pixel of each other: a board
/// that a person holds still moves more than that between pictures.
func distinctViewCount(_ views: [PreparedView]) -> Int {
  var distinct: [(columns: [Int: Vector2], view: Int)] = []
  for (index, view) in views.enumerated() {
    // Place on the board, in steps far below a square, makes the key.
    var corners: [Int: Vector2] = [:]
    for corner in view.corners {
      let key =
        Int((corner.boardX * 1e5).rounded()) * 10_000_019 + Int((corner.boardY * 1e5).rounded())
      corners[key] = Vector2(corner.x, corner.y)
    }
    let isKnown = distinct.contains { other in
      var shared = 0
      for (key, place) in corners {
        guard let there = other.columns[key] else { continue }
        guard (there - place).length < 0.5 else { return false }
        shared += 1
      }
      return 2 * shared > corners.count
    }
    if !isKnown { distinct.append((corners, index)) }
  }
  return distinct.count
}
