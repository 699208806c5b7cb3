/// A grid of corners that grows from a seed at (0, 0): which candidate stands at which place.
///
/// Places count along u and v, with v a positive turn (x towards y) from u. At a place with i + j
/// even the `enter` line runs along u, elsewhere along v: the colours of a checkerboard alternate.
struct CornerGrid {
  /// Places reach from -reach to reach each way; enough for the largest board from any seed.
  static let reach = 66
  private static let side = 2 * reach + 3

  /// One place of the grid.
  struct Place: Hashable {
    var i: Int
    var j: Int

    @inline(__always)
    static func + (a: Place, b: Place) -> Place { Place(i: a.i &+ b.i, j: a.j &+ b.j) }
    @inline(__always)
    static func - (a: Place, b: Place) -> Place { Place(i: a.i &- b.i, j: a.j &- b.j) }
  }

  /// The four neighbours: +u, +v, -u, -v.
  static let steps = [
    Place(i: 1, j: 0), Place(i: 0, j: 1), Place(i: -1, j: 0), Place(i: 0, j: -1),
  ]

  private var cells: [Int32]
  /// Occupied places in the order they were taken.
  private(set) var places: [Place] = []

  init() { cells = Array(repeating: -1, count: Self.side * Self.side) }

  @inline(__always)
  private static func number(_ p: Place) -> Int {
    (p.j &+ reach &+ 1) &* side &+ p.i &+ reach &+ 1
  }

  /// True for places that may be taken.
  static func isInReach(_ p: Place) -> Bool { abs(p.i) <= reach && abs(p.j) <= reach }

  /// The candidate at a place at most one beyond the reach, or nil.
  @inline(__always)
  subscript(p: Place) -> Int? {
    let value = cells[Self.number(p)]
    return value >= 0 ? Int(value) : nil
  }

  mutating func put(_ candidate: Int, at p: Place) {
    if cells[Self.number(p)] < 0 { places.append(p) }
    cells[Self.number(p)] = Int32(candidate)
  }

  /// Empties the places that `isKept` refuses.
  mutating func keep(_ isKept: (Place) -> Bool) {
    var kept: [Place] = []
    for p in places {
      if isKept(p) { kept.append(p) } else { cells[Self.number(p)] = -1 }
    }
    places = kept
  }

  mutating func clear() {
    for p in places { cells[Self.number(p)] = -1 }
    places.removeAll(keepingCapacity: true)
  }

  /// True when the four places of the square right of and below `p` are taken.
  func hasSquare(at p: Place) -> Bool {
    guard self[p] != nil, Self.isInReach(p) else { return false }
    return self[p + Place(i: 1, j: 0)] != nil && self[p + Place(i: 0, j: 1)] != nil
      && self[p + Place(i: 1, j: 1)] != nil
  }

  /// Drops every place that is no corner of a whole square, then everything but the largest part
  /// connected through whole squares that share an edge. Where `keepsRim`, the neighbours of what is
  /// kept stay too.
  mutating func prune(keepsRim: Bool = false) {
    var component: [Int: Int] = [:]
    var sizes: [Int] = []
    let squares = places.filter { hasSquare(at: $0) }
    let numbers = Set(squares.map { Self.number($0) })
    for start in squares where component[Self.number(start)] == nil {
      let label = sizes.count
      var size = 0
      var stack = [start]
      component[Self.number(start)] = label
      while let square = stack.popLast() {
        size += 1
        for step in Self.steps {
          let next = square + step
          let n = Self.number(next)
          guard numbers.contains(n), component[n] == nil else { continue }
          component[n] = label
          stack.append(next)
        }
      }
      sizes.append(size)
    }
    guard let best = sizes.indices.max(by: { (sizes[$0], -$0) < (sizes[$1], -$1) }) else {
      clear()
      return
    }
    var kept: Set<Int> = []
    for square in squares where component[Self.number(square)] == best {
      for (di, dj) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        kept.insert(Self.number(square + Place(i: di, j: dj)))
      }
    }
    keep { place in
      kept.contains(Self.number(place))
        || keepsRim && Self.steps.contains { kept.contains(Self.number(place + $0)) }
    }
  }

  /// The smallest rectangle round the taken places; nil for an empty grid.
  var bounds: (i: ClosedRange<Int>, j: ClosedRange<Int>)? {
    guard let first = places.first else { return nil }
    var i0 = first.i
    var i1 = first.i
    var j0 = first.j
    var j1 = first.j
    for p in places {
      i0 = min(i0, p.i)
      i1 = max(i1, p.i)
      j0 = min(j0, p.j)
      j1 = max(j1, p.j)
    }
    return (i0...i1, j0...j1)
  }
}

extension CornerGrid {
  /// Drops outer lines that a larger board than `columns` x `rows` would have, as long as each
  /// holds less than half of the corners of the line inside it: clutter that met the board's edge.
  mutating func trim(columns: Int, rows: Int) {
    while let bounds = self.bounds, !Self.fits(bounds.i.count, bounds.j.count, columns, rows) {
      let lines: [(along: Bool, at: Int, inside: Int)] = [
        (true, bounds.i.lowerBound, bounds.i.lowerBound + 1),
        (true, bounds.i.upperBound, bounds.i.upperBound - 1),
        (false, bounds.j.lowerBound, bounds.j.lowerBound + 1),
        (false, bounds.j.upperBound, bounds.j.upperBound - 1),
      ]
      let taken = places
      func corners(_ alongI: Bool, _ at: Int) -> Int {
        taken.count { (alongI ? $0.i : $0.j) == at }
      }
      let sparse = lines.map { (line: $0, count: corners($0.along, $0.at)) }
        .filter { 2 * $0.count < corners($0.line.along, $0.line.inside) }
      guard let drop = sparse.min(by: { $0.count < $1.count })?.line else { return }
      keep { (drop.along ? $0.i : $0.j) != drop.at }
    }
  }

  private static func fits(_ a: Int, _ b: Int, _ columns: Int, _ rows: Int) -> Bool {
    (a <= columns && b <= rows) || (a <= rows && b <= columns)
  }
}
