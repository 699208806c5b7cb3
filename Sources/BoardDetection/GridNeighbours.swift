/// Who stands beside whom in a grid, and what that says about the lines through a corner.
struct GridNeighbours {
  /// For each place (in the order given) the numbers of its neighbours +u, +v, -u, -v, or -1.
  private var neighbours: [InlineArray<4, Int>] = []

  init(_ places: [CornerGrid.Place]) {
    var numbers = CornerGrid()
    for (n, place) in places.enumerated() { numbers.put(n, at: place) }
    neighbours.reserveCapacity(places.count)
    for place in places {
      var around = InlineArray<4, Int>(repeating: -1)
      for (k, step) in CornerGrid.steps.enumerated() {
        if let n = numbers[place + step] { around[k] = n }
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

  /// How far a corner lies from where its lines predict it, in units of what is acceptable; 0 where
  /// too few neighbours are there to tell.
  func misfit(at n: Int, positions: [SIMD2<Double>?]) -> Double {
    guard let p = positions[n] else { return 0 }
    var least = Double.infinity
    for forward in 0..<2 {
      guard let line = predicted(n, forward, positions) else { continue }
      let scale = 0.3 + line.tolerance * line.step
      least = min(least, Self.length(line.position - p) / scale)
    }
    return least.isFinite ? least : 0
  }

  /// Where the line along u (`forward` 0) or v (1) says that the corner of place `n` is, with the
  /// acceptable error as a share of the step, pixels; nil where too few neighbours are there.
  private func predicted(
    _ n: Int, _ forward: Int, _ positions: [SIMD2<Double>?]
  ) -> (position: SIMD2<Double>, tolerance: Double, step: Double)? {
    let a1 = beyond(n, forward, positions)
    let b1 = beyond(n, forward + 2, positions)
    let a2 = a1.flatMap { beyond($0, forward, positions) }
    let b2 = b1.flatMap { beyond($0, forward + 2, positions) }
    guard
      let (predicted, tolerance) = Self.prediction(
        a1: a1.flatMap { positions[$0] }, a2: a2.flatMap { positions[$0] },
        a3: a2.flatMap { beyond($0, forward, positions) }.flatMap { positions[$0] },
        b1: b1.flatMap { positions[$0] }, b2: b2.flatMap { positions[$0] },
        b3: b2.flatMap { beyond($0, forward + 2, positions) }.flatMap { positions[$0] }),
      let nearest = a1 ?? b1, let q = positions[nearest]
    else { return nil }
    return (predicted, tolerance, Self.length(q - predicted))
  }

  /// Where a corner should be by its line: a1, a2, a3 ahead of it, b1, b2, b3 behind; with the
  /// acceptable error as a share of the step. The shares are twice the largest seen on real wide
  /// lenses and hand-made boards.
  private static func prediction(
    a1: SIMD2<Double>?, a2: SIMD2<Double>?, a3: SIMD2<Double>?, b1: SIMD2<Double>?,
    b2: SIMD2<Double>?, b3: SIMD2<Double>?
  ) -> (SIMD2<Double>, tolerance: Double)? {
    if let a1, let b1 {
      // Cubics through two on each side, or one and three.
      if let a2, let b2 { return (((a1 + b1) * 4 - a2 - b2) / 6, 0.06) }
      if let a2, let a3 { return (b1 * 0.25 + a1 * 1.5 - a2 + a3 * 0.25, 0.1) }
      if let b2, let b3 { return (a1 * 0.25 + b1 * 1.5 - b2 + b3 * 0.25, 0.1) }
      return ((a1 + b1) / 2, 0.35)
    }
    // A parabola through three.
    if let a1, let a2, let a3 { return ((a1 - a2) * 3 + a3, 0.35) }
    if let b1, let b2, let b3 { return ((b1 - b2) * 3 + b3, 0.35) }
    return nil
  }

  /// The neighbour of a neighbour list entry in one direction, when it has a position.
  private func beyond(_ n: Int, _ direction: Int, _ positions: [SIMD2<Double>?]) -> Int? {
    let next = neighbours[n][direction]
    return next >= 0 && positions[next] != nil ? next : nil
  }
}
