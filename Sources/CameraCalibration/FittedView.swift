package import Geometry

/// A view that took part in the adjustment, with what the solution leaves of each corner.
package struct FittedView: Equatable, Sendable {
  package struct Corner: Equatable, Sendable {
    package var column: Int
    package var row: Int
    /// Observed minus predicted, pixels; nil where nothing could be predicted.
    package var residual: Vector2?
    /// Why the corner was thrown out; nil for a corner used.
    package var leftOut: OutlierCorner.Reason?

    package init(column: Int, row: Int, residual: Vector2?, leftOut: OutlierCorner.Reason?) {
      self.column = column
      self.row = row
      self.residual = residual
      self.leftOut = leftOut
    }
  }

  /// Index into `CalibrationInput.views`.
  package var source: Int
  /// Where the board lies before the camera; of an unanchored view whose place on the board was not
  /// found, where its own grid lies.
  package var cameraFromBoard: RigidTransform
  /// All corners of the input's view, in its order.
  package var corners: [Corner]
  /// sqrt(sum(dx^2 + dy^2) / corners) when the view has no part in lenses, camera poses and bend,
  /// pixels; nil where nothing was held out.
  package var holdoutRMSPixels: Double?

  package init(
    source: Int, cameraFromBoard: RigidTransform, corners: [Corner],
    holdoutRMSPixels: Double? = nil
  ) {
    self.source = source
    self.cameraFromBoard = cameraFromBoard
    self.corners = corners
    self.holdoutRMSPixels = holdoutRMSPixels
  }
}

extension CalibrationRun {
  /// Every view of the joint problem as the solution leaves it, in the order of the input.
  func fittedViews(_ joint: JointProblem, _ holdOutErrors: HoldOutErrors?) -> [FittedView] {
    let problem = joint.problem
    let residuals = problem.residuals()
    let views = problem.views.enumerated().map { index, view in
      let prepared = joint.views[index]
      let isUsed = view.corners.contains { problem.corners[$0].weight > 0 }
      // What is not among the prepared corners lies outside the picture.
      var corners = input.views[prepared.source].corners.map {
        FittedView.Corner(column: $0.column, row: $0.row, residual: nil, leftOut: .notInPicture)
      }
      for (place, corner) in view.corners.enumerated() {
        let residual = residuals[corner]
        let isFinite = residual.x.isFinite && residual.y.isFinite
        corners[prepared.sources[place]].residual = isFinite ? -residual : nil
        corners[prepared.sources[place]].leftOut =
          problem.corners[corner].weight > 0
          ? nil : isUsed ? .beyondFourSigma : .viewDoesNotFit
      }
      return FittedView(
        source: prepared.source, cameraFromBoard: problem.cameraFromBoard(view), corners: corners,
        holdoutRMSPixels: holdOutErrors?.rms { $0 == index })
    }
    return views.sorted { $0.source < $1.source }
  }
}
