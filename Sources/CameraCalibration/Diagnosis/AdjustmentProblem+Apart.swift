import Execution
import Geometry

extension AdjustmentProblem {
  /// The problem with a board pose for every view: cameras no longer have to agree where the board
  /// is. Lenses and the board's bend stay common; the cameras' places mean nothing any more.
  ///
  /// What fits here and does not fit together is a fault between the cameras: pictures of a frame
  /// not taken at one instant, or a camera that moved.
  func apart() -> AdjustmentProblem {
    var result = self
    result.frames = views.map { AdjustedFrame(referenceFromBoard: cameraFromBoard($0)) }
    for index in views.indices { result.views[index].frame = index }
    for index in cameras.indices {
      result.cameras[index].cameraFromReference = .identity
      result.cameras[index].poseIsFree = false
    }
    result.rigPrior = nil
    return result
  }

  /// Adjusts robustly, then throws out corners beyond 4 sigma of their camera and adjusts by least
  /// squares, three times. False when the state cannot be evaluated.
  mutating func adjustAndClean(threads: ThreadCount) -> Bool {
    restoreCorners()
    let scale = max(0.05, 3 * medianError(self))
    guard scale.isFinite else { return false }
    pullRationalCoefficients()
    guard
      adjust(
        &self, loss: .cauchy(scale: scale),
        limits: AdjustmentLimits(iterations: 15, relativeDecrease: 1e-4), threads: threads) != nil
    else { return false }
    // The median of a two-dimensional normal error is 1.18 times its sigma.
    let robust = cameraMedians(self).map { max(0.01, $0 / 1.1774) }
    let views = self.views
    throwOut { 6 * robust[views[$0].camera] }
    for _ in 0..<2 {
      dropSparseViews()
      pullRationalCoefficients()
      guard settle(threads: threads) != nil else { return false }
      let scales = scatters(self)
      guard throwOut(beyond: { 4 * scales[views[$0].camera] }) > 0 else { return true }
    }
    dropSparseViews()
    return settle(threads: threads) != nil
  }

  /// Adjusts by least squares until little is left to gain, and returns the cost.
  mutating func settle(threads: ThreadCount) -> Double? {
    adjust(
      &self,
      limits: AdjustmentLimits(iterations: 25, relativeDecrease: 1e-6, initialDamping: 1e-6),
      threads: threads)?.finalCost
  }

  /// Twice the corners used, less the free unknowns of cameras and warp, and six of each board
  /// pose in use.
  var freedom: Int {
    2 * usedCornerCount - StateLayout(self).count - 6 * framesInUse.count
  }

  /// Sum of the squared weights of the corners used, 1/pixels^2: a gain in cost divided by it is a
  /// mean squared distance.
  var squaredWeights: Double {
    corners.reduce(0) { $0 + $1.weight * $1.weight }
  }
}
