import Geometry

/// What is known of a board pose besides corners: where it should be, and how sure that is.
///
/// With a turn r and a move m, in board coordinates and about the board's middle, from the expected
/// pose to the present one, it adds
///
///     turnWeight |r|^2 + moveWeight |m|^2
///
/// to the cost.
struct PosePrior: Equatable {
  var referenceFromBoard: RigidTransform
  /// Cost for a radian and for a metre, squared.
  var turnWeight: Double
  var moveWeight: Double

  /// The turn and the move from the expected pose, in the coordinates of the present board.
  func distance(
    to referenceFromBoard: RigidTransform, boardCentre: Vector3
  ) -> (turn: Vector3, move: Vector3) {
    // A turn is the same vector in the coordinates before and after it.
    let turn = self.referenceFromBoard.rotation.inverse * referenceFromBoard.rotation
    let move = referenceFromBoard * boardCentre - self.referenceFromBoard * boardCentre
    return (turn.rotationVector, referenceFromBoard.rotation.inverse * move)
  }
}

extension AdjustmentProblem {
  /// What the priors of board poses, and that of the rig, add to the cost.
  var priorCost: Double { framePriorCost + (rigPrior?.cost(self) ?? 0) }

  /// What the priors of all board poses add to the cost.
  var framePriorCost: Double {
    frames.reduce(0) { cost, frame in
      guard let prior = frame.prior else { return cost }
      let (turn, move) = prior.distance(to: frame.referenceFromBoard, boardCentre: boardCentre)
      return cost + prior.turnWeight * turn.dot(turn) + prior.moveWeight * move.dot(move)
    }
  }
}

extension AdjustedFrame {
  /// Adds the prior's part of the equations of this pose: the diagonal, and half the gradient by a
  /// small turn and move (see `turned`).
  ///
  /// The gradient of |r|^2 / 2 by a small turn of the board is r itself, however large r is; its
  /// second derivative is the identity near r = 0.
  func addPrior(
    to matrix: inout InlineArray<6, SIMD8<Double>>, _ gradient: inout SIMD8<Double>,
    boardCentre: Vector3
  ) {
    guard let prior else { return }
    let (turn, move) = prior.distance(to: referenceFromBoard, boardCentre: boardCentre)
    for i in 0..<3 {
      matrix[i][i] += prior.turnWeight
      matrix[i + 3][i + 3] += prior.moveWeight
      gradient[i] += prior.turnWeight * turn[i]
      gradient[i + 3] += prior.moveWeight * move[i]
    }
  }
}
