import Glibc

/// How the contrast between bright and dark changes across a grid, corner by corner.
///
/// Light that falls off scales bright and dark alike, so the contrast changes with it. A corner's
/// own window cannot tell that from a corner that lies elsewhere: left out of the model, it moves
/// all corners of a view the same way (on simulated pictures with uneven light by 5 px^2 times the
/// slope: 0.006 px, half of all error there). The neighbours tell it well.
enum ContrastSlopes {
  /// Corners this many places away, along columns and along rows, have a say.
  private static let reach = 2
  /// Fewest corners for a slope.
  private static let fewest = 6
  /// Larger slopes than this are a shadow's edge or glare, which no plane describes; 1/pixel.
  private static let largest = 0.005

  /// What the neighbours say of the contrast about a corner.
  struct Slope {
    /// Relative change along x and y, 1/pixel; zero where too few neighbours were measured.
    var slope = SIMD2<Double>(0, 0)
    /// RMS of the logarithms of the contrasts off the plane: how little a slope describes them.
    var scatter = 0.0
  }

  /// The change of contrast at each corner: the least-squares plane through the logarithms of the
  /// contrasts about it.
  static func slopes(of corners: [GridRefiner.Corner?]) -> [Slope] {
    guard let map = ContrastMap(corners) else {
      return Array(repeating: Slope(), count: corners.count)
    }
    return corners.map { corner in corner.map { slope(at: $0.place, map) } ?? Slope() }
  }

  private static func slope(at place: CornerGrid.Place, _ map: ContrastMap) -> Slope {
    // Sums of x, y and the logarithm, and of their products, about the corner itself.
    guard let origin = map[place.i, place.j] else { return Slope() }
    var sum = SIMD3<Double>(0, 0, 0)
    var products = SIMD3<Double>(0, 0, 0)
    var mixed = SIMD2<Double>(0, 0)
    var squares = 0.0
    var count = 0
    for i in (place.i - reach)...(place.i + reach) {
      for j in (place.j - reach)...(place.j + reach) {
        guard let sample = map[i, j] else { continue }
        let d = sample - origin
        sum += d
        products += SIMD3(d.x * d.x, d.x * d.y, d.y * d.y)
        mixed += SIMD2(d.x * d.z, d.y * d.z)
        squares += d.z * d.z
        count += 1
      }
    }
    guard count >= fewest else { return Slope() }
    let mean = sum / Double(count)
    let xx = products.x - sum.x * mean.x
    let xy = products.y - sum.x * mean.y
    let yy = products.z - sum.y * mean.y
    let xz = mixed.x - sum.x * mean.z
    let yz = mixed.y - sum.y * mean.z
    let determinant = xx * yy - xy * xy
    guard determinant > 1e-3 * xx * yy else { return Slope() }
    let slope = SIMD2((yy * xz - xy * yz) / determinant, (xx * yz - xy * xz) / determinant)
    let size = (slope.x * slope.x + slope.y * slope.y).squareRoot()
    let rest = squares - sum.z * mean.z - slope.x * xz - slope.y * yz
    return Slope(
      slope: size <= largest ? slope : slope * (largest / size),
      scatter: (max(0, rest) / Double(count - 3)).squareRoot())
  }
}

/// Position and logarithm of the contrast of each corner, by its place in the grid.
private struct ContrastMap {
  private let first: CornerGrid.Place
  private let rows: Int
  private let columns: Int
  private var samples: [SIMD3<Double>?]

  /// Nil when there is no corner.
  init?(_ corners: [GridRefiner.Corner?]) {
    let places = corners.compactMap { $0?.place }
    guard let i0 = places.map(\.i).min(), let i1 = places.map(\.i).max(),
      let j0 = places.map(\.j).min(), let j1 = places.map(\.j).max()
    else { return nil }
    first = CornerGrid.Place(i: i0, j: j0)
    rows = i1 - i0 + 1
    columns = j1 - j0 + 1
    samples = Array(repeating: nil, count: rows * columns)
    for case let corner? in corners where corner.fit.half != 0 {
      let index = (corner.place.i - i0) * columns + corner.place.j - j0
      samples[index] = SIMD3(corner.fit.x, corner.fit.y, log(abs(corner.fit.half)))
    }
  }

  subscript(i: Int, j: Int) -> SIMD3<Double>? {
    let (row, column) = (i - first.i, j - first.j)
    guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
    return samples[row * columns + column]
  }
}
