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
  /// A part of the board whose markers were read, or that reaches all four sides of it: each corner
  /// with its identity (up to half a turn where `ambiguous`).
  case anchored
  /// A consistent part of the board; where on the board it lies is unknown.
  case unanchored
  case none

  /// True when the corners carry their identity on the board.
  package var isNamed: Bool { self == .complete || self == .anchored }
}

/// What the markers of a board said.
package struct MarkerEvidence: Codable, Equatable, Sendable {
  /// Markers that were read and agree with the names given.
  package var read: Int
  /// True for the layout of OpenCV before 4.6; boards with an odd number of rows of squares have
  /// but one layout, and then it is false.
  package var legacy: Bool
  /// True when this view shows which layout it is; else the board word said it.
  package var layoutSeen: Bool
  /// True for white squares where the common board has black ones.
  package var inverted: Bool

  package init(read: Int, legacy: Bool, layoutSeen: Bool, inverted: Bool) {
    self.read = read
    self.legacy = legacy
    self.layoutSeen = layoutSeen
    self.inverted = inverted
  }

  package enum CodingKeys: String, CodingKey {
    case read, legacy, inverted
    case layoutSeen = "layout_seen"
  }
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
  /// What its markers said; nil where none were read.
  package var markers: MarkerEvidence?
  /// Sorted by row, then column.
  package var corners: [BoardCorner]

  package init(
    status: BoardStatus, ambiguous: Bool, markers: MarkerEvidence? = nil, corners: [BoardCorner]
  ) {
    self.status = status
    self.ambiguous = ambiguous
    self.markers = markers
    self.corners = corners
  }
}
