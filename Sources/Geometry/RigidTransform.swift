/// A rigid motion: `a_from_b` maps a point given in frame b to frame a.
///
/// Chains read left to right: `cart_from_camera * camera_from_board`. Metres.
public struct RigidTransform: Equatable, Sendable {
  public var rotation: Rotation
  public var translation: Vector3

  @inlinable public init(rotation: Rotation, translation: Vector3) {
    self.rotation = rotation
    self.translation = translation
  }

  public static let identity = RigidTransform(
    rotation: .identity, translation: Vector3(0, 0, 0))

  @inlinable public var inverse: RigidTransform {
    let back = rotation.inverse
    return RigidTransform(rotation: back, translation: -(back * translation))
  }

  @inlinable public static func * (a: RigidTransform, b: RigidTransform) -> RigidTransform {
    RigidTransform(
      rotation: a.rotation * b.rotation, translation: a.rotation * b.translation + a.translation)
  }

  @inlinable public static func * (transform: RigidTransform, point: Vector3) -> Vector3 {
    transform.rotation * point + transform.translation
  }
}
