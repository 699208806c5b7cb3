public import Geometry
public import Glibc

/// The fisheye model of Kannala and Brandt with four coefficients, as OpenCV's fisheye module has
/// it.
///
/// With r = sqrt(X^2 + Y^2), t = atan2(r, Z) and d = t (1 + k1 t^2 + k2 t^4 + k3 t^6 + k4 t^8):
///
///     u = fx d X/r + cx
///     v = fy d Y/r + cy
///
/// Domain: t below the first angle at which d stops growing, at most pi; directions behind the
/// camera (t > pi/2) are included.
///
/// Source: J. Kannala, S. Brandt, "A generic camera model and calibration method for conventional,
/// wide-angle, and fish-eye lenses", IEEE PAMI 28 (2006), the radially symmetric part.
@usableFromInline
package struct KannalaBrandt4Model: LensModel {
  @usableFromInline let fx: Double
  @usableFromInline let fy: Double
  @usableFromInline let cx: Double
  @usableFromInline let cy: Double
  @usableFromInline let k1: Double
  @usableFromInline let k2: Double
  @usableFromInline let k3: Double
  @usableFromInline let k4: Double

  @usableFromInline package static let distortionNames = ["k1", "k2", "k3", "k4"]
  @inlinable package static var parameterCount: Int { 8 }

  @inlinable package init(_ parameters: UnsafePointer<Double>) {
    fx = parameters[0]
    fy = parameters[1]
    cx = parameters[2]
    cy = parameters[3]
    k1 = parameters[4]
    k2 = parameters[5]
    k3 = parameters[6]
    k4 = parameters[7]
  }

  /// d of t.
  @inlinable func distorted(_ t: Double) -> Double {
    let q = t * t
    return t * (1 + q * (k1 + q * (k2 + q * (k3 + q * k4))))
  }

  /// The derivative of d by t.
  @inlinable func slope(_ t: Double) -> Double {
    let q = t * t
    return 1 + q * (3 * k1 + q * (5 * k2 + q * (7 * k3 + q * 9 * k4)))
  }

  @usableFromInline package func limit() -> Double {
    let steps = 256
    var inside = 0.0
    for step in 1...steps {
      let t = Double(step) * Double.pi / Double(steps)
      if slope(t) > 0 {
        inside = t
        continue
      }
      var outside = t
      for _ in 0..<60 {
        let middle = 0.5 * (inside + outside)
        if slope(middle) > 0 { inside = middle } else { outside = middle }
      }
      return inside
    }
    return .pi
  }

  @inlinable package func project(_ point: Vector3) -> Vector2 {
    let r = (point.x * point.x + point.y * point.y).squareRoot()
    guard r > 0 else {
      return point.z > 0 ? Vector2(cx, cy) : Vector2(.nan, .nan)
    }
    let scale = distorted(atan2(r, point.z)) / r
    return Vector2(fx * scale * point.x + cx, fy * scale * point.y + cy)
  }

  @inlinable package func covers(_ point: Vector3, limit: Double) -> Bool {
    let r = (point.x * point.x + point.y * point.y).squareRoot()
    return (r > 0 || point.z > 0) && atan2(r, point.z) < limit
  }

  /// Newton's method for the angle, kept inside the monotone range by halving.
  @usableFromInline package func unproject(_ pixel: Vector2, limit: Double) -> Vector3? {
    let target = Vector2((pixel.x - cx) / fx, (pixel.y - cy) / fy)
    let d = target.length
    guard d.isFinite else { return nil }
    guard d > 0 else { return Vector3(0, 0, 1) }
    guard d < distorted(limit) else { return nil }
    var low = 0.0
    var high = limit
    var t = min(d, 0.9 * limit)
    for _ in 0..<100 {
      let value = distorted(t) - d
      if value > 0 { high = t } else { low = t }
      var next = t - value / slope(t)
      if !(next > low && next < high) { next = 0.5 * (low + high) }
      let step = abs(next - t)
      t = next
      if step <= 1e-15 * max(1, t) { break }
    }
    let sine = sin(t) / d
    return Vector3(target.x * sine, target.y * sine, cos(t))
  }

  @inlinable
  package func linearize(
    _ x: Double, _ y: Double, _ z: Double, xByParameters: UnsafeMutablePointer<Double>,
    yByParameters: UnsafeMutablePointer<Double>
  ) -> LinearizedPixel {
    let square = x * x + y * y
    let r = square.squareRoot()
    // On the axis d/r and its derivatives have limits; a radius of 1e-12 stands for them.
    let onAxis = r < 1e-12 * abs(z)
    let safe = onAxis ? 1e-12 * abs(z) : r
    let inverse = 1 / safe
    let t = atan2(safe, z)
    let q = t * t
    let d = t * (1 + q * (k1 + q * (k2 + q * (k3 + q * k4))))
    let ux = x * inverse
    let uy = y * inverse
    let a = d * ux
    let b = d * uy
    xByParameters[0] = a
    xByParameters[1] = 0
    xByParameters[2] = 1
    xByParameters[3] = 0
    yByParameters[0] = 0
    yByParameters[1] = b
    yByParameters[2] = 0
    yByParameters[3] = 1
    let t3 = t * q
    let bx = fx * ux * t3
    let by = fy * uy * t3
    let q2 = q * q
    xByParameters[4] = bx
    yByParameters[4] = by
    xByParameters[5] = bx * q
    yByParameters[5] = by * q
    xByParameters[6] = bx * q2
    yByParameters[6] = by * q2
    xByParameters[7] = bx * q2 * q
    yByParameters[7] = by * q2 * q
    // dt/dr = z / (r^2 + z^2), dt/dz = -r / (r^2 + z^2).
    let norm = 1 / (square + z * z)
    let growth = slope(t)
    let byRadius = growth * z * norm
    let byZ = -growth * safe * norm
    let ratio = d * inverse
    // The derivative of d(r) x/r: along the radius byRadius, across it d/r.
    let difference = byRadius - ratio
    let xx = onAxis ? ratio : ratio + difference * ux * ux
    let yy = onAxis ? ratio : ratio + difference * uy * uy
    let xy = onAxis ? 0 : difference * ux * uy
    return LinearizedPixel(
      x: fx * a + cx, y: fy * b + cy, xByX: fx * xx, xByY: fx * xy, xByZ: fx * byZ * ux,
      yByX: fy * xy, yByY: fy * yy, yByZ: fy * byZ * uy)
  }
}
