/// What a detector found in one picture.
package struct BoardDetection: Equatable, Sendable {
  /// Every board found: complete ones first, then by number of corners.
  package var boards: [BoardObservation]
  /// Why there is no complete board; nil when there is one.
  package var reason: NoBoardReason?
  /// What was counted on the way.
  package var counts: DetectionCounts

  package init(boards: [BoardObservation], reason: NoBoardReason?, counts: DetectionCounts) {
    self.boards = boards
    self.reason = reason
    self.counts = counts
  }

  /// The best board's status.
  package var status: BoardStatus { boards.first?.status ?? .none }
  /// True when half a turn of the best board gives the same picture.
  package var ambiguous: Bool { boards.first?.ambiguous ?? false }
}

/// How much was looked at; bounded whatever the picture.
package struct DetectionCounts: Equatable, Sendable {
  /// Pyramid levels searched.
  package var levels = 0
  /// Places that looked like the meeting point of four squares, over all levels.
  package var candidates = 0
  /// Grids grown, over all levels.
  package var grids = 0
  /// Corners of the largest grid that was refused.
  package var largestRefused = 0

  package init() {}
}

/// Why a picture has no complete board.
package enum NoBoardReason: Equatable, Sendable {
  case tooSmall(width: Int, height: Int)
  case noContrast
  case noCorners
  case noGrid(candidates: Int)
  case partOfBoard(corners: Int)
  case otherPattern(columns: Int, rows: Int)
  case swappedColours
  case unsharp(corners: Int)
  case markersUnread(corners: Int)
  case otherMarkers(corners: Int)

  /// A stable word for files and programs.
  package var code: String {
    switch self {
    case .tooSmall: "picture_too_small"
    case .noContrast: "no_contrast"
    case .noCorners: "no_corners"
    case .noGrid: "no_grid"
    case .partOfBoard: "part_of_board"
    case .otherPattern: "other_pattern"
    case .swappedColours: "swapped_colours"
    case .unsharp: "corners_unsharp"
    case .markersUnread: "markers_unread"
    case .otherMarkers: "other_markers"
    }
  }
}

extension NoBoardReason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooSmall(let width, let height):
      return "The picture is only \(width) x \(height) pixels. Use the camera's full size."
    case .noContrast:
      return "The picture is all of one grey. Check the light, the lens cap and the exposure."
    case .noCorners:
      return "Nothing in the picture looks like the corners of a checkerboard. "
        + "Show the board, nearer and in even light."
    case .noGrid(let candidates):
      return "\(candidates) places look like corners, but they form no checkerboard. "
        + "Show the whole board, nearer, sharp, and without glare."
    case .partOfBoard(let corners):
      return "Only \(corners) corners of the board are seen. "
        + "Move the board wholly into the picture and keep hands off its squares."
    case .otherPattern(let columns, let rows):
      return "A pattern of \(columns) x \(rows) inner corners is seen, which is not the board. "
        + "Check the board's size in the board word, or put the other pattern away."
    case .swappedColours:
      return "A pattern of the board's size is seen, but with white squares where the board has "
        + "black ones. Use a board whose corner square is black."
    case .unsharp(let corners):
      return "A grid is seen, but only \(corners) of its corners are sharp enough to measure. "
        + "Hold the board still, and check the focus."
    case .markersUnread(let corners):
      return "\(corners) corners of the board are seen, but its markers cannot be read. "
        + "Show the board nearer and still, and check the focus."
    case .otherMarkers(let corners):
      return "A checkerboard with \(corners) corners in sight is seen, but its squares do not "
        + "carry the board's markers. Check dictionary, size and markers in the board word, and "
        + "that the picture is not mirrored."
    }
  }
}
