import Execution
import Geometry
import LensModels
import Measurements

extension CalibrationRun {
  /// Solves every camera by itself, with the model asked for or the one its data choose.
  mutating func solveCamerasAlone() -> [CameraOutcome] {
    let count = input.cameras.count
    let cameraViews = self.cameraViews
    let options = self.options
    let kinds = input.cameras.map { options.lens.kind(camera: $0.name) }
    options.progress?("start", 0)
    let starts = measured(\.start) { _ in
      parallelMap(count, threads: options.threads) { index -> CameraStart in
        options.stored?.held[index] == nil ? start(cameraViews[index]) : .failed(.noBoard)
      }
    }
    options.progress?("lens_choice", 0.1)
    let chosen = measured(\.lensChoice) { _ in
      parallelMap(count, threads: options.threads) { index -> CameraSolution? in
        guard kinds[index] == nil, case .started(let start) = starts[index] else { return nil }
        var solution = chooseLens(
          cameraViews[index],
          from: options.solvesBoardWarp ? start.withoutUnanchoredViews(cameraViews[index]) : start,
          warpIsFree: options.solvesBoardWarp, keepsOutliers: !options.rejectsOutliers)
        solution?.addUnanchoredViews(cameraViews[index])
        return solution
      }
    }
    let given = measured(\.start) { _ in
      parallelMap(count, threads: options.threads) { index -> CameraSolution? in
        guard let kind = kinds[index], case .started(let start) = starts[index] else { return nil }
        var solution = solveCamera(
          cameraViews[index],
          from: options.solvesBoardWarp ? start.withoutUnanchoredViews(cameraViews[index]) : start,
          kind: kind, warpIsFree: options.solvesBoardWarp, threads: ThreadCount(1))
        solution?.addUnanchoredViews(cameraViews[index])
        return solution
      }
    }
    return (0..<count).map { index in
      if let held = options.stored?.held[index] { return .solved(heldSolution(index, held)) }
      if case .failed(let failure) = starts[index] { return .failed(failure) }
      guard let solution = chosen[index] ?? given[index] else {
        return .failed(
          kinds[index].map { .kindDoesNotFit($0) } ?? .nothingFits(medianError: nil))
      }
      let summary = solution.summary
      log.append(
        StageRecord(
          name: "camera_start", subject: input.cameras[index].name,
          iterations: summary.iterations, initialCost: summary.initialCost,
          finalCost: summary.finalCost, corners: solution.problem.usedCornerCount,
          termination: summary.termination))
      return .solved(solution)
    }
  }

  /// Places the cameras relative to each other, leaving out those that the others contradict.
  /// `before` is the rig with all of them.
  mutating func linkCameras(
    _ solved: SolvedCameras
  ) -> (before: JointProblem, joint: JointProblem) {
    measured(\.start) { run in
      let evidence = run.evidence(solved)
      let known = run.knownPlaces(evidence)
      // Cameras that may not be linked, by place in `solved`.
      var isolated: Set<Int> = run.posesAreAmbiguous ? Set(evidence.indices) : []
      var before: JointProblem?
      while true {
        let components = run.arranged(
          cameraComponents(evidence, isolated: isolated, known: known), known)
        var joint = JointProblem(
          evidence, solved.solutions, solved.views, components, boardCentre: run.boardCentre)
        joint.problem.warpIsFree = run.options.solvesBoardWarp
        run.holdLoosely(&joint)
        let records = adjustRobustly(&joint, threads: run.options.threads)
        before = before ?? joint
        if let worst = worstDisagreement(
          joint, solved, components, except: { run.isHeld(solved.cameras[$0]) })
        {
          isolated.insert(worst)
          continue
        }
        run.log += records
        return (before ?? joint, joint)
      }
    }
  }

  /// True when several cameras look at a board that is the same after half a turn.
  var posesAreAmbiguous: Bool { input.board.isAmbiguous && input.cameras.count > 1 }

  private func evidence(_ solved: SolvedCameras) -> [CameraEvidence] {
    solved.cameras.indices.map { place in
      let solution = solved.solutions[place]
      var views: [Int: CameraEvidence.View] = [:]
      for (index, source) in solution.views.enumerated() {
        let view = solved.views[place].views[source]
        guard view.isAnchored else { continue }
        let own = solution.problem.views[index]
        views[view.frame] = CameraEvidence.View(
          pose: solution.problem.frames[own.frame].referenceFromBoard,
          corners: Array(solution.problem.corners[own.corners]))
      }
      return CameraEvidence(
        camera: solved.cameras[place], kind: solution.kind, parameters: solution.parameters,
        warp: solution.problem.warp, boardCentre: boardCentre,
        width: input.cameras[solved.cameras[place]].width, views: views)
    }
  }
}

private enum CameraStart {
  case started(StartedCamera)
  case failed(CameraFailure)
}

/// A first lens, or the reason why there is none.
private func start(_ camera: CameraViews) -> CameraStart {
  guard !camera.views.isEmpty else { return .failed(.noBoard) }
  guard camera.views.count >= Finding.fewestViews else {
    return .failed(.tooFewViews(camera.views.count))
  }
  let distinct = distinctViewCount(camera.views)
  guard distinct >= Finding.fewestViews else {
    return .failed(.duplicates(all: camera.views.count, distinct: distinct))
  }
  guard let start = startLens(camera, threads: ThreadCount(1)) else {
    return .failed(.nothingFits(medianError: nil))
  }
  // A first lens with two coefficients is good to a pixel or so.
  guard start.medianError < max(4, 0.005 * Double(camera.width)) else {
    return .failed(.nothingFits(medianError: start.medianError))
  }
  return .started(start)
}

/// The camera, by its place in `solved`, that fits worst with the others, where it is far worse
/// than by itself; `isSpared` says of which places that is not asked.
private func worstDisagreement(
  _ joint: JointProblem, _ solved: SolvedCameras, _ components: [CameraComponent],
  except isSpared: (Int) -> Bool
) -> Int? {
  let together = cameraMedians(joint.problem)
  var worst: (place: Int, error: Double)?
  for (index, source) in joint.cameras.enumerated() {
    guard components[joint.componentOfCamera[index]].cameras.count > 1,
      let place = solved.cameras.firstIndex(of: source), !isSpared(place)
    else { continue }
    let alone = medianError(solved.solutions[place].problem)
    guard together[index] > max(0.5, 5 * alone) else { continue }
    if together[index] > worst?.error ?? 0 { worst = (place, together[index]) }
  }
  return worst?.place
}
