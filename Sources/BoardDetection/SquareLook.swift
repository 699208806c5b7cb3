import Boards

/// What a detector may expect inside the squares of a board.
struct SquareLook {
  /// True where squares carry markers, so that not every corner is one of the grid.
  let hasMarkers: Bool
  /// How far from an edge its two sides are looked at, in sides of a square.
  let besideEdge: Float
  /// How far from an edge a square is surely of one colour, in sides of a square; beyond that
  /// pixels say nothing of the edge. Nil for plain squares.
  let plainShare: Double?
  /// About how many candidates round a seed are looked at for its neighbours.
  let seedNeighbours: Int

  init(_ board: BoardSpec) {
    hasMarkers = board.isMarked
    besideEdge = board.isMarked ? min(0.2, Float(0.5 * board.plainShare)) : 0.2
    plainShare = board.isMarked ? board.plainShare : nil
    seedNeighbours = board.isMarked ? 100 : 20
  }
}
