import Execution

/// Whether corners and datum poses can be true together, and what is wrong where they cannot.
///
/// At the optimum of the corners alone, linearised once: the least cost with some datum poses
/// exceeds that of the corners by chi-square of as many degrees of freedom as these poses have
/// beyond placing the cart (in units of a corner's variance). The cost is a parabola in the ratio of
/// true to stated board size, so that three values of it give the ratio and its deviation.
struct DatumTest {
  enum Outcome: Equatable {
    case consistent
    /// The board is of another size than stated; all lengths are off by the ratio.
    case boardSizeIsWrong
    /// One datum pose, by its index into the sightings, contradicts the others.
    case poseIsOff(Int)
    /// They contradict each other, and it cannot be told which is wrong.
    case disagree
  }

  private(set) var outcome = Outcome.consistent
  private(set) var scale: CartFrame.BoardScale?
  /// What the sigmas of the datum poses must be multiplied by to explain how they disagree; 1 where
  /// they agree.
  private(set) var inflation = 1.0

  /// Five standard deviations, and at least this part, make a board's size wrong: boards are rarely
  /// printed better.
  private static let smallestScaleError = 0.001
  private static let ratioStep = 1e-3

  init(_ rig: TiedRig, threads: ThreadCount) {
    let layout = StateLayout(rig.problem)
    let linearization = Linearization(rig.problem, layout, threads: threads)
    guard linearization.update(rig.problem, loss: .squares) else { return }
    let variance = rig.unitDeviation * rig.unitDeviation
    var system = ReducedSystem(rig.problem, layout)
    /// Chi-square of the datum, were true lengths `ratio` times those stated, without one pose.
    func misfit(ratio: Double = 1, without: Int? = nil) -> Double? {
      var trial = rig
      trial.setPriors { index, sighting in
        index == without ? nil : rig.prior(sighting, ratio: ratio)
      }
      guard let step = system.step(linearization, trial.problem, damping: 1e-10) else {
        return nil
      }
      return max(0, (trial.problem.priorCost - step.predictedDecrease) / variance)
    }
    guard let all = misfit() else { return }
    let freedom = 6 * (rig.sightings.count - rig.components.count)
    guard freedom > 0 else { return }
    var withoutScale = all
    if let below = misfit(ratio: 1 - Self.ratioStep), let above = misfit(ratio: 1 + Self.ratioStep)
    {
      let curvature = (below + above - 2 * all) / (Self.ratioStep * Self.ratioStep)
      if curvature > 0 {
        let slope = (above - below) / (2 * Self.ratioStep)
        scale = CartFrame.BoardScale(
          ratio: 1 - slope / curvature, sigma: (2 / curvature).squareRoot())
        withoutScale = max(0, all - 0.5 * slope * slope / curvature)
      }
    }
    let scaleIsOff =
      scale.map {
        all - withoutScale > 25 && abs($0.ratio - 1) > Self.smallestScaleError
      } ?? false
    guard scaleIsOff || all > chiSquareLimit(freedom) else { return }
    inflation = max(1, (all / Double(freedom)).squareRoot())
    if scaleIsOff, withoutScale < max(chiSquareLimit(freedom - 1), 0.1 * all) {
      outcome = .boardSizeIsWrong
      return
    }
    outcome = .disagree
    // With two poses, either may be the wrong one.
    guard rig.sightings.count > rig.components.count + 1 else { return }
    let rests = rig.sightings.indices.map { misfit(without: $0) ?? .infinity }
    guard let least = rests.min(), let index = rests.firstIndex(of: least),
      least < max(chiSquareLimit(freedom - 6), 0.1 * all)
    else { return }
    // The one that explains it must do so far better than any other.
    let others = rests.enumerated().filter { $0.offset != index }.map(\.element)
    guard let next = others.min(), next - least > 25 else { return }
    outcome = .poseIsOff(index)
    inflation = freedom > 6 ? max(1, (least / Double(freedom - 6)).squareRoot()) : 1
  }
}

/// What chi-square of some degrees of freedom exceeds in one case of ten thousand.
///
/// Source: E. B. Wilson, M. M. Hilferty, "The distribution of chi-square" (1931).
private func chiSquareLimit(_ freedom: Int) -> Double {
  guard freedom > 0 else { return 0 }
  let n = Double(freedom)
  let root = 1 - 2 / (9 * n) + 3.72 * (2 / (9 * n)).squareRoot()
  return n * root * root * root
}
