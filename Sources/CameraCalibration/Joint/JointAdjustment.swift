import Execution
import Geometry

/// Adjusts all unknowns together with a robust loss, so that a wrong view or a wrong board pose does
/// not pull the rest with it. Returns the stages for the log; empty when the state cannot be
/// evaluated at all.
func adjustRobustly(_ joint: inout JointProblem, threads: ThreadCount) -> [StageRecord] {
  var log: [StageRecord] = []
  for _ in 0..<2 {
    let scale = max(0.05, 3 * medianError(joint.problem))
    guard scale.isFinite else { return log }
    joint.problem.pullRationalCoefficients()
    let summary = adjust(
      &joint.problem, loss: .cauchy(scale: scale),
      limits: AdjustmentLimits(iterations: 10, relativeDecrease: 1e-3, initialDamping: 1e-4),
      threads: threads)
    log.add("robust_adjustment", summary, joint.problem)
  }
  return log
}

/// Adjusts all unknowns together, after `adjustRobustly`; with `rejects`, throws out corners beyond
/// 4 sigma and adjusts again until none is left. Returns the stages for the log.
func adjustJointly(
  _ joint: inout JointProblem, rejects: Bool, threads: ThreadCount
) -> [StageRecord] {
  var log: [StageRecord] = []
  let limits = AdjustmentLimits(iterations: 100, relativeDecrease: 1e-10, initialDamping: 1e-6)
  if rejects {
    // All corners get another chance against the robust solution, whose scale is the median.
    joint.problem.restoreCorners()
    // The median of a two-dimensional normal error is 1.18 times its sigma.
    let robust = cameraMedians(joint.problem).map { max(0.01, $0 / 1.1774) }
    let views = joint.problem.views
    joint.problem.throwOut { 6 * robust[views[$0].camera] }
    joint.problem.dropSparseViews()
  }
  repeat {
    joint.problem.pullRationalCoefficients()
    let summary = adjust(&joint.problem, limits: limits, threads: threads)
    log.add("joint_adjustment", summary, joint.problem)
  } while !joint.problem.recallRationalLenses(joint.sizes).isEmpty
  guard rejects else { return log }
  for _ in 0..<10 {
    let scales = scatters(joint.problem)
    let views = joint.problem.views
    guard joint.problem.throwOut(beyond: { 4 * scales[views[$0].camera] }) > 0 else { break }
    joint.problem.dropSparseViews()
    let summary = adjust(&joint.problem, limits: limits, threads: threads)
    log.add("rejection", summary, joint.problem)
  }
  return log
}

/// By camera: the median weighted distance of the corners used, or infinity.
func cameraMedians(_ problem: AdjustmentProblem) -> [Double] {
  var errors: [[Double]] = Array(repeating: [], count: problem.cameras.count)
  let residuals = problem.residuals()
  for view in problem.views {
    for index in view.corners where problem.corners[index].weight > 0 {
      let error = residuals[index].length * problem.corners[index].weight
      errors[view.camera].append(error.isFinite ? error : .infinity)
    }
  }
  return errors.map { median(of: $0) }
}

/// By camera: the standard deviation per axis of the weighted residuals of the corners used; at
/// least 1e-4, since no corner is better known than that.
func scatters(_ problem: AdjustmentProblem) -> [Double] {
  var squares = Array(repeating: 0.0, count: problem.cameras.count)
  var counts = squares
  let residuals = problem.residuals()
  for view in problem.views {
    for index in view.corners where problem.corners[index].weight > 0 {
      let weight = problem.corners[index].weight
      squares[view.camera] += residuals[index].dot(residuals[index]) * weight * weight
      counts[view.camera] += 2
    }
  }
  return zip(squares, counts).map { max(1e-4, ($0 / max(1, $1)).squareRoot()) }
}

extension AdjustmentProblem {
  /// Throws out the rest of views that have lost half of their corners or more, or too many to say
  /// anything: what is left of them agrees by chance.
  mutating func dropSparseViews() {
    for view in views {
      var used = 0
      var all = 0
      for index in view.corners {
        all += corners[index].fullWeight > 0 ? 1 : 0
        used += corners[index].weight > 0 ? 1 : 0
      }
      guard used > 0, used < PreparedViews.fewestCorners || 2 * used < all else { continue }
      for index in view.corners { corners[index].weight = 0 }
    }
  }
}

extension [StageRecord] {
  /// Adds what an adjustment of all cameras did, if it could be done.
  fileprivate mutating func add(
    _ name: String, _ summary: AdjustmentSummary?, _ problem: AdjustmentProblem
  ) {
    guard let summary else { return }
    append(
      StageRecord(
        name: name, iterations: summary.iterations, initialCost: summary.initialCost,
        finalCost: summary.finalCost, corners: problem.usedCornerCount,
        termination: summary.termination))
  }
}
