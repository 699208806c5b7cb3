import Documents
import Geometry
import Glibc

/// Poses as rig files write them.
enum RigPoses {
  /// `cart_from_camera`: a place, and a quaternion or a point looked at.
  static func camera(_ node: YAMLNode) throws(YAMLError) -> RigidTransform {
    let fields = try YAMLFields(
      node, of: "a camera's pose",
      known: ["translation_m", "rotation_wxyz", "looks_at_m", "roll_deg"])
    let place = try translation(fields)
    let (key, value) = try fields.exactlyOne(
      of: ["rotation_wxyz", "looks_at_m"], example: "looks_at_m: [0, 0, 0.1]")
    if key == "rotation_wxyz" {
      if let roll = fields.optional("roll_deg") {
        throw roll.mismatch(
          "a roll goes with looks_at_m only", "Leave it out: the rotation says it all.")
      }
      return RigidTransform(rotation: try quaternion(value), translation: place)
    }
    let target = try vector(value, "a point in metres")
    let roll = try fields.optional("roll_deg")?.number("a roll in degrees", in: -180...180) ?? 0
    guard let rotation = looking(from: place, at: target, roll: roll * .pi / 180) else {
      throw value.mismatch(
        "a camera that looks straight up, straight down or at itself has no upright picture",
        "Give rotation_wxyz instead.")
    }
    return RigidTransform(rotation: rotation, translation: place)
  }

  /// `cart_from_board`: a place, and a quaternion or the turn of a board that lies flat.
  static func board(_ node: YAMLNode) throws(YAMLError) -> RigidTransform {
    let fields = try YAMLFields(
      node, of: "a board's pose", known: ["translation_m", "rotation_wxyz", "lies_turned_deg"])
    let place = try translation(fields)
    let (key, value) = try fields.exactlyOne(
      of: ["rotation_wxyz", "lies_turned_deg"], example: "lies_turned_deg: 0")
    let rotation =
      key == "rotation_wxyz"
      ? try quaternion(value)
      : lying(turned: try value.number("a turn in degrees", in: -360...360) * .pi / 180)
    return RigidTransform(rotation: rotation, translation: place)
  }

  /// Two lengths of uncertainty or tolerance: metres and radians.
  static func pair(
    _ node: YAMLNode, of what: String
  ) throws(YAMLError) -> (position: Double, angle: Double) {
    let fields = try YAMLFields(node, of: what, known: ["position_mm", "angle_deg"])
    let position = try fields.required("position_mm", example: "0.1")
      .number("millimetres", in: 0.0001...1000)
    let angle = try fields.required("angle_deg", example: "0.05")
      .number("degrees", in: 0.00001...180)
    return (position / 1000, angle * .pi / 180)
  }

  /// The rotation of a camera at `place` that looks at `target`, its picture upright: x level. Then
  /// turned about its axis by `roll`, clockwise as seen from behind it. Nil where upright means
  /// nothing.
  static func looking(from place: Vector3, at target: Vector3, roll: Double) -> Rotation? {
    let forward = target - place
    let right = forward.cross(Vector3(0, 0, 1))
    guard right.length > 1e-3 * forward.length, forward.length > 1e-6 else { return nil }
    let z = forward.normalized
    let x = right.normalized
    let upright = Matrix3(columns: x, z.cross(x), z)
    return Rotation(matrix: upright) * Rotation(rotationVector: Vector3(0, 0, roll))
  }

  /// The rotation of a board that lies face up: at 0 its x axis (columns) points right in the cart
  /// and its y axis (rows) backward; turned anticlockwise as seen from above.
  static func lying(turned angle: Double) -> Rotation {
    Rotation(rotationVector: Vector3(0, 0, angle)) * Rotation(w: 0, x: 1, y: 0, z: 0)
  }

  private static func translation(_ fields: YAMLFields) throws(YAMLError) -> Vector3 {
    try vector(
      fields.required("translation_m", example: "[0.1, 0.2, 0.3]"), "a place in metres")
  }

  private static func vector(_ node: YAMLNode, _ what: String) throws(YAMLError) -> Vector3 {
    let numbers = try node.numbers(what, count: 3, in: RigReader.metres)
    return Vector3(numbers[0], numbers[1], numbers[2])
  }

  private static func quaternion(_ node: YAMLNode) throws(YAMLError) -> Rotation {
    let q = try node.numbers("a unit quaternion w, x, y, z", count: 4, in: -1.001...1.001)
    let length = q.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard abs(length - 1) < 1e-3 else {
      throw node.mismatch(
        "a unit quaternion has length 1, and this one \(NumberText.fixed(length, 4))",
        "Write w, x, y, z with enough digits.")
    }
    return Rotation(w: q[0], x: q[1], y: q[2], z: q[3])
  }
}
