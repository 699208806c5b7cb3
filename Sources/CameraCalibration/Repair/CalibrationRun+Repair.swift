import Execution
import Geometry
import Measurements

/// A stored rig beside new pictures, with the cameras that moved meanwhile let go of.
struct HeldRig {
  var prior: RigPrior
  /// Standard deviation of a corner of weight 1, pixels.
  var unitDeviation: Double
  var held: [RepairOutcome.Held]
  /// Cameras of the input of which some have moved, but it cannot be told which.
  var undecided: [[Int]] = []
  /// Cameras of the input with another lens, and by how much corners move with it, pixels.
  var lenses: [(camera: Int, error: Double)] = []
  var boardIsAnother = false
}

extension CalibrationRun {
  /// Adjusts a joint problem, which is at its loose optimum, with everything held that was not
  /// replaced, as well as it is known; cameras that have moved are found and let go of.
  ///
  /// Each camera is tried by itself: with its place left open, and everything else held, the cost
  /// falls by chi-square of six degrees of freedom, if the camera is where it was. The one that
  /// explains most is let go of, and the others are tried again beside it.
  mutating func hold(_ joint: inout JointProblem) -> HeldRig? {
    guard let stored = options.stored, let prior = RigPrior(stored),
      let loose = StateCovariance(
        joint.problem, isTrimmed: options.rejectsOutliers, threads: options.threads)
    else { return nil }
    var rig = HeldRig(
      prior: prior, unitDeviation: max(1e-4, loose.unitDeviation),
      held: stored.held.keys.sorted().map { RepairOutcome.Held(camera: $0) })
    let start = joint
    guard var present = fit(rig.prior, start, rig.unitDeviation) else { return nil }
    var isFirst = true
    while true {
      let trials = motions(rig, start, present)
      if isFirst {
        for trial in trials {
          guard let index = rig.held.firstIndex(where: { $0.camera == trial.camera }) else {
            continue
          }
          rig.held[index].turn = trial.turn
          rig.held[index].move = trial.move
          rig.held[index].deviations = trial.gain.deviations
        }
      }
      isFirst = false
      let certain = trials.filter { $0.gain.isCertain && $0.isWorthNaming }
      guard let best = certain.min(by: { $0.fit.cost < $1.fit.cost }) else { break }
      // What five standard deviations do not tell apart.
      let limit = best.fit.cost + 25 * rig.unitDeviation * rig.unitDeviation
      let equal = certain.filter { $0.fit.cost <= limit }
      if equal.count > 1 { rig.undecided.append(equal.map(\.camera).sorted()) }
      for trial in equal {
        guard let index = rig.held.firstIndex(where: { $0.camera == trial.camera }) else {
          continue
        }
        rig.held[index].hasMoved = true
        rig.held[index].turn = trial.turn
        rig.held[index].move = trial.move
        rig.held[index].deviations = trial.gain.deviations
        if let freed = rig.prior.withoutPose(of: trial.camera) { rig.prior = freed }
      }
      guard let next = fit(rig.prior, start, rig.unitDeviation) else { return nil }
      present = next
    }
    letGoOfLenses(&rig, start, &present)
    joint = present.joint
    log.append(
      StageRecord(
        name: "held_adjustment", iterations: present.summary.iterations,
        initialCost: present.summary.initialCost, finalCost: present.summary.finalCost,
        corners: joint.problem.usedCornerCount, termination: present.summary.termination))
    return rig
  }

  private struct Fit {
    var joint: JointProblem
    var summary: AdjustmentSummary
    var cost: Double { summary.finalCost }
  }

  /// A camera with its place left open.
  private struct Motion {
    /// Of the input.
    var camera: Int
    var turn: Double
    var move: Double
    var gain: CostGain
    var fit: Fit

    /// True for a motion of 0.06 degrees or half a millimetre.
    var isWorthNaming: Bool {
      turn > DiagnosisThreshold.turn || move > DiagnosisThreshold.move
    }
  }

  private func fit(_ prior: RigPrior, _ start: JointProblem, _ unitDeviation: Double) -> Fit? {
    var joint = start
    guard let own = prior.relative(in: joint) else { return nil }
    joint.problem.rigPrior = own.weighted(by: unitDeviation)
    let summary = adjust(
      &joint.problem,
      limits: AdjustmentLimits(iterations: 100, relativeDecrease: 1e-10, initialDamping: 1e-6),
      threads: options.threads)
    return summary.map { Fit(joint: joint, summary: $0) }
  }

