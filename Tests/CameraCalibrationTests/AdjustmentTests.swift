import Execution
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

/// Two cameras and three board poses, with a little noise, away from the optimum.
private func problem(_ kinds: [LensKind]) throws -> AdjustmentProblem {
  var numbers = SeededNumbers(11)
  let lenses = try kinds.map { try Lens.drawn($0, focal: 0.6, &numbers) }
  let board = try SimulatedRig.standardBoard()
  var rig = SimulatedRig.around(lenses, board: board, spread: 0.2, &numbers)
  rig.board.warp = BoardWarp(x: 3e-4, y: -1e-4)
  rig.addFrames(6, tilt: 0.5, &numbers)
  let input = rig.input(noise: 0.2, &numbers)
  let prepared = PreparedViews(input, CalibrationOptions(weighting: .equal))
  var problem = AdjustmentProblem(
    cameras: lenses.enumerated().map { index, lens in
      AdjustedCamera(
        kind: lens.kind, parameters: lens.parameters,
        parameterIsFree: Array(repeating: true, count: lens.parameters.count),
        cameraFromReference: rig.worldFromCamera[index].inverse * rig.worldFromCamera[0],
        poseIsFree: index > 0)
    }, frames: [], views: [], corners: [], warp: BoardWarp(x: 2e-4, y: 1e-4), warpIsFree: true,
    boardCentre: board.position(column: 8, row: 5) * 0.5)
  problem.frames = rig.worldFromBoard.map {
    AdjustedFrame(referenceFromBoard: rig.worldFromCamera[0].inverse * $0)
  }
  for view in prepared.views {
    let first = problem.corners.count
    problem.corners += view.corners
    problem.views.append(
      AdjustedView(
        camera: view.camera, frame: view.frame, corners: first..<problem.corners.count))
  }
  return problem
}

private func cost(_ problem: AdjustmentProblem) -> Double {
  zip(problem.residuals(), problem.corners).reduce(0) {
    $0 + $1.0.dot($1.0) * $1.1.weight * $1.1.weight
  }
}

/// The gradient and curvature that the linearisation gives, against differences of the cost.
@Test(arguments: [
  [LensKind.opencv5, .kannalaBrandt4], [.pinhole, .opencv8], [.opencv4, .opencv4],
])
func stepFollowsTheSlopeOfTheCost(_ kinds: [LensKind]) throws {
  let problem = try problem(kinds)
  let layout = StateLayout(problem)
  let linearization = Linearization(problem, layout, threads: ThreadCount(1))
  #expect(linearization.update(problem, loss: .squares))
  #expect(abs(linearization.cost - cost(problem)) < 1e-9 * cost(problem))
  // Along any step p the cost has the slope 2 g p. With heavy damping d, p = -g / (d diagonal),
  // and the promised decrease is -2 g p, both up to 1/d.
  var system = ReducedSystem(problem, layout)
  let solved = system.step(linearization, problem, damping: 1e3)
  let step = try #require(solved)
  let scale = 1e-4
  let up = problem.moved(
    by: step.reduced.map { $0 * scale }, step.frames.map { $0 * scale }, layout)
  let down = problem.moved(
    by: step.reduced.map { -$0 * scale }, step.frames.map { -$0 * scale }, layout)
  let slope = (cost(up) - cost(down)) / (2 * scale)
  #expect(slope < 0)
  #expect(abs(slope + step.predictedDecrease) < 0.01 * abs(slope))
}

@Test func newtonStepLandsAtTheMinimum() throws {
  var problem = try problem([.opencv5, .kannalaBrandt4])
  let summary = try #require(
    adjust(
      &problem, limits: AdjustmentLimits(iterations: 50, relativeDecrease: 1e-13),
      threads: ThreadCount(1)))
  #expect(summary.termination == .converged)
  #expect(abs(summary.finalCost - cost(problem)) < 1e-9 * summary.finalCost)
  // Nowhere around is the cost lower.
  let layout = StateLayout(problem)
  var numbers = SeededNumbers(3)
  for _ in 0..<20 {
    let step = (0..<layout.count).map { _ in 1e-6 * numbers.normal() }
    let frames = problem.frames.map { _ in
      SIMD8(
        1e-6 * numbers.normal(), 1e-6 * numbers.normal(), 1e-6 * numbers.normal(),
        1e-6 * numbers.normal(), 1e-6 * numbers.normal(), 1e-6 * numbers.normal(), 0, 0)
    }
    #expect(cost(problem.moved(by: step, frames, layout)) >= summary.finalCost)
  }
}

@Test func boardTurnsAboutItsMiddle() {
  let pose = RigidTransform(
    rotation: Rotation(rotationVector: Vector3(0.3, -0.2, 1)), translation: Vector3(0.1, 0.2, 0.9))
  let centre = Vector3(0.1, 0.06, 0)
  let turned = pose.turned(about: centre, by: SIMD8(0.2, 0.1, -0.3, 0, 0, 0, 0, 0))
  #expect((turned * centre - pose * centre).length < 1e-15)
  let mirrored = mirroredPose(pose, boardCentre: centre)
  #expect((mirrored * centre - pose * centre).length < 1e-15)
  let back = mirroredPose(mirrored, boardCentre: centre)
  #expect((back.inverse * pose).rotation.angle < 1e-7)
}

@Test func framesWithoutCornersDoNotHinderTheOthers() throws {
  var problem = try problem([.opencv5, .kannalaBrandt4])
  for view in problem.views where view.frame == 2 {
    for corner in view.corners { problem.corners[corner].weight = 0 }
  }
  let pose = problem.frames[2].referenceFromBoard
  let summary = try #require(adjust(&problem, threads: ThreadCount(1)))
  #expect(summary.termination == .converged)
  #expect(problem.frames[2].referenceFromBoard == pose)
}
