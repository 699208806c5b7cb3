import Boards
import Execution
import Geometry
import LensModels
import Measurements

/// One calibration on its way from corners to result.
struct CalibrationRun {
  let input: CalibrationInput
  let options: CalibrationOptions
  let prepared: PreparedViews
  let boardCentre: Vector3
  var findings: [Finding] = []
  var times = CalibrationTimes()
  var log: [StageRecord] = []

  init(_ input: CalibrationInput, _ options: CalibrationOptions) {
    self.input = input
    self.options = options
    prepared = PreparedViews(input, options)
    let last = input.board.position(column: input.board.columns - 1, row: input.board.rows - 1)
    boardCentre = last * 0.5
  }

  mutating func result() -> CalibrationResult {
    let solved = solveCamerasAlone()
    var joint = linkCameras(solved)
    options.progress?("solve", 0.5)
    let before = ResourceUse.processCPUSeconds
    log += adjustJointly(
      &joint, rejects: options.rejectsOutliers, threads: options.threads)
    times.solve = ResourceUse.processCPUSeconds - before
    options.progress?("validate", 0.8)
    let validation = ResourceUse.processCPUSeconds
    let errors = holdOut(joint.problem, threads: options.threads)
    var result = assemble(joint, solved, errors)
    result.findings = findings
    times.validate = ResourceUse.processCPUSeconds - validation
    result.times = times
    result.log = log
    options.progress?("done", 1)
    return result
  }

  /// Cameras that could be solved by themselves.
  struct SolvedCameras {
    /// Index into the input's cameras, ascending.
    var cameras: [Int] = []
    var views: [CameraViews] = []
    var solutions: [CameraSolution] = []
  }

  private mutating func solveCamerasAlone() -> SolvedCameras {
    options.progress?("start", 0)
    let before = ResourceUse.processCPUSeconds
    let options = self.options
    let input = self.input
    let cameraViews = input.cameras.indices.map { index in
      CameraViews(
        width: input.cameras[index].width, height: input.cameras[index].height,
        boardCentre: boardCentre, views: prepared.views.filter { $0.camera == index })
    }
    let starts = parallelMap(cameraViews.count, threads: options.threads) { index in
      cameraViews[index].views.isEmpty
        ? nil : startLens(cameraViews[index], threads: ThreadCount(1))
    }
    let begun = ResourceUse.processCPUSeconds
    times.start = begun - before
    options.progress?("lens_choice", 0.1)
    let solutions = parallelMap(cameraViews.count, threads: options.threads) {
      index -> CameraSolution? in
      guard let start = starts[index],
        options.lens.kind(camera: input.cameras[index].name) == nil
      else { return nil }
      return chooseLens(
        cameraViews[index], from: start, warpIsFree: options.solvesBoardWarp,
        keepsOutliers: !options.rejectsOutliers)
    }
    let chosen = ResourceUse.processCPUSeconds
    times.lensChoice = chosen - begun
    let fixed = parallelMap(cameraViews.count, threads: options.threads) {
      index -> CameraSolution? in
      guard let start = starts[index],
        let kind = options.lens.kind(camera: input.cameras[index].name)
      else { return nil }
      return solveCamera(
        cameraViews[index], from: start, kind: kind, warpIsFree: options.solvesBoardWarp,
        threads: ThreadCount(1))
    }
    times.start += ResourceUse.processCPUSeconds - chosen
    var solved = SolvedCameras()
    for index in input.cameras.indices {
      guard let solution = solutions[index] ?? fixed[index] else { continue }
      solved.cameras.append(index)
      solved.views.append(cameraViews[index])
      solved.solutions.append(solution)
    }
    return solved
  }

