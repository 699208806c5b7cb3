import Geometry

/// How a small motion of the board in its own coordinates moves it in camera coordinates.
///
/// A turn w about the board's middle and a move v become the turn R w and the move
/// R v + p x (R w), with R the rotation of camera_from_board and p the middle in camera
/// coordinates: the adjoint of the motion group.
struct MotionMap {
  let rotation: Matrix3
  /// [p]x R.
  let lever: Matrix3

  init(_ cameraFromBoard: RigidTransform, centre: Vector3) {
    rotation = cameraFromBoard.rotation.matrix
    lever = Matrix3.skew(cameraFromBoard * centre) * rotation
  }

  /// The derivatives by the board's motion, given those by the camera's motion: `row` times this.
  @inline(__always)
  func boardRow(_ row: SIMD8<Double>) -> SIMD8<Double> {
    let turn = Vector3(row[0], row[1], row[2])
    let move = Vector3(row[3], row[4], row[5])
    return SIMD8(
      turn.dot(rotation.column0) + move.dot(lever.column0),
      turn.dot(rotation.column1) + move.dot(lever.column1),
      turn.dot(rotation.column2) + move.dot(lever.column2),
      move.dot(rotation.column0), move.dot(rotation.column1), move.dot(rotation.column2), 0, 0)
  }
}
