/// Who stands beside whom in a grid, and what that says about the lines through a corner.
struct GridNeighbours {
  /// For each place (in the grid's order) the numbers of its neighbours +u, +v, -u, -v, or -1.
  private var neighbours: [InlineArray<4, Int>] = []

  init(_ grid: CornerGrid) {
    var numberOf: [Int: Int] = [:]
    for (n, place) in grid.places.enumerated() {
      if let candidate = grid[place] { numberOf[candidate] = n }
    }
    neighbours.reserveCapacity(grid.places.count)
    for place in grid.places {
      var around = InlineArray<4, Int>(repeating: -1)
      for (k, step) in CornerGrid.steps.enumerated() {
        guard let candidate = grid[place + step], let n = numberOf[candidate] else { continue }
        around[k] = n
      }
      neighbours.append(around)
    }
  }

  /// A grid line where it passes a corner.
  struct Line {
    /// Unit vector along +u or +v.
    var direction: SIMD2<Double>
    /// 1/pixel; positive when the line bends towards the positive turn from its direction.
    var curvature: Double
    /// The way to the nearest neighbour on the line, pixels.
    var length: Double
  }

  /// The lines along u and v through place `n`; nil when a line has no second corner.
  func lines(at n: Int, positions: [SIMD2<Double>?]) -> (first: Line, second: Line)? {
    guard let first = line(at: n, forward: 0, positions: positions),
      let second = line(at: n, forward: 1, positions: positions)
    else { return nil }
    return (first, second)
  }

  private func line(at n: Int, forward: Int, positions: [SIMD2<Double>?]) -> Line? {
    guard let p = positions[n] else { return nil }
    let ahead = position(neighbours[n][forward], positions)
    let behind = position(neighbours[n][forward + 2], positions)
    if let ahead, let behind { return Self.line(behind, p, ahead) }
    // At the end of a line its curvature is the neighbour's, and turns the chord.
    let next = neighbours[n][ahead != nil ? forward : forward + 2]
    guard let q = ahead ?? behind else { return nil }
    let beyond =
      next >= 0 ? position(neighbours[next][ahead != nil ? forward : forward + 2], positions) : nil
    let chord = ahead != nil ? q - p : p - q
    let length = Self.length(chord)
    guard length > 0 else { return nil }
    let direction = chord / length
    guard let beyond else { return Line(direction: direction, curvature: 0, length: length) }
    let curvature =
      ahead != nil ? Self.line(p, q, beyond).curvature : Self.line(beyond, q, p).curvature
    let turn = (ahead != nil ? -0.5 : 0.5) * curvature * length
    let normal = SIMD2(-direction.y, direction.x)
    let bent = direction + normal * turn
    return Line(direction: bent / Self.length(bent), curvature: curvature, length: length)
  }

  private func position(_ n: Int, _ positions: [SIMD2<Double>?]) -> SIMD2<Double>? {
    n >= 0 ? positions[n] : nil
  }

  /// The circle through three corners, at the middle one.
  private static func line(
    _ behind: SIMD2<Double>, _ p: SIMD2<Double>, _ ahead: SIMD2<Double>
  ) -> Line {
    let a = ahead - p
    let b = p - behind
    let la = max(length(a), 1e-6)
    let lb = max(length(b), 1e-6)
    let ua = a / la
    let ub = b / lb
    // Each chord turns from the tangent by half its own arc.
    let sum = ua * lb + ub * la
    let direction = sum / max(length(sum), 1e-9)
    let turn = ub.x * ua.y - ub.y * ua.x
    return Line(direction: direction, curvature: 2 * turn / (la + lb), length: min(la, lb))
  }

  private static func length(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }
}
