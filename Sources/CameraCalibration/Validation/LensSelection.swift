import Execution
import Geometry
import LensModels

/// Models in the order of their complexity; where two do equally well, the earlier one is taken.
let kindsByComplexity: [LensKind] = [
  .pinhole, .opencv4, .kannalaBrandt4, .opencv5, .opencv8,
]

/// A model whose median error is this many times the best one's needs no hold-out to be left.
private let hopelessRatio = 2.5

/// Chooses the model of one camera by its hold-out error, and solves the camera with it.
///
/// All models are compared on the same corners: those that fit the best of them. Models with a
/// flaw (`LensFlaw`) are refused as long as another one is left. Nil when none fits at all.
func chooseLens(
  _ camera: CameraViews, from start: StartedCamera, warpIsFree: Bool, keepsOutliers: Bool
) -> CameraSolution? {
  let single = ThreadCount(1)
  var solutions: [CameraSolution] = []
  for kind in kindsByComplexity {
    if let solution = solveCamera(
      camera, from: start, kind: kind, warpIsFree: warpIsFree, threads: single)
    {
      solutions.append(solution)
    }
  }
  let medians = solutions.map { medianError($0.problem) }
  guard let best = medians.min(), best.isFinite, let bestIndex = medians.firstIndex(of: best)
  else { return nil }
  // One set of corners for all: what lies within 6 sigma of the best model; the median of a
  // two-dimensional normal error is 1.18 sigma.
  let weights = cleanedWeights(solutions[bestIndex].problem, limit: 6 * best / 1.1774)
  var trials: [LensTrial] = []
  for (index, solution) in solutions.enumerated() {
    trials.append(
      trial(
        solution, camera, weights, isHopeless: medians[index] > hopelessRatio * best + 0.01))
  }
  guard let chosen = choice(trials) else { return nil }
  var result = trials[chosen].solution
  result.candidates = kindsByComplexity.map { kind in
    guard let trial = trials.first(where: { $0.solution.kind == kind }) else {
      return LensCandidate(
        kind: kind, holdoutRMSPixels: nil, refusal: "cannot describe what was seen")
    }
    return LensCandidate(
      kind: kind, holdoutRMSPixels: trial.errors?.rms(),
      refusal: trial.isHopeless ? "fits far worse than others" : trial.solution.flaw?.text)
  }
  result.refusals = trials.filter { $0.wouldHaveWon(over: trials[chosen]) }
    .compactMap { trial in trial.solution.flaw.map { (trial.solution.kind, $0) } }
  if keepsOutliers { result.problem.restoreCorners() }
  return result
}

private struct LensTrial {
  var solution: CameraSolution
  var errors: HoldOutErrors?
  var isHopeless: Bool

  var weightedSquares: Double {
    guard let errors else { return solution.summary.finalCost }
    return errors.views.reduce(0) { $0 + $1.weightedSquares }
  }

  /// True when only a flaw kept this model from being taken, and by more than noise.
  func wouldHaveWon(over other: LensTrial) -> Bool {
    !isHopeless && solution.flaw != nil && weightedSquares < 0.98 * other.weightedSquares
  }
}

private func cleanedWeights(_ problem: AdjustmentProblem, limit: Double) -> [Double] {
  var cleaned = problem
  cleaned.throwOut { _ in limit }
  return cleaned.corners.map(\.weight)
}

private func trial(
  _ start: CameraSolution, _ camera: CameraViews, _ weights: [Double], isHopeless: Bool
) -> LensTrial {
  var solution = start
  for index in weights.indices { solution.problem.corners[index].weight = weights[index] }
  guard !isHopeless else { return LensTrial(solution: solution, errors: nil, isHopeless: true) }
  solution.problem.pullRationalCoefficients()
  guard
    let summary = adjust(
      &solution.problem, limits: AdjustmentLimits(iterations: 30, relativeDecrease: 1e-6),
      threads: ThreadCount(1))
  else { return LensTrial(solution: solution, errors: nil, isHopeless: true) }
  solution.summary = summary
  solution.flaw = flaw(
    kind: solution.kind, parameters: solution.parameters, camera: camera,
    radius: seenRadius(solution.problem, camera: 0))
  return LensTrial(
    solution: solution, errors: holdOut(solution.problem, threads: ThreadCount(1)),
    isHopeless: false)
}

/// The simplest model that is as good as the best one within noise.
private func choice(_ trials: [LensTrial]) -> Int? {
  let candidates = trials.indices.filter { !trials[$0].isHopeless }
  // Folding outside the corners seen is the least of flaws: better than no lens at all.
  let sound = candidates.filter { trials[$0].solution.flaw == nil }
  let folding = candidates.filter { trials[$0].solution.flaw == .foldsWithinPicture }
  func best(_ pool: [Int]) -> Int? {
    pool.min { trials[$0].weightedSquares < trials[$1].weightedSquares }
  }
  var pool = !sound.isEmpty ? sound : !folding.isEmpty ? folding : candidates
  // A lens that is clearly wrong among the corners is no better than one that is wrong where no
  // corner was seen.
  if let safe = best(sound), let near = best(folding),
    trials[safe].weightedSquares > 1.2 * trials[near].weightedSquares
  {
    pool = folding
  }
  guard let best = best(pool) else { return nil }
  return pool.first { isAsGood(trials[$0], as: trials[best]) } ?? best
}

/// True when the excess of `trial` over `best` is within two standard errors, and below 2 % of the
/// squares.
private func isAsGood(_ trial: LensTrial, as best: LensTrial) -> Bool {
  guard let errors = trial.errors, let reference = best.errors else {
    return trial.weightedSquares <= 1.02 * best.weightedSquares
  }
  let differences = zip(errors.views, reference.views).map {
    $0.weightedSquares - $1.weightedSquares
  }
  let count = Double(differences.count)
  let sum = differences.reduce(0, +)
  let mean = sum / count
  let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
  let standardError = (variance * count).squareRoot()
  return sum <= 2 * standardError && sum <= 0.02 * best.weightedSquares
}

extension AdjustmentProblem {
  /// Gives thrown-out corners their weight back.
  mutating func restoreCorners() {
    for index in corners.indices { corners[index].weight = corners[index].fullWeight }
  }
}
