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
  /// By camera of the input.
  let cameraViews: [CameraViews]
  var findings: [Finding] = []
  var times = CalibrationTimes()
  var log: [StageRecord] = []

  init(_ input: CalibrationInput, _ options: CalibrationOptions) {
    self.input = input
    self.options = options
    let prepared = PreparedViews(input, options)
    self.prepared = prepared
    let last = input.board.position(column: input.board.columns - 1, row: input.board.rows - 1)
    let centre = last * 0.5
    boardCentre = centre
    cameraViews = input.cameras.indices.map { index in
      CameraViews(
        width: input.cameras[index].width, height: input.cameras[index].height,
        boardCentre: centre, views: prepared.views.filter { $0.camera == index })
    }
  }

  mutating func result() -> CalibrationResult {
    let outcomes = solveCamerasAlone()
    var solved = SolvedCameras()
    for index in input.cameras.indices {
      guard case .solved(let solution) = outcomes[index] else { continue }
      solved.cameras.append(index)
      solved.views.append(cameraViews[index])
      solved.solutions.append(solution)
    }
    options.progress?("solve", 0.5)
    var joint: JointProblem
    let before: JointProblem
    (before, joint) = linkCameras(solved)
    measured(\.solve) { run in
      if !run.posesAreAmbiguous, joint.anchorViewsInSharedFrames(run.input) > 0 {
        // They lie off by what the rig is not known yet, and would be thrown out for that.
        run.log += adjustRobustly(&joint, threads: run.options.threads)
      }
      if run.options.solvesBoardWarp { joint.placeUnanchoredViews(run.input) }
      run.log += adjustJointly(
        &joint, rejects: run.options.rejectsOutliers, threads: run.options.threads)
    }
    let held = measured(\.solve) { $0.hold(&joint) }
    options.progress?("validate", 0.8)
    let diagnosis = diagnose(before)
    let certainty = measured(\.certainty) { $0.jointCertainty(joint) }
    let cart = measured(\.solve) { $0.tieToCart(&joint, certainty.covariance, held) }
    var result = measured(\.validate) { run in
      let errors = holdOut(joint.problem, threads: run.options.threads)
      var result = run.assemble(joint, solved, errors, certainty)
      result.views = run.fittedViews(joint, errors)
      result.information = certainty.covariance.flatMap {
        run.information(joint, $0)
      }
      result.cartFrame = cart
      result.repair = run.repair(joint, held)
      if let held { run.findChanges(held) }
      if let diagnosis { run.findFaults(diagnosis, result) }
      run.find(outcomes, joint, certainty.covariance, result)
      run.judge(diagnosis, &result)
      return result
    }
    result.times = times
    return result
  }

  /// Runs `work` and adds the CPU time it took to one stage.
  @discardableResult
  mutating func measured<Value>(
    _ stage: WritableKeyPath<CalibrationTimes, Double>, _ work: (inout CalibrationRun) -> Value
  ) -> Value {
    let before = ResourceUse.processCPUSeconds
    let value = work(&self)
    times[keyPath: stage] += ResourceUse.processCPUSeconds - before
    return value
  }
}

/// Cameras that could be solved by themselves.
struct SolvedCameras {
  /// Index into the input's cameras, ascending.
  var cameras: [Int] = []
  var views: [CameraViews] = []
  var solutions: [CameraSolution] = []
}

/// What came of one camera by itself.
enum CameraOutcome {
  case solved(CameraSolution)
  case failed(CameraFailure)
}

/// Why a camera has no lens.
enum CameraFailure: Equatable {
  case noBoard
  case tooFewViews(Int)
  case duplicates(all: Int, distinct: Int)
  /// The median error of the best try, pixels.
  case nothingFits(medianError: Double?)
  case kindDoesNotFit(LensKind)
}
