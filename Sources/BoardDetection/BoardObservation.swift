/// One corner of a board found in a picture.
package struct BoardCorner: Codable, Equatable, Sendable {
  /// Identity on the board: 0 ..< columns. For an unanchored view, a position in the view's own
  /// grid.
  package var column: Int
  /// Identity on the board: 0 ..< rows; for an unanchored view likewise.
  package var row: Int
  /// Position, pixels; (0, 0) is the centre of the top-left pixel.
  package var x: Double
  package var y: Double
  /// Standard deviation of x and of y, pixels.
  package var sigma: Double

  package init(column: Int, row: Int, x: Double, y: Double, sigma: Double) {
    self.column = column
    self.row = row
    self.x = x
    self.y = y
    self.sigma = sigma
  }
}

/// How much of a board was found.
package enum BoardStatus: String, CaseIterable, Codable, Sendable {
  /// Every inner corner, each with its identity (up to half a turn where `ambiguous`).
  case complete
  /// A consistent part of the board; where on the board it lies is unknown.
  case unanchored
  case none
}

/// One board found in a picture: a consistent grid of corners.
///
/// An unanchored grid is seen from the board's front (not mirrored), and the square up-left of its
/// place (0, 0) is black; it may be any such part of the board, turned any way that keeps the
/// colours. Its columns and rows fit the board's. It starts at column 0 and row 0, except where
/// the squares outside all four corners of its rectangle are white: then at column or row 1.
package struct BoardObservation: Codable, Equatable, Sendable {
  package var status: BoardStatus
  /// True when half a turn of the board gives the same picture (columns + rows even).
  package var ambiguous: Bool
  /// Sorted by row, then column.
  package var corners: [BoardCorner]

  package init(status: BoardStatus, ambiguous: Bool, corners: [BoardCorner]) {
    self.status = status
    self.ambiguous = ambiguous
    self.corners = corners
  }
}
