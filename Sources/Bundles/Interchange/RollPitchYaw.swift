import Geometry
import Glibc

/// A rotation as URDF writes it: about the fixed x, then y, then z axis; radians.
struct RollPitchYaw: Equatable {
  var roll: Double
  var pitch: Double
  var yaw: Double

  init(_ rotation: Rotation) {
    let x = rotation * Vector3(1, 0, 0)
    let y = rotation * Vector3(0, 1, 0)
    let z = rotation * Vector3(0, 0, 1)
    let level = (x.x * x.x + x.y * x.y).squareRoot()
    pitch = atan2(-x.z, level)
    guard level > 1e-9 else {
      // Looking along z, roll and yaw turn about one axis: all of it is yaw.
      roll = 0
      yaw = atan2(-y.x, y.y)
      return
    }
    roll = atan2(y.z, z.z)
    yaw = atan2(x.y, x.x)
  }
}
