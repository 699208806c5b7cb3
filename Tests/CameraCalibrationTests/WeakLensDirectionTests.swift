import Execution
import Geometry
import LensModels
import LinearAlgebra
import Simulation
import Testing

@testable import CameraCalibration

struct WeakLensDirectionTests {
  private func solved(
    _ kind: LensKind, focal: Double, tilt: Double
  ) throws -> (lens: Lens, points: UsePoints, covariance: Matrix) {
    var numbers = SeededNumbers(61)
    let lens = try Lens.drawn(kind, focal: focal, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(12, tilt: tilt, &numbers)
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    let joint = try run.solvedJoint([kind])
    let state = try #require(StateCovariance(joint.problem, threads: ThreadCount(1)))
    let found = try Lens(
      kind: kind, width: lens.width, height: lens.height,
      parameters: joint.problem.cameras[0].parameters)
    return (
      found, try #require(UsePoints(found, camera: 0, joint.problem)),
      try #require(state.block(state.lensPlaces(camera: 0)))
    )
  }

  /// The directions are independent, and together they are all of the uncertainty.
  @Test(arguments: [LensKind.pinhole, .opencv5, .opencv8, .kannalaBrandt4])
  func squaresAddUpToThePixelsVariance(_ kind: LensKind) throws {
    let (lens, points, covariance) = try solved(kind, focal: 0.6, tilt: 0.8)
    let directions = WeakLensDirection.all(lens, covariance: covariance, points)
    #expect(directions.count == lens.parameters.count)
    #expect(zip(directions, directions.dropFirst()).allSatisfy { $0.pixels >= $1.pixels })
    // The trace of J C Jᵀ, a point.
    let all = points.byLensFollowed * covariance * points.byLensFollowed.transposed
    let trace = (0..<all.rows).reduce(0) { $0 + all[$1, $1] } / Double(points.count)
    let sum = directions.reduce(0) { $0 + $1.pixels * $1.pixels }
    #expect(abs(sum - trace) < 1e-6 * trace)
    let focal = directions.reduce(0) { $0 + $1.focalLength * $1.focalLength }.squareRoot()
    let p = lens.parameters
    let expected =
      0.25
      * (covariance[0, 0] / (p[0] * p[0]) + 2 * covariance[0, 1] / (p[0] * p[1])
        + covariance[1, 1] / (p[1] * p[1]))
    #expect(abs(focal - expected.squareRoot()) < 1e-6 * focal)
  }

  @Test func flatBoardsLeaveTheFocalLengthWeakest() throws {
    let (lens, points, covariance) = try solved(.pinhole, focal: 1.5, tilt: 0.15)
    let weakest = try #require(
      WeakLensDirection.all(lens, covariance: covariance, points).first)
    #expect(weakest.parts.first == .focalLength)
  }

  /// A camera that moves makes good what a moved principal point does, but for little.
  @Test func motionTakesThePrincipalPoint() throws {
    let (lens, points, _) = try solved(.pinhole, focal: 1.5, tilt: 0.8)
    let step = [0, 0, 1.0, 0]
    let before = points.byLens * step
    let after = points.byLensFollowed * step
    func size(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    #expect(size(after) < 0.05 * size(before))
    #expect(lens.kind == .pinhole)
  }
}
