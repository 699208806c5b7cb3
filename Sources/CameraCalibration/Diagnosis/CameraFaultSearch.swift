import Execution
import LensModels

/// The search for faults that show in the pictures of one camera by itself: a board that is bent or
/// stretched, a lens model that is too simple.
///
/// Faults look alike: a bent board is partly a lens error. So in each round every fault is tried,
/// the one that lowers the cost most is taken in, and the others are tried again beside it.
struct CameraFaultSearch {
  /// Every view with a board pose of its own, with the faults found taken in.
  var problem: AdjustmentProblem
  var cost = 0.0
  /// The bend found, and what it moves corners by, pixels.
  var bend: (warp: BoardWarp, error: Double)?
  var stretch: BoardStretch?
  /// By camera of the problem.
  var lensErrors: [Int: LensErrorTest] = [:]

  /// Cameras for which a richer lens model was not tried yet.
  private var simpleLenses: Set<Int>
  /// True once a stretch was taken in.
  private var hasStretch = false
  private let sizes: [(width: Int, height: Int)]
  private let threads: ThreadCount

  /// A fault taken in.
  private struct Trial {
    enum Fault {
      case bend
      case stretch(BoardStretch)
      case lens(camera: Int, LensErrorTest)
    }

    var fault: Fault
    var gain: CostGain
    var problem: AdjustmentProblem
  }

  /// `sizes` are the cameras' picture sizes, pixels; `chosen` those whose lens model was chosen among
  /// all.
  init(
    _ apart: AdjustmentProblem, sizes: [(width: Int, height: Int)], chosen: Set<Int>,
    threads: ThreadCount
  ) {
    problem = apart
    self.sizes = sizes
    self.threads = threads
    simpleLenses = Set(
      apart.cameras.indices.filter {
        !chosen.contains($0) && [.pinhole, .opencv4, .opencv5].contains(apart.cameras[$0].kind)
      })
  }

  /// False when nothing can be fitted.
  mutating func run() -> Bool {
    guard problem.adjustAndClean(threads: threads), problem.freedom > 0,
      let start = problem.settle(threads: threads)
    else { return false }
    cost = start
    // Each round takes in a fault that no later one can: the bend, a stretch, a lens.
    while let trial = trials().max(by: { $0.gain.size < $1.gain.size }) {
      problem = trial.problem
      switch trial.fault {
      case .bend: bend = (trial.problem.warp, trial.gain.error(problem.squaredWeights))
      case .stretch(let found):
        stretch = found
        hasStretch = true
      case .lens(let camera, let error):
        lensErrors[camera] = error
        simpleLenses.remove(camera)
      }
      guard let settled = problem.settle(threads: threads) else { return true }
      cost = settled
    }
    findResidualFields()
    return true
  }

  private mutating func trials() -> [Trial] {
    var trials = lensTrials()
    if let (bent, gain) = problem.bendTest(cost: cost, threads: threads),
      gain.isCertain, gain.error(problem.squaredWeights) > DiagnosisThreshold.bendError
    {
      trials.append(Trial(fault: .bend, gain: gain, problem: bent))
    }
    if !hasStretch, let found = problem.stretchTest(cost: cost, threads: threads) {
      stretch = found
      if found.isFault {
        trials.append(
          Trial(
            fault: .stretch(found), gain: found.gain,
            problem: problem.stretched(by: found.value)))
      }
    }
    return trials
  }

  /// Tries richer models for lenses that were told to be simple, of each camera the better one.
  private func lensTrials() -> [Trial] {
    guard !simpleLenses.isEmpty else { return [] }
    let cameras = simpleLenses.sorted()
    let before = problem.shares
    var best: [Int: Trial] = [:]
    for kind in [LensKind.opencv8, .kannalaBrandt4] {
      var rich = problem.withLenses(kind, cameras, sizes: sizes)
      guard rich.settle(threads: threads) != nil else { continue }
      let after = rich.shares
      for camera in cameras {
        let gain = CostGain(
          before: before[camera].cost, after: after[camera].cost,
          unknowns: max(
            1, kind.parameterCount - problem.cameras[camera].parameters.count),
          freedom: Int(Double(2 * after[camera].corners) * rich.freedomShare))
        let error = gain.error(before[camera].squaredWeights)
        guard gain.isCertain, error > DiagnosisThreshold.lensError,
          gain.share > DiagnosisThreshold.lensShare, gain.size > best[camera]?.gain.size ?? 0
        else { continue }
        var one = problem
        one.cameras[camera] = rich.cameras[camera]
        best[camera] = Trial(
          fault: .lens(camera: camera, LensErrorTest(error: error, gain: gain, richer: kind)),
          gain: gain, problem: one)
      }
    }
    return cameras.compactMap { best[$0] }
  }

  /// What even the richest models leave.
  private mutating func findResidualFields() {
    for camera in problem.cameras.indices {
      guard let field = problem.residualField(camera: camera, freedom: problem.freedomShare),
        field.gain.isCertain, field.error > DiagnosisThreshold.residualField,
        field.gain.share > DiagnosisThreshold.lensShare
      else { continue }
      if let found = lensErrors[camera] {
        lensErrors[camera]?.error =
          (found.error * found.error + field.error * field.error).squareRoot()
      } else {
        lensErrors[camera] = field
      }
    }
  }
}
