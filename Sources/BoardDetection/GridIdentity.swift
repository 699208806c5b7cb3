import Boards

/// Decides which corners of the board a grid shows.
///
/// The grid's own axes are right-handed as the board's are, so that only quarter turns and shifts
/// are open, and the colours allow half of them.
struct GridIdentity {
  let columns: Int
  let rows: Int

  /// For a board with markers it only says whether a grid can be a part of the board at all.
  init(_ board: BoardSpec) {
    columns = board.columns
    rows = board.rows
  }

  /// One place of the grid and the corner of the board it shows.
  struct Assignment: Equatable {
    var place: CornerGrid.Place
    var column: Int
    var row: Int
  }

  /// The outcome for one grid.
  enum Outcome: Equatable {
    case complete([Assignment], ambiguous: Bool)
    /// Corners are missing, but all four sides of the board are there.
    case spanning([Assignment], ambiguous: Bool)
    case part([Assignment])
    case larger(columns: Int, rows: Int)
    case swappedColours
    case tooSmall
  }

  /// The least corners, and the least along each side, that make a part worth keeping.
  static let leastCorners = 12
  static let leastSide = 3

  /// The grid after `turns` quarter turns: the new u is the old v, the new v the old -u.
  static func turned(_ p: CornerGrid.Place, _ turns: Int) -> CornerGrid.Place {
    switch turns & 3 {
    case 0: p
    case 1: CornerGrid.Place(i: p.j, j: -p.i)
    case 2: CornerGrid.Place(i: -p.i, j: -p.j)
    default: CornerGrid.Place(i: -p.j, j: p.i)
    }
  }

  /// Identifies a grid. `towardsRight` gives, for a place's u step after turning, how far it points
  /// to the right in the picture: among equal ways to place an ambiguous board, the one whose
  /// columns run most to the right is taken.
  func identify(
    _ places: [CornerGrid.Place], direction: SIMD2<Double>, second: SIMD2<Double>
  ) -> Outcome {
    var best: (score: (Int, Double), assignments: [Assignment], isSpanning: Bool)?
    var spanningCount = 0
    var fitsAnyColour = false
    let trimmed = places
    let rights = [direction.x, second.x, -direction.x, -second.x]
    var extent = (0, 0)
    for turns in 0..<4 {
      let turned = trimmed.map { Self.turned($0, turns) }
      guard let i0 = turned.map(\.i).min(), let i1 = turned.map(\.i).max(),
        let j0 = turned.map(\.j).min(), let j1 = turned.map(\.j).max()
      else { return .tooSmall }
      let width = i1 - i0 + 1
      let height = j1 - j0 + 1
      if turns == 0 { extent = (max(width, height), min(width, height)) }
      guard width <= columns, height <= rows else { continue }
      fitsAnyColour = true
      // A quarter turn swaps the colours; the place at the board's origin must be even.
      var shift = 0
      if (i0 + j0 + turns) & 1 != 0 {
        // White up-left of the first place: the first column of the board is not seen.
        guard width < columns || height < rows else { continue }
        shift = 1
      }
      let isSpanning =
        shift == 0 && width == columns && height == rows
        && Self.hasSides(turned, i0...i1, j0...j1)
      if isSpanning { spanningCount += 1 }
      let shiftColumn = shift == 1 && width < columns ? 1 : 0
      let shiftRow = shift - shiftColumn
      let score = (isSpanning ? 2 : shift == 0 ? 1 : 0, rights[turns])
      if let best, best.score >= score { continue }
      let assignments = zip(places, turned).map {
        Assignment(place: $0, column: $1.i - i0 + shiftColumn, row: $1.j - j0 + shiftRow)
      }
      best = (score, assignments, isSpanning)
    }
    guard let best else {
      return fitsAnyColour ? .swappedColours : .larger(columns: extent.0, rows: extent.1)
    }
    let sorted = best.assignments.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    if best.isSpanning {
      let isAmbiguous = spanningCount > 1
      return places.count == columns * rows
        ? .complete(sorted, ambiguous: isAmbiguous) : .spanning(sorted, ambiguous: isAmbiguous)
    }
    guard places.count >= Self.leastCorners, extent.1 >= Self.leastSide else { return .tooSmall }
    return .part(sorted)
  }

  /// True when most corners of each outer line are there, so that none of the lines is clutter.
  private static func hasSides(
    _ places: [CornerGrid.Place], _ i: ClosedRange<Int>, _ j: ClosedRange<Int>
  ) -> Bool {
    [i.lowerBound, i.upperBound].allSatisfy { at in 2 * places.count { $0.i == at } > j.count }
      && [j.lowerBound, j.upperBound].allSatisfy { at in 2 * places.count { $0.j == at } > i.count }
  }
}
