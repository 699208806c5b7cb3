package import Geometry

/// One instant: where the board is, and how it moves.
package struct SimulatedFrame: Equatable, Sendable {
  /// At the instant.
  package var worldFromBoard: RigidTransform
  /// Of the board's middle, in world axes, metres a second.
  package var velocity: Vector3
  /// About the board's middle, in world axes, radians a second.
  package var turnRate: Vector3

  package init(
    worldFromBoard: RigidTransform, velocity: Vector3 = .zero, turnRate: Vector3 = .zero
  ) {
    self.worldFromBoard = worldFromBoard
    self.velocity = velocity
    self.turnRate = turnRate
  }

  /// Where the board is some seconds after the instant. `middle` is its middle, in board
  /// coordinates.
  package func worldFromBoard(after seconds: Double, middle: Vector3) -> RigidTransform {
    guard seconds != 0 else { return worldFromBoard }
    let turn = Rotation(rotationVector: turnRate * seconds) * worldFromBoard.rotation
    let place = worldFromBoard * middle + velocity * seconds
    return RigidTransform(rotation: turn, translation: place - turn * middle)
  }
}
