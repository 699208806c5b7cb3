package import Boards

/// Settles the layout of views that do not show it by those of the same board that do.
///
/// A part of a ChArUco board with an odd number of columns of squares may be one of the current
/// layout or, a column further, one of the old. `MarkerNaming` then goes by the board word; where
/// other views show that the board is of the other layout, the names move by that column. Where some
/// views show the one and some the other, nobody can say, and those that do not show it lose theirs.
package struct LayoutAgreement: Equatable, Sendable {
  /// Boards seen to be of the current and of the old layout.
  package private(set) var current = 0
  package private(set) var legacy = 0
  private let board: BoardSpec

  package init(_ board: BoardSpec) { self.board = board }

  /// The layout that all views agree in; nil where none shows it, or some the other.
  package var isLegacy: Bool? {
    switch (current, legacy) {
    case (1..., 0): false
    case (0, 1...): true
    default: nil
    }
  }

  /// True when views show the layout that the board word does not state.
  package var contradictsWord: Bool {
    guard let charuco = board.charuco else { return false }
    return (charuco.isLegacy ? current : legacy) > 0
  }

  /// Counts what a detection shows.
  package mutating func count(_ detection: BoardDetection) {
    guard board.charuco != nil, (board.rows + 1).isMultiple(of: 2) else { return }
    for case let markers? in detection.boards.map(\.markers) where markers.layoutSeen {
      if markers.legacy { legacy += 1 } else { current += 1 }
    }
  }

  /// Names the corners of a detection by the layout that was agreed in.
  package func settle(_ detection: inout BoardDetection) {
    guard current + legacy > 0 else { return }
    for index in detection.boards.indices.reversed() {
      guard let markers = detection.boards[index].markers, !markers.layoutSeen else { continue }
      guard let isLegacy else {
        let corners = detection.boards.remove(at: index).corners.count
        if detection.boards.isEmpty { detection.reason = .markersUnread(corners: corners) }
        continue
      }
      guard markers.legacy != isLegacy else { continue }
      let step = isLegacy ? -1 : 1
      for corner in detection.boards[index].corners.indices {
        detection.boards[index].corners[corner].column += step
      }
      detection.boards[index].markers?.legacy = isLegacy
    }
  }
}
