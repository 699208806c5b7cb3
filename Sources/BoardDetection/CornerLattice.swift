/// The measured corners of a grid as a lattice, with one more ring around them where their lines go
/// on, and with gaps closed the same way.
struct CornerLattice {
  /// The median contrast of the corners, grey levels.
  let contrast: Float
  private let i0: Int
  private let j0: Int
  private let width: Int
  private let height: Int
  private var positions: [SIMD2<Double>?]
  private let isMeasured: [Bool]

  /// Nil without corners.
  init?(_ corners: [GridRefiner.Corner]) {
    guard let first = corners.first else { return nil }
    var low = first.place
    var high = first.place
    for corner in corners {
      low = CornerGrid.Place(i: min(low.i, corner.place.i), j: min(low.j, corner.place.j))
      high = CornerGrid.Place(i: max(high.i, corner.place.i), j: max(high.j, corner.place.j))
    }
    i0 = low.i - 1
    j0 = low.j - 1
    width = high.i - low.i + 3
    height = high.j - low.j + 3
    positions = Array(repeating: nil, count: width * height)
    for corner in corners {
      positions[(corner.place.j - j0) * width + corner.place.i - i0] =
        SIMD2(corner.fit.x, corner.fit.y)
    }
    isMeasured = positions.map { $0 != nil }
    let contrasts = corners.map { abs($0.fit.half) }.sorted()
    contrast = Float(2 * contrasts[contrasts.count / 2])
    // The ring's own corners follow from the ring.
    goOn()
    goOn()
  }

  var squaresAlongU: Range<Int> { i0..<(i0 + width - 1) }
  var squaresAlongV: Range<Int> { j0..<(j0 + height - 1) }

  /// The square between a place and the next along u and v; nil where fewer than two of its corners
  /// are measured.
  func square(at place: CornerGrid.Place) -> SquareMap? {
    let n = (place.j - j0) * width + place.i - i0
    let around = [n, n + 1, n + width + 1, n + width]
    guard around.count(where: { isMeasured[$0] }) >= 2,
      let p0 = positions[n], let p1 = positions[n + 1], let p2 = positions[n + width + 1],
      let p3 = positions[n + width]
    else { return nil }
    return SquareMap(p0, p1, p2, p3)
  }

  /// Fills places that have two or more known ones in line beside them.
  private mutating func goOn() {
    let known = positions
    for j in 0..<height {
      for i in 0..<width where known[j * width + i] == nil {
        var sum = SIMD2<Double>(0, 0)
        var count = 0.0
        for step in CornerGrid.steps {
          func at(_ distance: Int) -> SIMD2<Double>? {
            let (x, y) = (i + distance * step.i, j + distance * step.j)
            guard x >= 0, y >= 0, x < width, y < height else { return nil }
            return known[y * width + x]
          }
          guard let near = at(1), let next = at(2) else { continue }
          // A parabola through three, else a line through two.
          let guess = at(3).map { near * 3 - next * 3 + $0 } ?? near * 2 - next
          sum += guess
          count += 1
        }
        if count > 0 { positions[j * width + i] = sum / count }
      }
    }
  }
}
