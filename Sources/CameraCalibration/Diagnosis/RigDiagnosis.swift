import Execution
import Geometry

extension RigDiagnosis {
  /// Looks for cameras that moved, then for one that alone does not fit the others. `frames` are
  /// those of the input, by frame of the fit.
  init(_ first: RigFit, _ joint: JointProblem, frames: [Int?], threads: ThreadCount) {
    gain = first.gain
    error = first.error
    apartRMS =
      (first.apartCost / max(.leastNormalMagnitude, first.apart.squaredWeights)).squareRoot()
    moved = []
    self.frames = []
    isOutOfSync = false
    var loose = first.looseCameras(among: joint.cameras.indices, threads: threads)
    guard !loose.isEmpty else { return }
    var fit = first
    var motions: [Motion] = []
    // More than a few moved cameras are not told from pictures out of step.
    while motions.count < 3, let found = fit.clearestMotion(loose, threads: threads),
      let frame = frames[found[0].firstFrame]
    {
      motions.append(
        Motion(
          cameras: found.map { joint.cameras[$0.camera] }, firstFrame: frame,
          turn: found[0].turn, move: found[0].move))
      fit = found[0].fit
      loose = fit.looseCameras(among: joint.cameras.indices, threads: threads)
    }
    // Pictures out of step may look a little like a camera that moved, but not altogether.
    if !motions.isEmpty,
      !fit.isFaulty(loose) || first.explained(by: fit) > DiagnosisThreshold.explainedAlone
    {
      moved = motions
      gain = fit.gain
      error = fit.error
      return
    }
    loose = first.looseCameras(among: joint.cameras.indices, threads: threads)
    let distances = first.boardDistances
    isOutOfSync =
      first.isFaulty(loose) && distances.values.max() ?? 0 > DiagnosisThreshold.distance
    guard isOutOfSync else { return }
    let culprits = loose.filter {
      first.explained(by: $0.fit) > DiagnosisThreshold.explained
    }
    if culprits.count == 1 { culprit = joint.cameras[culprits[0].camera] }
    self.frames = distances.compactMap { frame, distance in
      frames[frame].map { (frame: $0, distance: distance) }
    }
    .sorted { ($1.distance, $0.frame) < ($0.distance, $1.frame) }
  }
}

extension CameraMotion {
  /// True for a motion that is seen in the pictures: of 0.06 degrees or half a millimetre.
  fileprivate var isWorthNaming: Bool {
    turn > DiagnosisThreshold.turn || move > DiagnosisThreshold.move
  }
}

/// A rig with one camera's views let go of the common board poses.
private struct LooseCamera {
  var camera: Int
  var fit: RigFit
  /// How far the corners of the camera's views lie, root mean square, from where the other cameras
  /// have them, beyond noise; pixels.
  var error: Double
}

extension RigFit {
  /// Lets go of each camera that shares frames with others, by itself. Empty where chance explains
  /// what the cameras disagree by.
  fileprivate func looseCameras(
    among cameras: Range<Int>, threads: ThreadCount
  ) -> [LooseCamera] {
    guard gain.isCertain else { return [] }
    return cameras.compactMap { camera in
      let weights = sharedSquaredWeights(camera)
      guard weights > 0, let fit = withLoose(camera: camera, threads: threads) else { return nil }
      let own = CostGain(
        before: togetherCost, after: fit.togetherCost,
        unknowns: max(1, together.freedom - fit.together.freedom),
        freedom: max(1, fit.together.freedom))
      return LooseCamera(camera: camera, fit: fit, error: own.error(weights))
    }
  }

  /// True when cameras see boards in different places by more than noise and by more than is usual.
  fileprivate func isFaulty(_ loose: [LooseCamera]) -> Bool {
    let rms = (apartCost / max(.leastNormalMagnitude, apart.squaredWeights)).squareRoot()
    let error = loose.map(\.error).max() ?? 0
    return gain.isCertain
      && error > max(DiagnosisThreshold.rigError, DiagnosisThreshold.rigErrorOfNoise * rms)
  }

  /// The motion of one camera that explains most of the disagreement; several equally good ones
  /// where it cannot be told which camera it was. Nil when none explains enough.
  fileprivate func clearestMotion(
    _ loose: [LooseCamera], threads: ThreadCount
  ) -> [CameraMotion]? {
    var found: [CameraMotion] = []
    for candidate in loose where explained(by: candidate.fit) > DiagnosisThreshold.explained {
      guard let frame = likelyMotion(camera: candidate.camera, loose: candidate.fit),
        let motion = splitting(camera: candidate.camera, from: frame, threads: threads),
        explained(by: motion.fit) > DiagnosisThreshold.explained, motion.isWorthNaming
      else { continue }
      found.append(motion)
    }
    func cost(_ motion: CameraMotion) -> Double { motion.fit.togetherCost }
    found.sort { (cost($0), $0.camera) < (cost($1), $1.camera) }
    guard let best = found.first.map(cost) else { return nil }
    // With two cameras, that one moved is the same as that the other did.
    return found.filter { cost($0) - best < 0.02 * (togetherCost - best) }
  }

  /// The part of the disagreement that is gone in another fit, 0...1.
  fileprivate func explained(by other: RigFit) -> Double {
    (togetherCost - other.togetherCost) / max(.leastNormalMagnitude, togetherCost - apartCost)
  }

  /// Sum of the squared weights of a camera's corners in frames that others see too.
  private func sharedSquaredWeights(_ camera: Int) -> Double {
    var others: Set<Int> = []
    for view in together.views where view.camera != camera && together.isUsed(view) {
      others.insert(view.frame)
    }
    return together.views.filter { $0.camera == camera && others.contains($0.frame) }
      .flatMap { together.corners[$0.corners] }.reduce(0) { $0 + $1.weight * $1.weight }
  }
}
