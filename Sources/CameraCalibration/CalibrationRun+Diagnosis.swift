import Measurements

extension CalibrationRun {
  /// Tries what the model of the rig leaves out; `joint` is the rig before any camera was left out.
  mutating func diagnose(_ joint: JointProblem) -> ModelDiagnosis? {
    measured(\.diagnose) { run in
      var joint = joint
      // What is held was diagnosed when it was solved.
      for place in joint.cameras.indices where run.isHeld(joint.cameras[place]) {
        joint.problem.cameras[place].holdLens()
      }
      return ModelDiagnosis(
        joint,
        sizes: joint.cameras.map { (run.input.cameras[$0].width, run.input.cameras[$0].height) },
        chosen: run.camerasWithChosenLens(joint), threads: run.options.threads)
    }
  }

  /// Cameras of a joint problem whose lens model was chosen among all.
  private func camerasWithChosenLens(_ joint: JointProblem) -> Set<Int> {
    Set(
      joint.cameras.indices.filter {
        options.lens.kind(camera: input.cameras[joint.cameras[$0]].name) == nil
          || isHeld(joint.cameras[$0])
      })
  }

  /// Names the faults found.
  mutating func findFaults(_ diagnosis: ModelDiagnosis, _ result: CalibrationResult) {
    if let (warp, error) = diagnosis.bend {
      findings.append(.bendNotSolved(warp, error: error))
    }
    if let stretch = diagnosis.stretch, stretch.isFault {
      findings.append(.boardNotSquare(stretch))
    }
    for (index, test) in diagnosis.lensErrors.sorted(by: { $0.key < $1.key }) where !isHeld(index) {
      guard let lens = result.cameras[index].lens else { continue }
      findings.append(.lensTooSimple(input.cameras[index].name, kind: lens.kind, test))
    }
    guard let rig = diagnosis.rig else { return }
    for motion in rig.moved {
      findings.append(
        .cameraMoved(
          motion.cameras.map { input.cameras[$0].name },
          frame: input.frames[motion.firstFrame], turn: motion.turn, move: motion.move))
    }
    if rig.isOutOfSync {
      findings.append(
        .viewsOutOfSync(
          rig, culprit: rig.culprit.map { input.cameras[$0].name },
          frames: rig.frames.map { (input.frames[$0.frame], $0.distance) },
          seen: rig.frames.count))
    }
  }

  /// Holds the result against the limits: what is beyond them and not named yet gets a finding.
  mutating func judge(_ diagnosis: ModelDiagnosis?, _ result: inout CalibrationResult) {
    result.checks = result.checks(options.limits, diagnosis)
    for check in result.checks where [.fail, .notDetermined].contains(check.verdict) {
      guard let name = CalibrationCheck(rawValue: check.name),
        let finding = Finding.beyondLimit(check),
        !findings.contains(where: { named(by: name).contains($0.code) && $0.isAbout(check) })
      else { continue }
      findings.append(finding)
    }
    result.findings = findings
    result.verdict =
      findings.contains { $0.severity == .unusable } || result.checks.isEmpty
      ? .notDetermined : Verdict(result.checks.map(\.verdict))
  }

  /// The codes of findings that say more than that a limit is not kept.
  private func named(by check: CalibrationCheck) -> [String] {
    switch check {
    case .holdoutRMS: ["poor_fit", "holdout_worse", "lens_too_simple"]
    case .projectionSigma: ["too_few_views", "focal_not_determined", "weak_direction"]
    case .crossValidation:
      ["too_few_views", "focal_not_determined", "weak_direction", "lens_too_simple"]
    case .outlierShare: ["many_outliers"]
    case .coverage: []
    case .lensError: ["lens_too_simple"]
    case .positionSigma, .directionSigma: ["focal_not_determined", "weak_direction"]
    case .boardBend: ["bend_not_solved"]
    case .boardStretch: ["board_not_square"]
    case .rigDisagreement: ["views_out_of_sync", "camera_moved", "cameras_disagree"]
    case .basketError: ["too_few_views", "focal_not_determined", "weak_direction"]
    case .basketCovered: []
    }
  }
}

extension Finding {
  /// True when it may be about what was checked.
  fileprivate func isAbout(_ check: LimitCheck) -> Bool {
    subject == nil || check.subject == nil || subject == check.subject
  }
}
