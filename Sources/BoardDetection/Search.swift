import Boards

/// What a search over the levels of one picture has found so far.
struct Search {
  struct Board {
    var observation: BoardObservation
    var level: Int
  }

  private(set) var boards: [Board] = []
  var counts = DetectionCounts()
  private var refusal: NoBoardReason?

  /// Remembers why a grid was refused; the largest grid's reason counts.
  mutating func refuse(_ reason: NoBoardReason, corners: Int) {
    guard corners > counts.largestRefused else { return }
    counts.largestRefused = corners
    refusal = reason
  }

  /// Adds a level's boards; of two that show the same place the one with more corners stays, the
  /// earlier among equals.
  mutating func add(_ found: [Board]) {
    for board in found {
      let same = boards.indices.filter { Self.overlap(boards[$0], board) }
      guard
        same.allSatisfy({
          Self.rank(boards[$0].observation) < Self.rank(board.observation)
        })
      else { continue }
      for i in same.reversed() { boards.remove(at: i) }
      boards.append(board)
    }
  }

  /// True when a board of at least as many corners was found already where a grid has its middle.
  func hasBoard(about middle: SIMD2<Double>, corners: Int) -> Bool {
    boards.contains {
      $0.observation.corners.count >= corners && Self.contains($0.observation, middle)
    }
  }

  private static func rank(_ observation: BoardObservation) -> Int {
    switch observation.status {
    case .complete: observation.corners.count + 100_000
    case .anchored: observation.corners.count + 50_000
    case .unanchored, .none: observation.corners.count
    }
  }

  /// True when the middle of one board's corners lies inside the other's bounding box.
  private static func overlap(_ a: Board, _ b: Board) -> Bool {
    contains(a.observation, middle(b.observation)) || contains(b.observation, middle(a.observation))
  }

  private static func middle(_ o: BoardObservation) -> SIMD2<Double> {
    let sum = o.corners.reduce(SIMD2<Double>(0, 0)) { $0 + SIMD2($1.x, $1.y) }
    return sum / Double(max(o.corners.count, 1))
  }

  private static func contains(_ o: BoardObservation, _ p: SIMD2<Double>) -> Bool {
    guard let x0 = o.corners.map(\.x).min(), let x1 = o.corners.map(\.x).max(),
      let y0 = o.corners.map(\.y).min(), let y1 = o.corners.map(\.y).max()
    else { return false }
    return p.x >= x0 && p.x <= x1 && p.y >= y0 && p.y <= y1
  }

  /// True when every board found reaches to within about a square of the picture's frame, which is
  /// reason enough that it is not whole.
  func isCut(width: Int, height: Int) -> Bool {
    !boards.isEmpty
      && boards.allSatisfy { board in
        let corners = board.observation.corners
        guard let x0 = corners.map(\.x).min(), let x1 = corners.map(\.x).max(),
          let y0 = corners.map(\.y).min(), let y1 = corners.map(\.y).max()
        else { return false }
        let square = ((x1 - x0) * (y1 - y0) / Double(corners.count)).squareRoot()
        return min(x0, y0, Double(width) - x1, Double(height) - y1) < 1.3 * square
      }
  }

  /// The detection: best boards first.
  ///
  /// Beside the best board, only such count as boards that are complete or at least half as large:
  /// a keyboard or a window can look like a few corners of anything. Where a whole pattern of
  /// another size is seen, smaller grids are no parts of the board.
  func result(board: BoardSpec) -> BoardDetection {
    let sorted = boards.map(\.observation).enumerated().sorted {
      let a = Self.rank($0.element)
      let b = Self.rank($1.element)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    let hasComplete = sorted.first?.status == .complete
    let isNamed = sorted.first?.status.isNamed ?? false
    if let refusal, refusal.isOtherPattern, !isNamed,
      counts.largestRefused > sorted.first?.corners.count ?? 0
    {
      return BoardDetection(boards: [], reason: refusal, counts: counts)
    }
    let least = (sorted.first?.corners.count ?? 0) / 2
    let kept = sorted.filter { $0.status == .complete || $0.corners.count > least }
    var reason: NoBoardReason?
    if !hasComplete {
      if let best = kept.first {
        reason =
          board.isMarked && best.status == .unanchored
          ? .markersUnread(corners: best.corners.count)
          : .partOfBoard(corners: best.corners.count)
      } else {
        reason =
          refusal ?? (counts.candidates < 4 ? .noCorners : .noGrid(candidates: counts.candidates))
      }
    }
    return BoardDetection(boards: kept, reason: reason, counts: counts)
  }
}

extension NoBoardReason {
  /// True when a whole pattern was seen that is not the board.
  fileprivate var isOtherPattern: Bool {
    switch self {
    case .otherPattern, .swappedColours, .otherMarkers: true
    default: false
    }
  }
}
