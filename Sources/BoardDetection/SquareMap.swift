/// The homography from the unit square to the picture that takes its corners to four places.
///
/// Source: P. Heckbert, "Fundamentals of texture mapping and image warping" (1989), section 2.2.3.
struct SquareMap {
  private let origin: SIMD2<Double>
  private let along: SIMD2<Double>
  private let across: SIMD2<Double>
  private let g: Double
  private let h: Double
  /// The mean length of the sides, pixels.
  let side: Double

  /// From the places of (0, 0), (1, 0), (1, 1), (0, 1); nil where they span no convex square.
  init?(
    _ p0: SIMD2<Double>, _ p1: SIMD2<Double>, _ p2: SIMD2<Double>, _ p3: SIMD2<Double>
  ) {
    let a = p1 - p2
    let b = p3 - p2
    let sum = p0 - p1 + p2 - p3
    let determinant = a.x * b.y - b.x * a.y
    guard abs(determinant) > 1e-6 else { return nil }
    g = (sum.x * b.y - b.x * sum.y) / determinant
    h = (a.x * sum.y - sum.x * a.y) / determinant
    // The denominator stays positive over the whole square.
    guard 1 + g > 0.2, 1 + h > 0.2, 1 + g + h > 0.2 else { return nil }
    origin = p0
    along = p1 - p0 + g * p1
    across = p3 - p0 + h * p3
    func length(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }
    side = 0.25 * (length(p1 - p0) + length(p2 - p1) + length(p3 - p2) + length(p0 - p3))
  }

  func pixel(_ u: Double, _ v: Double) -> SIMD2<Double> {
    (origin + along * u + across * v) / (1 + g * u + h * v)
  }
}
