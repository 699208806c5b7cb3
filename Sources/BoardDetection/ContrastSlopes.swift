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

  /// The relative change of contrast along x and y at each corner, 1/pixel: the least-squares plane
  /// through the logarithms of the contrasts about it. Zero where too few neighbours were measured.
  static func slopes(of corners: [GridRefiner.Corner?]) -> [SIMD2<Double>] {
    var samples: [CornerGrid.Place: (position: SIMD2<Double>, logarithm: Double)] = [:]
    samples.reserveCapacity(corners.count)
    for case let corner? in corners where corner.fit.half != 0 {
      samples[corner.place] = (
        SIMD2(corner.fit.x, corner.fit.y), log(abs(corner.fit.half))
      )
    }
    return corners.map { corner in
      corner.map { slope(at: $0.place, samples) } ?? SIMD2(0, 0)
    }
  }

  private static func slope(
    at place: CornerGrid.Place,
    _ samples: [CornerGrid.Place: (position: SIMD2<Double>, logarithm: Double)]
  ) -> SIMD2<Double> {
    var near: [(position: SIMD2<Double>, logarithm: Double)] = []
    for i in (place.i - reach)...(place.i + reach) {
      for j in (place.j - reach)...(place.j + reach) {
        if let sample = samples[CornerGrid.Place(i: i, j: j)] { near.append(sample) }
      }
    }
    guard near.count >= fewest else { return SIMD2(0, 0) }
    let count = Double(near.count)
    let middle = near.reduce(SIMD2<Double>(0, 0)) { $0 + $1.position } / count
    let mean = near.reduce(0) { $0 + $1.logarithm } / count
    var (xx, xy, yy, xz, yz) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for sample in near {
      let d = sample.position - middle
      let z = sample.logarithm - mean
      xx += d.x * d.x
      xy += d.x * d.y
      yy += d.y * d.y
      xz += d.x * z
      yz += d.y * z
    }
    let determinant = xx * yy - xy * xy
    guard determinant > 1e-3 * xx * yy else { return SIMD2(0, 0) }
    let slope = SIMD2((yy * xz - xy * yz) / determinant, (xx * yz - xy * xz) / determinant)
    let size = (slope.x * slope.x + slope.y * slope.y).squareRoot()
    return size <= largest ? slope : slope * (largest / size)
  }
}
