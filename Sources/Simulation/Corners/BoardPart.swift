import Boards
import Geometry

/// A part of a board as a detector reports it that cannot know which part it is: a grid that begins
/// at (0, 0) with a black square up-left of it, turned in any of the ways that allow this.
struct BoardPart {
  private let columns: ClosedRange<Int>
  private let rows: ClosedRange<Int>
  private let quarterTurns: Int

  /// The part within the given columns and rows; which of the possible turns it has is drawn.
  init(columns: ClosedRange<Int>, rows: ClosedRange<Int>, _ numbers: inout SeededNumbers) {
    self.columns = columns
    self.rows = rows
    // On the board, the square up-left of corner (c, r) is black when c + r is even, the one
    // up-right of it when it is odd.
    let origins = [
      (columns.lowerBound, rows.lowerBound), (columns.upperBound, rows.lowerBound),
      (columns.upperBound, rows.upperBound), (columns.lowerBound, rows.upperBound),
    ]
    let possible = (0..<4).filter { (origins[$0].0 + origins[$0].1 + $0).isMultiple(of: 2) }
    quarterTurns = possible.isEmpty ? 0 : possible[numbers.index(possible.count)]
    isPossible = !possible.isEmpty
  }

  /// False where no corner of the part can be its first one.
  let isPossible: Bool

  /// Where a corner of the board stands in the part's own grid.
  func place(column: Int, row: Int) -> (column: Int, row: Int) {
    let right = column - columns.lowerBound
    let left = columns.upperBound - column
    let down = row - rows.lowerBound
    let up = rows.upperBound - row
    switch quarterTurns {
    case 0: return (right, down)
    case 1: return (down, left)
    case 2: return (left, up)
    default: return (up, right)
    }
  }
}
