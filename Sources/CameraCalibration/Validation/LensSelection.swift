import Execution
import Geometry
import LensModels

/// Models in the order of their complexity; where two do equally well, the earlier one is taken.
let kindsByComplexity: [LensKind] = [
  .pinhole, .opencv4, .kannalaBrandt4, .opencv5, .opencv8,
]

/// A model whose median error is this many times the best one's needs no hold-out to be left.
private let hopelessRatio = 2.5

/// Chooses the model of one camera by how well it explains the corners, and solves the camera with
/// it.
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
  result.refusals = trials.indices.filter { refused($0, trials, for: chosen) }
    .compactMap { index in trials[index].solution.flaw.map { (trials[index].solution.kind, $0) } }
  if keepsOutliers { result.problem.restoreCorners() }
  return result
}

private struct LensTrial {
  var solution: CameraSolution
  var errors: HoldOutErrors?
  var isHopeless: Bool

  /// Weighted variance of one coordinate about the model, pixels^2.
  var variance: Double {
    solution.summary.finalCost / Double(max(1, solution.problem.freedom))
  }

  /// Akaike's information criterion, up to what is common to all models: what is left in terms of
  /// the corners' `variance`, and 2 for every parameter.
  func criterion(variance: Double) -> Double {
    solution.summary.finalCost / max(variance, .leastNormalMagnitude)
      + 2 * Double(solution.parameters.count)
  }

  /// True when views that were left out are predicted worse by more than two standard errors of the
  /// difference, taken view by view, and by more than 2 %.
  func predictsWorse(than other: LensTrial) -> Bool {
    guard let errors, let reference = other.errors else { return false }
    let differences = zip(errors.views, reference.views).map {
      $0.weightedSquares - $1.weightedSquares
    }
    let count = Double(differences.count)
    let sum = differences.reduce(0, +)
    let mean = sum / count
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    return sum > 2 * (variance * count).squareRoot()
      && sum > 0.02 * reference.views.reduce(0) { $0 + $1.weightedSquares }
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

/// What a model must gain in the information criterion to be taken though it folds back where no
/// corner was seen. A lens that is wrong among the corners by more is no better.
private let priceOfFolding = 20.0

/// The model of the smallest information criterion among those that predict left-out views well.
///
/// Hold-out errors alone do not choose well: they are ruled by the few views that show a part of
/// the picture nobody else shows, where even the true model, if it has many parameters, is far
/// off without them. Of 1000 random rigs, 12 had wrong lenses unnoticed when the simplest model
/// within two standard errors was taken, and 5 with this choice (`campaigns starts`).
private func choice(_ trials: [LensTrial]) -> Int? {
  let candidates = trials.indices.filter { !trials[$0].isHopeless }
  // Folding outside the corners seen is the least of flaws: better than no lens at all.
  let bearable = candidates.filter {
    trials[$0].solution.flaw == nil || trials[$0].solution.flaw == .foldsWithinPicture
  }
  let usable = bearable.isEmpty ? candidates : bearable
  let pool = usable.filter { index in
    !usable.contains { trials[index].predictsWorse(than: trials[$0]) }
  }
  let variance = leastVariance(trials, pool)
  func price(_ index: Int) -> Double {
    trials[index].criterion(variance: variance)
      + (trials[index].solution.flaw == .foldsWithinPicture ? priceOfFolding : 0)
  }
  return pool.min { price($0) < price($1) }
}

/// True when only a flaw kept a model from being taken, and by more than noise.
private func refused(_ index: Int, _ trials: [LensTrial], for chosen: Int) -> Bool {
  guard !trials[index].isHopeless, trials[index].solution.flaw != nil, index != chosen else {
    return false
  }
  let variance = leastVariance(trials, [index, chosen])
  return trials[index].criterion(variance: variance)
    < trials[chosen].criterion(variance: variance) - 2
}

private func leastVariance(_ trials: [LensTrial], _ pool: [Int]) -> Double {
  pool.map { trials[$0].variance }.min() ?? 0
}

extension AdjustmentProblem {
  /// Gives thrown-out corners their weight back.
  mutating func restoreCorners() {
    for index in corners.indices { corners[index].weight = corners[index].fullWeight }
  }
}
