import Execution

/// How much longer a board is along columns than along rows.
struct BoardStretch: Equatable, Sendable {
  /// As a part.
  var value: Double
  /// One standard deviation, by the noise of the corners or by the scatter between views, whichever
  /// is larger: corners of one picture may err together.
  var sigma: Double
  var gain: CostGain

  /// True when the board is not square, by more than noise and by more than any printer's usual
  /// error.
  var isFault: Bool {
    gain.isCertain && abs(value) > DiagnosisThreshold.consistency * sigma
      && abs(value) > DiagnosisThreshold.stretch
  }
}

extension AdjustmentProblem {
  /// The problem for a board that is longer along columns and shorter along rows by half of
  /// `stretch` each, as a part.
  func stretched(by stretch: Double) -> AdjustmentProblem {
    var result = self
    for index in result.corners.indices {
      result.corners[index].boardX *= 1 + 0.5 * stretch
      result.corners[index].boardY *= 1 - 0.5 * stretch
    }
    return result
  }

  /// Solves the bend where it is held. Nil where it is not, or where that leads nowhere.
  func bendTest(cost: Double, threads: ThreadCount) -> (problem: Self, gain: CostGain)? {
    guard !warpIsFree else { return nil }
    var bent = self
    bent.warpIsFree = true
    guard let after = bent.settle(threads: threads) else { return nil }
    return (bent, CostGain(before: cost, after: after, unknowns: 2, freedom: bent.freedom))
  }

  /// The stretch of the board that the corners ask for: the bottom of the parabola through the
  /// costs at three stretches.
  ///
  /// A board that is always upright in the picture cannot be told from pixels that are not square:
  /// the parabola is flat then, and the standard deviation large. Nil when a cost cannot be had.
  func stretchTest(
    cost: Double, threads: ThreadCount
  ) -> BoardStretch? {
    // Large enough for curvature, small enough for the parabola.
    let step = 2e-3
    var costs: [Double] = []
    var viewCosts: [[Double]] = []
    for sign in [-1.0, 1.0] {
      var trial = stretched(by: sign * step)
      guard let cost = trial.settle(threads: threads) else { return nil }
      costs.append(cost)
      viewCosts.append(trial.costByView)
    }
    let curvature = (costs[0] - 2 * cost + costs[1]) / (step * step)
    let slope = (costs[1] - costs[0]) / (2 * step)
    let freedom = self.freedom - 1
    guard curvature > 0, freedom > 0 else { return nil }
    let gain = CostGain(
      before: cost, after: max(0, cost - 0.5 * slope * slope / curvature), unknowns: 1,
      freedom: freedom)
    // cost = variance (s - s0)^2 / sigma^2 + rest.
    let variance = gain.after / Double(freedom)
    // The slope's standard deviation, by its scatter between views.
    let scatter =
      zip(viewCosts[0], viewCosts[1])
      .reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }.squareRoot() / (2 * step)
    return BoardStretch(
      value: -slope / curvature,
      sigma: max((2 * variance / curvature).squareRoot(), scatter / curvature), gain: gain)
  }
}