  /// Held cameras that see boards in frames of others, each with its place left open.
  private func motions(_ rig: HeldRig, _ start: JointProblem, _ present: Fit) -> [Motion] {
    let problem = present.joint.problem
    let freedom = max(1, problem.freedom + (problem.rigPrior?.rank ?? 0))
    return rig.prior.placedCameras.compactMap { camera in
      guard let place = start.cameras.firstIndex(of: camera), sharesFrames(place, start),
        let prior = rig.prior.withoutPose(of: camera),
        let fit = fit(prior, start, rig.unitDeviation),
        let (turn, move) = motion(of: camera, rig.prior, fit.joint)
      else { return nil }
      return Motion(
        camera: camera, turn: turn, move: move,
        gain: CostGain(
          before: present.cost, after: min(fit.cost, present.cost), unknowns: 6, freedom: freedom),
        fit: fit)
    }
  }

  /// True when a camera of the problem sees a board that another one sees too.
  private func sharesFrames(_ place: Int, _ joint: JointProblem) -> Bool {
    var own: Set<Int> = []
    var others: Set<Int> = []
    for view in joint.problem.views where joint.problem.isUsed(view) {
      if view.camera == place { own.insert(view.frame) } else { others.insert(view.frame) }
    }
    return !own.isDisjoint(with: others)
  }

  /// How far a camera is from where it was stored, seen from the other held cameras: radians, metres.
  private func motion(
    of camera: Int, _ prior: RigPrior, _ joint: JointProblem
  ) -> (turn: Double, move: Double)? {
    guard let stored = options.stored, let frame = frameFromReference(prior, joint, except: camera),
      let before = stored.held[camera]?.frameFromCamera,
      let place = joint.cameras.firstIndex(of: camera)
    else { return nil }
    let now = frame * joint.problem.cameras[place].cameraFromReference.inverse
    let change = before.inverse * now
    return (change.rotation.angle, change.translation.length)
  }

  /// The stored rig's frame beside that of a joint problem, by the held cameras that have not moved:
  /// the one that the median of them agrees with best.
  func frameFromReference(
    _ prior: RigPrior, _ joint: JointProblem, except camera: Int? = nil
  ) -> RigidTransform? {
    guard let stored = options.stored else { return nil }
    let proposals = prior.placedCameras.filter { $0 != camera }.compactMap {
      name -> RigidTransform? in
      guard let place = joint.cameras.firstIndex(of: name),
        joint.componentOfCamera[place] == 0, let before = stored.held[name]?.frameFromCamera
      else { return nil }
      return before * joint.problem.cameras[place].cameraFromReference
    }
    func score(_ proposal: RigidTransform) -> Double {
      proposals.reduce(0) { sum, other in
        let difference = proposal.inverse * other
        return sum + min(0.1, difference.rotation.angle) + min(0.1, difference.translation.length)
      }
    }
    return proposals.map { ($0, score($0)) }.min { $0.1 < $1.1 }?.0
  }

  /// Looks for lenses that were exchanged, and for another board of the same word.
  private func letGoOfLenses(_ rig: inout HeldRig, _ start: JointProblem, _ present: inout Fit) {
    let problem = present.joint.problem
    let freedom = max(1, problem.freedom + (problem.rigPrior?.rank ?? 0))
    func gain(_ fit: Fit, _ unknowns: Int) -> CostGain {
      CostGain(
        before: present.cost, after: min(fit.cost, present.cost), unknowns: unknowns,
        freedom: freedom)
    }
    if problem.warpIsFree, let prior = rig.prior.withoutWarp,
      let fit = fit(prior, start, rig.unitDeviation), gain(fit, 2).isCertain,
      gain(fit, 2).error(problem.squaredWeights) > DiagnosisThreshold.bendError
    {
      rig.prior = prior
      rig.boardIsAnother = true
      present = fit
    }
    for held in rig.held {
      guard let place = start.cameras.firstIndex(of: held.camera),
        let prior = rig.prior.withoutLens(of: held.camera)
      else { continue }
      let weights = problem.views.filter { $0.camera == place }.flatMap {
        problem.corners[$0.corners]
      }
      .reduce(0) { $0 + $1.weight * $1.weight }
      guard weights > 0, let fit = fit(prior, start, rig.unitDeviation) else { continue }
      let gain = gain(fit, problem.cameras[place].parameters.count)
      let error = gain.error(weights)
      guard gain.isCertain, error > options.limits.lensErrorPixels else { continue }
      rig.prior = prior
      rig.lenses.append((held.camera, error))
      present = fit
    }
  }

  /// Names what is not as it was stored.
  mutating func findChanges(_ rig: HeldRig) {
    func name(_ camera: Int) -> String { input.cameras[camera].name }
    for held in rig.held where held.hasMoved {
      guard !rig.undecided.contains(where: { $0.contains(held.camera) }) else { continue }
      findings.append(.movedSinceStored([name(held.camera)], held))
    }
    for cameras in rig.undecided {
      guard let held = rig.held.first(where: { cameras.contains($0.camera) }) else { continue }
      findings.append(.movedSinceStored(cameras.map(name), held))
    }
    for (camera, error) in rig.lenses {
      findings.append(.lensChangedSinceStored(name(camera), error: error))
    }
    if rig.boardIsAnother { findings.append(.boardChangedSinceStored()) }
  }
}