  private mutating func linkCameras(_ solved: SolvedCameras) -> JointProblem {
    let before = ResourceUse.processCPUSeconds
    let evidence = solved.cameras.indices.map { place in
      let solution = solved.solutions[place]
      var views: [Int: (pose: RigidTransform, corners: [ObservedCorner])] = [:]
      for (index, source) in solution.views.enumerated() {
        let view = solved.views[place].views[source]
        guard view.isAnchored else { continue }
        let own = solution.problem.views[index]
        views[view.frame] = (
          solution.problem.frames[own.frame].referenceFromBoard,
          Array(solution.problem.corners[own.corners])
        )
      }
      return CameraEvidence(
        camera: solved.cameras[place], kind: solution.kind, parameters: solution.parameters,
        warp: solution.problem.warp, boardCentre: boardCentre, views: views)
    }
    let components = cameraComponents(evidence)
    var joint = JointProblem(
      evidence, solved.solutions, solved.views, components, boardCentre: boardCentre)
    joint.problem.warpIsFree = options.solvesBoardWarp
    times.start += ResourceUse.processCPUSeconds - before
    return joint
  }

  private func assemble(
    _ joint: JointProblem, _ solved: SolvedCameras, _ holdOutErrors: HoldOutErrors?
  ) -> CalibrationResult {
    var cameras = input.cameras.map {
      CalibratedCamera(name: $0.name, width: $0.width, height: $0.height)
    }
    var referenceFromBoard: [RigidTransform?] = input.frames.map { _ in nil }
    let problem = joint.problem
    let residuals = problem.residuals()
    var outliers = prepared.outliers
    var squares = Array(repeating: 0.0, count: cameras.count)
    for (index, view) in problem.views.enumerated() {
      let source = joint.cameras[view.camera]
      let prepared = joint.views[index]
      let input = self.input.views[prepared.source]
      let used = view.corners.filter { problem.corners[$0].weight > 0 }
      for (place, corner) in view.corners.enumerated() {
        let residual = residuals[corner]
        guard problem.corners[corner].weight == 0 else {
          squares[source] += residual.dot(residual)
          continue
        }
        let original = input.corners[prepared.sources[place]]
        outliers.append(
          OutlierCorner(
            camera: source, image: input.image, column: original.column, row: original.row,
            residual: residual.x.isFinite && residual.y.isFinite ? -residual : nil,
            reason: used.isEmpty ? .viewDoesNotFit : .beyondFourSigma))
      }
      guard !used.isEmpty else { continue }
      cameras[source].corners += used.count
      if prepared.isAnchored {
        cameras[source].views += 1
        if joint.componentOfCamera[view.camera] == 0, let frame = joint.frames[view.frame] {
          referenceFromBoard[frame] = problem.frames[view.frame].referenceFromBoard
        }
      } else {
        cameras[source].unanchoredViews += 1
      }
    }
    for (place, source) in joint.cameras.enumerated() {
      let adjusted = problem.cameras[place]
      do {
        cameras[source].lens = try Lens(
          kind: adjusted.kind, width: cameras[source].width, height: cameras[source].height,
          parameters: adjusted.parameters)
      } catch {
        continue
      }
      if joint.componentOfCamera[place] == 0 {
        cameras[source].referenceFromCamera = adjusted.cameraFromReference.inverse
      }
      if cameras[source].corners > 0 {
        cameras[source].rmsPixels =
          (squares[source] / Double(cameras[source].corners)).squareRoot()
      }
      cameras[source].holdoutRMSPixels = holdOutErrors?.rms { problem.views[$0].camera == place }
      if let own = solved.cameras.firstIndex(of: source) {
        cameras[source].lensCandidates = solved.solutions[own].candidates
      }
    }
    let corners = cameras.reduce(0) { $0 + $1.corners }
    return CalibrationResult(
      cameras: cameras, boardWarp: problem.warpIsFree ? problem.warp : nil,
      referenceFromBoard: referenceFromBoard,
      rmsPixels: corners > 0 ? (squares.reduce(0, +) / Double(corners)).squareRoot() : nil,
      holdoutRMSPixels: holdOutErrors?.rms(), outliers: outliers, findings: [],
      verdict: corners > 0 ? .notAsked : .notDetermined, times: CalibrationTimes(), log: [])
  }
}
