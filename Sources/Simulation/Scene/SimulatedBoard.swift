package import Boards
package import CameraCalibration
package import Geometry

/// A board as it really is: bent, and printed as well as the printer could.
package struct SimulatedBoard: Equatable, Sendable {
  /// What people believe the board to be.
  package var spec: BoardSpec
  /// The bend that calibration can solve for.
  package var warp: BoardWarp
  /// A bend that calibration has no parameter for: metres by which the last inner corner lies
  /// behind the plane, its neighbours before it (z = twist u v).
  package var twist: Double
  /// True over stated length, along columns (x) and rows (y).
  package var printScale: Vector2

  package init(
    _ spec: BoardSpec, warp: BoardWarp = BoardWarp(), twist: Double = 0,
    printScale: Vector2 = Vector2(1, 1)
  ) {
    self.spec = spec
    self.warp = warp
    self.twist = twist
    self.printScale = printScale
  }

  /// Where a point of the stated, flat board really is, in the board frame, metres. `place` may lie
  /// beyond the inner corners: the bend goes on there.
  package func surface(_ place: Vector2) -> Vector3 {
    let last = spec.position(column: spec.columns - 1, row: spec.rows - 1)
    let u = 2 * place.x / last.x - 1
    let v = 2 * place.y / last.y - 1
    return Vector3(
      place.x * printScale.x, place.y * printScale.y,
      warp.x * (1 - u * u) + warp.y * (1 - v * v) + twist * u * v)
  }

  /// Where an inner corner really is, in the board frame, metres.
  package func position(column: Int, row: Int) -> Vector3 {
    let stated = spec.position(column: column, row: row)
    return surface(Vector2(stated.x, stated.y))
  }

  /// The middle of the stated board, in the board frame, metres.
  package var middle: Vector3 {
    spec.position(column: spec.columns - 1, row: spec.rows - 1) * 0.5
  }
}
