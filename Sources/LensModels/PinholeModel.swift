public import Geometry

/// The pinhole: u = fx X/Z + cx, v = fy Y/Z + cy.
///
/// Domain: Z > 0. Source: R. Hartley, A. Zisserman, "Multiple View Geometry in Computer Vision",
/// 2nd edition (2004), section 6.1.
@usableFromInline
package struct PinholeModel: LensModel {
  @usableFromInline let fx: Double
  @usableFromInline let fy: Double
  @usableFromInline let cx: Double
  @usableFromInline let cy: Double

  @usableFromInline package static let distortionNames: [String] = []
  @inlinable package static var parameterCount: Int { 4 }

  @inlinable package init(_ parameters: UnsafePointer<Double>) {
    fx = parameters[0]
    fy = parameters[1]
    cx = parameters[2]
    cy = parameters[3]
  }

  @inlinable package func limit() -> Double { .infinity }

  @inlinable package func project(_ point: Vector3) -> Vector2 {
    guard point.z > 0 else { return Vector2(.nan, .nan) }
    return Vector2(fx * point.x / point.z + cx, fy * point.y / point.z + cy)
  }

  @inlinable package func covers(_ point: Vector3, limit: Double) -> Bool { point.z > 0 }

  @inlinable package func unproject(_ pixel: Vector2, limit: Double) -> Vector3? {
    Vector3((pixel.x - cx) / fx, (pixel.y - cy) / fy, 1).normalized
  }

  @inlinable
  package func linearize(
    _ x: Double, _ y: Double, _ z: Double, xByParameters: UnsafeMutablePointer<Double>,
    yByParameters: UnsafeMutablePointer<Double>
  ) -> LinearizedPixel {
    let inverse = z > 0 ? 1 / z : .nan
    let a = x * inverse
    let b = y * inverse
    xByParameters[0] = a
    xByParameters[1] = 0
    xByParameters[2] = 1
    xByParameters[3] = 0
    yByParameters[0] = 0
    yByParameters[1] = b
    yByParameters[2] = 0
    yByParameters[3] = 1
    let sx = fx * inverse
    let sy = fy * inverse
    return LinearizedPixel(
      x: fx * a + cx, y: fy * b + cy, xByX: sx, xByY: 0, xByZ: -sx * a, yByX: 0, yByY: sy,
      yByZ: -sy * b)
  }
}
