import LensModels
import Measurements

extension CalibrationRun {
  /// Collects all findings, in the order of the cameras.
  mutating func find(
    _ outcomes: [CameraOutcome], _ joint: JointProblem, _ covariance: StateCovariance?,
    _ result: CalibrationResult
  ) {
    for index in input.cameras.indices {
      let name = input.cameras[index].name
      findRefusedViews(index)
      switch outcomes[index] {
      case .failed(let failure): findings.append(finding(failure, name))
      case .solved(let solution):
        guard !isHeld(index) else {
          findFit(index, name, result)
          continue
        }
        findViews(index, name)
        findLens(solution, index, name, joint, covariance, result)
        findFit(index, name, result)
      }
    }
    findLinks(joint)
    findWeakPlaces(joint, covariance)
    if let last = log.last(where: { $0.subject == nil }), last.termination != .converged {
      findings.append(.notConverged(last.termination, iterations: last.iterations))
    }
  }

  private func finding(_ failure: CameraFailure, _ name: String) -> Finding {
    switch failure {
    case .noBoard: .noBoardFound(name)
    case .tooFewViews(let views): .tooFewViews(name, views: views, needed: Finding.fewestViews)
    case .duplicates(let all, let distinct):
      .duplicatedViews(name, duplicates: all - distinct, distinct: distinct)
    case .nothingFits(let error): .noLensFits(name, error: error)
    case .kindDoesNotFit(let kind): .lensCannotDescribe(name, kind: kind)
    }
  }

  private mutating func findRefusedViews(_ index: Int) {
    let images = prepared.refused.map { input.views[$0.source] }
      .filter { $0.camera == index && !$0.corners.isEmpty }.map(\.image)
    if !images.isEmpty {
      findings.append(.unusableViews(input.cameras[index].name, images: images))
    }
  }

  private mutating func findViews(_ index: Int, _ name: String) {
    let views = cameraViews[index].views
    let distinct = distinctViewCount(views)
    if distinct < 6 {
      findings.append(.tooFewViews(name, views: distinct, needed: Finding.fewestViews))
    }
    if distinct < views.count {
      findings.append(
        .duplicatedViews(name, duplicates: views.count - distinct, distinct: distinct))
    }
  }

  private mutating func findLens(
    _ solution: CameraSolution, _ index: Int, _ name: String, _ joint: JointProblem,
    _ covariance: StateCovariance?, _ result: CalibrationResult
  ) {
    guard let place = joint.cameras.firstIndex(of: index) else { return }
    let camera = joint.problem.cameras[place]
    let p = camera.parameters
    for refusal in solution.refusals {
      findings.append(
        .refusedLens(name, kind: refusal.kind, flaw: refusal.flaw, used: camera.kind))
    }
    let radius = seenRadius(joint.problem, camera: place)
    if let flaw = flaw(
      kind: camera.kind, parameters: p, camera: cameraViews[index], radius: radius)
    {
      findings.append(.runawayLens(name, kind: camera.kind, flaw: flaw))
    }
    let size = input.cameras[index]
    let middle = cameraViews[index].centre
    let dx = p[2] - middle.x
    let dy = p[3] - middle.y
    let isOutside = abs(dx) > 0.5 * Double(size.width) || abs(dy) > 0.5 * Double(size.height)
    if abs(dx) > 0.15 * Double(size.width) || abs(dy) > 0.15 * Double(size.height) {
      findings.append(
        .principalPointFar(
          name, offset: (dx * dx + dy * dy).squareRoot(), isOutside: isOutside))
    }
    let aspect = max(p[0] / p[1], p[1] / p[0])
    if aspect > 1.1 { findings.append(.pixelsNotSquare(name, aspect: aspect)) }
    if let lens = result.cameras[index].lens { findWeakLens(place, lens, joint, covariance) }
  }

  private mutating func findFit(_ index: Int, _ name: String, _ result: CalibrationResult) {
    let camera = result.cameras[index]
    let outliers = result.outliers.reduce(0) { $0 + ($1.camera == index ? 1 : 0) }
    if camera.hasManyOutliers(outliers) {
      findings.append(
        .manyOutliers(
          name, outliers: outliers, corners: outliers + camera.corners,
          limit: options.limits.outlierShare))
    }
    guard let rms = camera.rmsPixels else { return }
    if rms > 2 { findings.append(.poorFit(name, rms: rms)) }
    if let typical = camera.typicalRMSPixels, let holdout = camera.typicalHoldoutRMSPixels,
      holdout > 1.5 * typical, holdout > 0.02
    {
      findings.append(.overfitted(name, rms: typical, holdout: holdout))
    }
  }

  private mutating func findLinks(_ joint: JointProblem) {
    guard !posesAreAmbiguous else {
      findings.append(.ambiguousBoard(columns: input.board.columns, rows: input.board.rows))
      return
    }
    let components = Set(joint.componentOfCamera).sorted()
    guard components.count > 1 else { return }
    func members(_ component: Int) -> [Int] {
      joint.cameras.indices.filter { joint.componentOfCamera[$0] == component }
        .map { joint.cameras[$0] }
    }
    func frames(_ cameras: [Int]) -> Set<Int> {
      Set(prepared.views.filter { cameras.contains($0.camera) && $0.isAnchored }.map(\.frame))
    }
    func names(_ frames: Set<Int>) -> [String] { frames.sorted().map { input.frames[$0] } }
    let main = members(0)
    for component in components.dropFirst() {
      let apart = members(component)
      let cameras = apart.map { input.cameras[$0].name }
      // Frames are shared, and yet no link was possible: the pictures contradict each other.
      guard frames(apart).isDisjoint(with: frames(main)) else {
        // Unless the reason is known.
        if !findings.contains(where: { ["camera_moved", "views_out_of_sync"].contains($0.code) }) {
          findings.append(.camerasDisagree(cameras))
        }
        continue
      }
      findings.append(
        .disconnectedCameras(
          cameras, from: main.map { input.cameras[$0].name }, frames: names(frames(apart)),
          mainFrames: names(frames(main))))
    }
  }
}

extension CalibratedCamera {
  /// True when more than 3 in 100 corners were thrown out, and by more than chance: with outliers of
  /// their own, that many would come out once in a thousand times.
  fileprivate func hasManyOutliers(_ outliers: Int) -> Bool {
    let expected = 0.03 * Double(outliers + corners)
    return Double(outliers) > expected + 3.1 * expected.squareRoot()
  }
}
