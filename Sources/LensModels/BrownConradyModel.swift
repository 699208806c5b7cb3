public import Geometry

/// The family of Brown and Conrady in OpenCV's form, with 4, 5 or 8 coefficients.
///
/// With a = X/Z, b = Y/Z, s = a^2 + b^2 and
/// g = (1 + k1 s + k2 s^2 + k3 s^3) / (1 + k4 s + k5 s^2 + k6 s^3):
///
///     u = fx (a g + 2 p1 a b + p2 (s + 2 a^2)) + cx
///     v = fy (b g + p1 (s + 2 b^2) + 2 p2 a b) + cy
///
/// Coefficients in the order k1, k2, p1, p2, k3, k4, k5, k6; those a member lacks are zero.
/// Domain: Z > 0, and sqrt(s) below the first radius at which sqrt(s) g stops growing.
///
/// Sources: D. C. Brown, "Close-range camera calibration", Photogrammetric Engineering 37 (1971);
/// OpenCV, "Camera Calibration and 3D Reconstruction", for the rational form and the order.
@usableFromInline
package protocol BrownConradyModel: LensModel {
  /// How many of k1 ... k6 there are: 2, 3 or 6.
  static var radialCount: Int { get }
  var base: BrownConradyParameters { get }
}

/// All parameters of the largest member of the family.
@frozen @usableFromInline
package struct BrownConradyParameters: Sendable {
  @usableFromInline let fx: Double
  @usableFromInline let fy: Double
  @usableFromInline let cx: Double
  @usableFromInline let cy: Double
  @usableFromInline let k1: Double
  @usableFromInline let k2: Double
  @usableFromInline let p1: Double
  @usableFromInline let p2: Double
  @usableFromInline let k3: Double
  @usableFromInline let k4: Double
  @usableFromInline let k5: Double
  @usableFromInline let k6: Double

  /// Reads fx, fy, cx, cy and the coefficients of a model with `radialCount` radial ones.
  @inlinable package init(_ p: UnsafePointer<Double>, radialCount: Int) {
    fx = p[0]
    fy = p[1]
    cx = p[2]
    cy = p[3]
    k1 = p[4]
    k2 = p[5]
    p1 = p[6]
    p2 = p[7]
    k3 = radialCount > 2 ? p[8] : 0
    k4 = radialCount > 3 ? p[9] : 0
    k5 = radialCount > 3 ? p[10] : 0
    k6 = radialCount > 3 ? p[11] : 0
  }
}

extension BrownConradyModel {
  /// g of s, and its derivative by s.
  @inlinable
  func radial(_ s: Double) -> (factor: Double, slope: Double, inverseDenominator: Double) {
    let k = base
    var numerator = 1 + s * (k.k1 + s * k.k2)
    var numeratorSlope = k.k1 + 2 * s * k.k2
    if Self.radialCount > 2 {
      numerator += s * s * s * k.k3
      numeratorSlope += 3 * s * s * k.k3
    }
    guard Self.radialCount > 3 else { return (numerator, numeratorSlope, 1) }
    let inverse = 1 / (1 + s * (k.k4 + s * (k.k5 + s * k.k6)))
    let denominatorSlope = k.k4 + s * (2 * k.k5 + s * 3 * k.k6)
    let factor = numerator * inverse
    return (factor, (numeratorSlope - factor * denominatorSlope) * inverse, inverse)
  }

  /// The distorted normalised coordinates of (a, b), and their derivatives by a and b.
  @inlinable
  func distort(
    _ a: Double, _ b: Double
  ) -> (x: Double, y: Double, xx: Double, xy: Double, yy: Double) {
    let k = base
    let s = a * a + b * b
    let (g, slope, _) = radial(s)
    let xy = 2 * (a * b * slope + k.p1 * a + k.p2 * b)
    return (
      a * g + 2 * k.p1 * a * b + k.p2 * (s + 2 * a * a),
      b * g + k.p1 * (s + 2 * b * b) + 2 * k.p2 * a * b,
      g + 2 * (a * a * slope + k.p1 * b + 3 * k.p2 * a), xy,
      g + 2 * (b * b * slope + 3 * k.p1 * b + k.p2 * a)
    )
  }

  @inlinable package func project(_ point: Vector3) -> Vector2 {
    guard point.z > 0 else { return Vector2(.nan, .nan) }
    let k = base
    let a = point.x / point.z
    let b = point.y / point.z
    let s = a * a + b * b
    let g = radial(s).factor
    return Vector2(
      k.fx * (a * g + 2 * k.p1 * a * b + k.p2 * (s + 2 * a * a)) + k.cx,
      k.fy * (b * g + k.p1 * (s + 2 * b * b) + 2 * k.p2 * a * b) + k.cy)
  }

  @inlinable package func covers(_ point: Vector3, limit: Double) -> Bool {
    point.z > 0
      && point.x * point.x + point.y * point.y < limit * limit * point.z * point.z
  }

  @inlinable
  package func linearize(
    _ x: Double, _ y: Double, _ z: Double, xByParameters: UnsafeMutablePointer<Double>,
    yByParameters: UnsafeMutablePointer<Double>
  ) -> LinearizedPixel {
    let k = base
    let inverse = z > 0 ? 1 / z : .nan
    let a = x * inverse
    let b = y * inverse
    let ab2 = 2 * a * b
    let s = a * a + b * b
    let (g, slope, inverseDenominator) = radial(s)
    let tangentialX = s + 2 * a * a
    let tangentialY = s + 2 * b * b
    let u = a * g + k.p1 * ab2 + k.p2 * tangentialX
    let v = b * g + k.p1 * tangentialY + k.p2 * ab2
    xByParameters[0] = u
    xByParameters[1] = 0
    xByParameters[2] = 1
    xByParameters[3] = 0
    yByParameters[0] = 0
    yByParameters[1] = v
    yByParameters[2] = 0
    yByParameters[3] = 1
    // By the radial coefficients: fx a s^i / denominator, then -g times that.
    let radialX = k.fx * a * s * inverseDenominator
    let radialY = k.fy * b * s * inverseDenominator
    xByParameters[4] = radialX
    yByParameters[4] = radialY
    xByParameters[5] = radialX * s
    yByParameters[5] = radialY * s
    xByParameters[6] = k.fx * ab2
    yByParameters[6] = k.fy * tangentialY
    xByParameters[7] = k.fx * tangentialX
    yByParameters[7] = k.fy * ab2
    if Self.radialCount > 2 {
      xByParameters[8] = radialX * s * s
      yByParameters[8] = radialY * s * s
    }
    if Self.radialCount > 3 {
      let negativeX = -g * radialX
      let negativeY = -g * radialY
      xByParameters[9] = negativeX
      yByParameters[9] = negativeY
      xByParameters[10] = negativeX * s
      yByParameters[10] = negativeY * s
      xByParameters[11] = negativeX * s * s
      yByParameters[11] = negativeY * s * s
    }
    let mixed = ab2 * slope + 2 * (k.p1 * a + k.p2 * b)
    let uByA = g + 2 * (a * a * slope + k.p1 * b + 3 * k.p2 * a)
    let vByB = g + 2 * (b * b * slope + 3 * k.p1 * b + k.p2 * a)
    let sx = k.fx * inverse
    let sy = k.fy * inverse
    return LinearizedPixel(
      x: k.fx * u + k.cx, y: k.fy * v + k.cy, xByX: sx * uByA, xByY: sx * mixed,
      xByZ: -sx * (uByA * a + mixed * b), yByX: sy * mixed, yByY: sy * vByB,
      yByZ: -sy * (mixed * a + vByB * b))
  }
}
