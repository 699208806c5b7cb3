public import Geometry

/// A rigid transform as it stands in files.
public struct PoseRecord: Equatable, Sendable {
  /// Unit quaternion w, x, y, z with w >= 0.
  public let rotation: [Double]
  /// Metres.
  public let translation: [Double]

  public init(_ transform: RigidTransform) {
    let (q, t) = (transform.rotation, transform.translation)
    rotation = [q.w, q.x, q.y, q.z]
    translation = [t.x, t.y, t.z]
  }

  public var transform: RigidTransform {
    RigidTransform(
      rotation: Rotation(w: rotation[0], x: rotation[1], y: rotation[2], z: rotation[3]),
      translation: Vector3(translation[0], translation[1], translation[2]))
  }
}

extension PoseRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case rotation = "rotation_wxyz"
    case translation = "translation_m"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    rotation = try values.decode([Double].self, forKey: .rotation)
    translation = try values.decode([Double].self, forKey: .translation)
    let square = rotation.reduce(0) { $0 + $1 * $1 }
    try values.check(
      rotation.count == 4 && abs(square - 1) < 1e-6, .rotation,
      "a unit quaternion of four numbers was expected")
    try values.check(translation.count == 3, .translation, "three numbers were expected")
  }
}
