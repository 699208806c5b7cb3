import Glibc

/// A rotation in space, held as a unit quaternion (w, x, y, z) with w >= 0.
///
/// `a_from_b * b_from_c` is `a_from_c`. Tangent vectors are rotation vectors in radians, applied on
/// the left: `Rotation(rotationVector: d) * rotation`.
public struct Rotation: Equatable, Sendable {
  public let w: Double
  public let x: Double
  public let y: Double
  public let z: Double

  /// The rotation of the quaternion (w, x, y, z), which need not be of unit length.
  ///
  /// A quaternion of length zero has no rotation: it gives NaN.
  @inlinable public init(w: Double, x: Double, y: Double, z: Double) {
    let norm = (w * w + x * x + y * y + z * z).squareRoot()
    let scale = (w < 0 ? -1 : 1) / norm
    self.w = w * scale
    self.x = x * scale
    self.y = y * scale
    self.z = z * scale
  }

  public static let identity = Rotation(w: 1, x: 0, y: 0, z: 0)

  /// The rotation about the direction of `rotationVector` by its length, in radians.
  ///
  /// Exact to rounding for all lengths, the zero vector included.
  public init(rotationVector: Vector3) {
    let angle = rotationVector.length
    let half = 0.5 * angle
    // sin(a/2)/a, by its series where a is small: the next term is a^4/3840.
    let factor = angle < 1e-3 ? 0.5 - angle * angle / 48 : sin(half) / angle
    self.init(
      w: cos(half), x: factor * rotationVector.x, y: factor * rotationVector.y,
      z: factor * rotationVector.z)
  }

  /// The rotation vector: axis times angle, in radians, the angle within 0...pi.
  public var rotationVector: Vector3 {
    let v = Vector3(x, y, z)
    let sine = v.length
    // angle/sin(angle/2), by its series where the angle is small.
    let factor = sine < 1e-6 ? 2 + sine * sine / 3 : 2 * atan2(sine, w) / sine
    return v * factor
  }

  /// The angle of the rotation, in radians, within 0...pi.
  public var angle: Double { 2 * atan2(Vector3(x, y, z).length, w) }

  /// The rotation matrix.
  @inlinable public var matrix: Matrix3 {
    Matrix3(
      rows: Vector3(1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
      Vector3(2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
      Vector3(2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)))
  }

  /// The rotation of a matrix that is orthonormal with determinant +1, to rounding.
  ///
  /// Source: S. W. Shepperd, "Quaternion from rotation matrix", J. Guidance and Control 1 (1978):
  /// the largest of the four candidates is divided by, so that no precision is lost.
  public init(matrix m: Matrix3) {
    let trace = m[0, 0] + m[1, 1] + m[2, 2]
    if trace >= max(m[0, 0], m[1, 1], m[2, 2]) {
      self.init(
        w: 1 + trace, x: m[2, 1] - m[1, 2], y: m[0, 2] - m[2, 0], z: m[1, 0] - m[0, 1])
    } else if m[0, 0] >= m[1, 1] && m[0, 0] >= m[2, 2] {
      self.init(
        w: m[2, 1] - m[1, 2], x: 1 + m[0, 0] - m[1, 1] - m[2, 2], y: m[0, 1] + m[1, 0],
        z: m[0, 2] + m[2, 0])
    } else if m[1, 1] >= m[2, 2] {
      self.init(
        w: m[0, 2] - m[2, 0], x: m[0, 1] + m[1, 0], y: 1 - m[0, 0] + m[1, 1] - m[2, 2],
        z: m[1, 2] + m[2, 1])
    } else {
      self.init(
        w: m[1, 0] - m[0, 1], x: m[0, 2] + m[2, 0], y: m[1, 2] + m[2, 1],
        z: 1 - m[0, 0] - m[1, 1] + m[2, 2])
    }
  }

  @inlinable public var inverse: Rotation { Rotation(w: w, x: -x, y: -y, z: -z) }

  @inlinable public static func * (a: Rotation, b: Rotation) -> Rotation {
    Rotation(
      w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
      x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
      y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
      z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w)
  }

  @inlinable public static func * (rotation: Rotation, v: Vector3) -> Vector3 {
    let q = Vector3(rotation.x, rotation.y, rotation.z)
    let t = q.cross(v) * 2
    return v + t * rotation.w + q.cross(t)
  }
}
