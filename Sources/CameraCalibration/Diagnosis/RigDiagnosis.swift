import Execution
import Geometry

extension RigDiagnosis {
  /// Looks for cameras that moved, then for one that alone does not fit the others. `frames` are
  /// those of the input, by frame of the fit.
  init(_ first: RigFit, _ joint: JointProblem, frames: [Int?], threads: ThreadCount) {
    var fit = first
    moved = []
    // More than a few moved cameras are not told from pictures out of step.
    while moved.count < 3, fit.isFaulty,
      let motion = fit.clearestMotion(threads: threads, among: joint.cameras.indices)
    {
      guard let frame = frames[motion.motions[0].firstFrame] else { break }
      moved.append(
        Motion(
          cameras: motion.motions.map { joint.cameras[$0.camera] }, firstFrame: frame,
          turn: motion.motions[0].turn, move: motion.motions[0].move))
      fit = motion.motions[0].fit
    }
    gain = fit.gain
    error = fit.error
    apartRMS = (fit.apartCost / max(.leastNormalMagnitude, fit.apart.squaredWeights)).squareRoot()
    self.frames = []
    isOutOfSync = fit.isFaulty
    guard isOutOfSync else { return }
    culprit = fit.culprit(among: joint.cameras.indices, threads: threads)
      .map { joint.cameras[$0] }
    self.frames = fit.boardDistances.compactMap { frame, distance in
      frames[frame].map { (frame: $0, distance: distance) }
    }
    .sorted { ($1.distance, $0.frame) < ($0.distance, $1.frame) }
  }
}

extension RigFit {
  /// True when cameras see boards in different places by more than noise and by more than is usual.
  var isFaulty: Bool {
    gain.isCertain && error > DiagnosisThreshold.rigError
      && gain.share > DiagnosisThreshold.rigShare
  }

  /// The motion of one camera that explains most of the disagreement; several equally good ones
  /// where it cannot be told which camera it was. Nil when none explains enough.
  fileprivate func clearestMotion(
    threads: ThreadCount, among cameras: Range<Int>
  ) -> (motions: [CameraMotion], explained: Double)? {
    var found: [(motion: CameraMotion, explained: Double)] = []
    for camera in cameras where sharesFrames(camera) {
      guard let loose = withLoose(camera: camera, threads: threads),
        explained(by: loose) > DiagnosisThreshold.explained,
        let frame = likelyMotion(camera: camera, loose: loose),
        let motion = splitting(camera: camera, from: frame, threads: threads),
        case let explained = explained(by: motion.fit), explained > DiagnosisThreshold.explained
      else { continue }
      found.append((motion, explained))
    }
    found.sort { ($1.explained, $0.motion.camera) < ($0.explained, $1.motion.camera) }
    guard let best = found.first else { return nil }
    // With two cameras, that one moved is the same as that the other did.
    let equal = found.filter {
      $0.motion.fit.togetherCost - best.motion.fit.togetherCost
        < 0.02 * (togetherCost - best.motion.fit.togetherCost)
    }
    return (equal.map(\.motion), best.explained)
  }

  /// The camera without which the others agree; nil when there is none, or no saying which.
  fileprivate func culprit(among cameras: Range<Int>, threads: ThreadCount) -> Int? {
    let explaining = cameras.filter { camera in
      guard sharesFrames(camera), let loose = withLoose(camera: camera, threads: threads) else {
        return false
      }
      return explained(by: loose) > DiagnosisThreshold.explained
    }
    return explaining.count == 1 ? explaining[0] : nil
  }

  /// The part of the disagreement that is gone in another fit, 0...1.
  private func explained(by other: RigFit) -> Double {
    (togetherCost - other.togetherCost) / max(.leastNormalMagnitude, togetherCost - apartCost)
  }

  private func sharesFrames(_ camera: Int) -> Bool {
    let own = Set(together.views.filter { $0.camera == camera }.map(\.frame))
    return together.views.contains { $0.camera != camera && own.contains($0.frame) }
  }
}
