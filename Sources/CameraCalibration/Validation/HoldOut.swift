import Execution
import Geometry

/// How well views are predicted by a calibration they had no part in.
struct HoldOutErrors {
  /// By view of the problem: sums over its corners; zero where the view could not be predicted.
  var views: [ViewError]

  struct ViewError {
    /// Sum of squared distances, pixels^2.
    var squares = 0.0
    /// The same with weights.
    var weightedSquares = 0.0
    var corners = 0
  }

  /// The RMS of the median view of those chosen, pixels; nil without views.
  ///
  /// Where one view alone shows a part of the picture, leaving it out says how badly a lens
  /// extrapolates, not how well it fits: one such view rules the RMS over all.
  func typicalRMS(_ isChosen: (Int) -> Bool) -> Double? {
    let squares = views.indices.filter { isChosen($0) && views[$0].corners > 0 }
      .map { views[$0].squares / Double(views[$0].corners) }
    return squares.isEmpty ? nil : median(of: squares).squareRoot()
  }

  /// sqrt(sum of squares / corners) over the chosen views, pixels; nil without corners.
  func rms(_ isChosen: (Int) -> Bool = { _ in true }) -> Double? {
    var squares = 0.0
    var corners = 0
    for (index, view) in views.enumerated() where isChosen(index) {
      squares += view.squares
      corners += view.corners
    }
    return corners > 0 ? (squares / Double(corners)).squareRoot() : nil
  }
}

/// Five-fold hold-out: lenses, camera poses and warp are adjusted without a fifth of the frames,
/// held, and each left-out frame's board pose is fitted anew.
///
/// `problem` must be at its optimum, from which each fold starts. Nil with fewer than four frames:
/// nothing can be left out then.
func holdOut(_ problem: AdjustmentProblem, threads: ThreadCount) -> HoldOutErrors? {
  let folds = min(5, problem.frames.count)
  guard folds >= 4 else { return nil }
  let perFold = parallelMap(folds, threads: threads) { fold in
    let outside = problem.frames.indices.filter { $0 % folds == fold }
    let inside = problem.frames.indices.filter { $0 % folds != fold }
    var training = problem.subset(frames: inside)
    adjust(
      &training,
      limits: AdjustmentLimits(iterations: 8, relativeDecrease: 1e-5, initialDamping: 1e-6),
      threads: ThreadCount(1))
    var left = problem.subset(frames: outside).withCamerasHeld()
    for index in left.cameras.indices {
      left.cameras[index].parameters = training.cameras[index].parameters
      left.cameras[index].cameraFromReference = training.cameras[index].cameraFromReference
    }
    left.warp = training.warp
    adjust(
      &left, limits: AdjustmentLimits(iterations: 15, relativeDecrease: 1e-6),
      threads: ThreadCount(1)
    )
    return viewErrors(left)
  }
  var errors = HoldOutErrors(
    views: Array(repeating: HoldOutErrors.ViewError(), count: problem.views.count))
  for fold in 0..<folds {
    // The subset keeps the order of the views.
    let views = problem.views.indices.filter { problem.views[$0].frame % folds == fold }
    for (view, error) in zip(views, perFold[fold]) { errors.views[view] = error }
  }
  return errors
}

func viewErrors(_ problem: AdjustmentProblem) -> [HoldOutErrors.ViewError] {
  let residuals = problem.residuals()
  return problem.views.map { view in
    var error = HoldOutErrors.ViewError()
    for index in view.corners where problem.corners[index].weight > 0 {
      let square = residuals[index].dot(residuals[index])
      guard square.isFinite else { continue }
      error.squares += square
      error.weightedSquares +=
        square * problem.corners[index].weight * problem.corners[index].weight
      error.corners += 1
    }
    return error
  }
}
