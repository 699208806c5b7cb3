/// A point or direction in the plane: pixels of a picture, or normalised image coordinates.
public typealias Vector2 = SIMD2<Double>

/// A point or direction in space, in metres unless said otherwise.
public typealias Vector3 = SIMD3<Double>

extension SIMD2 where Scalar == Double {
  /// The scalar product with `other`.
  @inlinable public func dot(_ other: Self) -> Double { x * other.x + y * other.y }

  /// The z component of the cross product: positive when `other` lies clockwise on the screen
  /// (x right, y down).
  @inlinable public func cross(_ other: Self) -> Double { x * other.y - y * other.x }

  /// The Euclidean length.
  @inlinable public var length: Double { dot(self).squareRoot() }
}

extension SIMD3 where Scalar == Double {
  /// The scalar product with `other`.
  @inlinable public func dot(_ other: Self) -> Double {
    x * other.x + y * other.y + z * other.z
  }

  /// The cross product, right-handed.
  @inlinable public func cross(_ other: Self) -> Self {
    Self(
      y * other.z - z * other.y,
      z * other.x - x * other.z,
      x * other.y - y * other.x)
  }

  /// The Euclidean length.
  @inlinable public var length: Double { dot(self).squareRoot() }

  /// The vector scaled to length 1. The zero vector has no direction: it gives NaN.
  @inlinable public var normalized: Self { self / length }
}
