import Execution
import Geometry
import Glibc
import LensModels
import LinearAlgebra
import Simulation
import Testing

@testable import CameraCalibration

/// The bounds of chi-square with many degrees of freedom that hold with a probability of 99.9 %.
///
/// Source: E. Wilson, M. Hilferty, "The distribution of chi-square", PNAS 17 (1931); within 0.2 %
/// from 100 degrees of freedom on.
func chiSquareBounds(_ freedom: Int) -> ClosedRange<Double> {
  let k = Double(freedom)
  func quantile(_ normal: Double) -> Double {
    let root = 1 - 2 / (9 * k) + normal * (2 / (9 * k)).squareRoot()
    return k * root * root * root
  }
  return quantile(-3.2905)...quantile(3.2905)
}

/// A square matrix given by its rows.
func matrix(_ rows: [Double]?, count: Int) throws -> Matrix {
  let rows = try #require(rows)
  return Matrix(rows: count, columns: count, elements: rows).transposed
}

struct StateCovarianceTests {
  /// dᵀ C^-1 d, with C given by its rows.
  private func mahalanobis(_ difference: [Double], _ covariance: [Double]) throws -> Double {
    let count = difference.count
    // Scaled to a unit diagonal: metres stand beside coefficients.
    let scale = (0..<count).map { 1 / covariance[$0 * (count + 1)].squareRoot() }
    var matrix = Matrix(rows: count, columns: count)
    for row in 0..<count {
      for column in 0..<count {
        matrix[row, column] = covariance[row * count + column] * scale[row] * scale[column]
      }
    }
    let scaled = zip(difference, scale).map { $0 * $1 }
    return zip(scaled, try Cholesky(matrix).solve(scaled)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func rig(
    _ kinds: [LensKind], frames: Int, _ numbers: inout SeededNumbers
  ) throws -> SimulatedRig {
    let lenses = try kinds.map { kind in
      try Lens.drawn(kind, focal: kind == .kannalaBrandt4 ? 0.35 : 0.6, &numbers)
    }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.25, &numbers)
    rig.board.warp = BoardWarp(x: 3e-4, y: -2e-4)
    rig.addFrames(frames, &numbers)
    return rig
  }

  @Test(arguments: [
    ([LensKind.opencv5, .opencv4], 24), ([.opencv5, .kannalaBrandt4, .pinhole, .opencv4], 36),
  ])
  func errorsAreAsLargeAsForetold(_ kinds: [LensKind], _ frames: Int) throws {
    let draws = 40
    var lensSums = Array(repeating: 0.0, count: kinds.count)
    var poseSums = lensSums
    var warpSum = 0.0
    for draw in 0..<draws {
      var numbers = SeededNumbers(1000 + UInt64(draw))
      let rig = try rig(kinds, frames: frames, &numbers)
      let names = kinds.indices.map { "camera\($0)" }
      let result = try calibrate(
        rig.input(noise: 0.2, &numbers),
        options: CalibrationOptions(
          lens: .perCamera(Dictionary(uniqueKeysWithValues: zip(names, kinds)))))
      #expect(abs(try #require(result.cornerNoisePixels) - 0.2) < 0.02)
      for (index, camera) in result.cameras.enumerated() {
        let certainty = try #require(camera.certainty)
        let lens = try #require(camera.lens)
        lensSums[index] += try mahalanobis(
          zip(lens.parameters, rig.lenses[index].parameters).map { $0 - $1 },
          #require(certainty.lensCovariance))
        let poseCovariance = try #require(certainty.poseCovariance)
        guard index > 0 else {
          #expect(poseCovariance == Array(repeating: 0, count: 36))
          continue
        }
        let truth = rig.worldFromCamera[0].inverse * rig.worldFromCamera[index]
        let found = try #require(camera.referenceFromCamera)
        let turn = (truth.rotation * found.rotation.inverse).rotationVector
        let move = truth.translation - found.translation
        poseSums[index] += try mahalanobis(
          [turn.x, turn.y, turn.z, move.x, move.y, move.z], poseCovariance)
      }
      let warp = try #require(result.boardWarp)
      let sigma = try #require(result.boardWarpSigma)
      let error = (warp.x - rig.board.warp.x) / sigma[0]
      warpSum += error * error
    }
    for (index, kind) in kinds.enumerated() {
      #expect(chiSquareBounds(draws * kind.parameterCount).contains(lensSums[index]))
      if index > 0 { #expect(chiSquareBounds(draws * 6).contains(poseSums[index])) }
    }
    #expect(chiSquareBounds(draws).contains(warpSum))
  }

  /// The reduced matrix against second differences of the cost, minimised over the board poses.
  @Test func reducedMatrixIsTheCurvatureOfTheCost() throws {
    var numbers = SeededNumbers(5)
    let rig = try rig([.opencv5, .kannalaBrandt4], frames: 10, &numbers)
    var run = CalibrationRun(rig.input(&numbers), CalibrationOptions(weighting: .equal))
    var joint = try run.solvedJoint([.opencv5, .kannalaBrandt4])
    // Exact corners: what Gauss and Newton leave out of the curvature is zero at the optimum.
    let limits = AdjustmentLimits(iterations: 60, relativeDecrease: 1e-15)
    adjust(&joint.problem, limits: limits, threads: ThreadCount(1))
    let layout = StateLayout(joint.problem)
    let covariance = try #require(
      StateCovariance(joint.problem, unitDeviation: 1, threads: ThreadCount(1)))
    let noFrames = joint.problem.frames.map { _ in SIMD8<Double>.zero }
    for _ in 0..<6 {
      // Along C z the curvature is zᵀ C z: tests each row of the inverse.
      let z = (0..<layout.count).map { place in
        numbers.normal() / max(covariance.matrix[place, place].squareRoot(), 1e-300)
      }
      let direction = covariance.matrix * z
      let expected = zip(z, direction).reduce(0) { $0 + $1.0 * $1.1 }
      // About 0.02 pixels per corner.
      let scale = (Double(joint.problem.corners.count) * 4e-4 / expected).squareRoot()
      let costs = [scale, -scale].map { scale in
        var moved = joint.problem.moved(by: direction.map { $0 * scale }, noFrames, layout)
          .withCamerasHeld()
        return adjust(&moved, limits: limits, threads: ThreadCount(1))?.finalCost ?? .nan
      }
      let curvature = 0.5 * (costs[0] + costs[1]) / (scale * scale)
      #expect(abs(curvature - expected) < 2e-3 * expected)
    }
  }

  @Test func whatTheDataLeaveOpenIsNotDetermined() throws {
    // All boards square to the camera: focal length and distance cannot be told apart.
    var numbers = SeededNumbers(8)
    let lens = try Lens.drawn(.pinhole, focal: 0.8, &numbers)
    let board = try SimulatedRig.standardBoard()
    var rig = SimulatedRig(board: board, lenses: [lens], worldFromCamera: [.identity])
    for place in 0..<8 {
      rig.worldFromBoard.append(
        RigidTransform(
          rotation: Rotation(rotationVector: Vector3(0, 0, 0.1 * Double(place))),
          translation: Vector3(-0.12 + 0.01 * Double(place), -0.05, 0.5)))
    }
    let prepared = PreparedViews(
      rig.input(noise: 0.1, &numbers), CalibrationOptions(weighting: .equal))
    var camera = AdjustedCamera(
      kind: .pinhole, parameters: lens.parameters, parameterIsFree: [],
      cameraFromReference: .identity, poseIsFree: false)
    camera.freeLens()
    var problem = AdjustmentProblem(
      cameras: [camera], frames: rig.worldFromBoard.map { AdjustedFrame(referenceFromBoard: $0) },
      views: [], corners: [], boardCentre: board.position(column: 8, row: 5) * 0.5)
    for view in prepared.views {
      let first = problem.corners.count
      problem.corners += view.corners
      problem.views.append(
        AdjustedView(camera: 0, frame: view.frame, corners: first..<problem.corners.count))
    }
    let covariance = try #require(StateCovariance(problem, threads: ThreadCount(1)))
    // The ratio of the focal lengths is known, their size is not; a shifted picture is a moved
    // board.
    #expect(covariance.isDetermined == [false, false, false, false])
    #expect(covariance.block([0]) == nil)
    #expect(covariance.deviation(0) == nil)
    #expect(covariance.matrix.isFinite)
    // Also when the corners seem to be exact.
    let exact = try #require(StateCovariance(problem, unitDeviation: 0, threads: ThreadCount(1)))
    #expect(exact.isDetermined == covariance.isDetermined)
  }

  @Test func sameForAnyNumberOfThreads() throws {
    var numbers = SeededNumbers(9)
    let rig = try rig([.opencv5, .opencv5, .kannalaBrandt4], frames: 40, &numbers)
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    let joint = try run.solvedJoint([.opencv5, .opencv5, .kannalaBrandt4])
    let all = [1, 2, 3].map { StateCovariance(joint.problem, threads: ThreadCount($0))?.matrix }
    #expect(all[0] != nil && all[0] == all[1] && all[0] == all[2])
  }

  @Test func framesWithoutCornersDoNotMatter() throws {
    var numbers = SeededNumbers(10)
    let rig = try rig([.opencv4, .opencv4], frames: 20, &numbers)
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    var joint = try run.solvedJoint([.opencv4, .opencv4])
    for view in joint.problem.views where view.frame == 3 {
      for corner in view.corners { joint.problem.corners[corner].weight = 0 }
    }
    let rest = joint.problem.subset(frames: joint.problem.frames.indices.filter { $0 != 3 })
    let with = try #require(StateCovariance(joint.problem, threads: ThreadCount(1)))
    #expect(with.matrix == StateCovariance(rest, threads: ThreadCount(1))?.matrix)
  }
}

extension CalibrationRun {
  /// The joint problem at its optimum.
  mutating func solvedJoint(_ kinds: [LensKind]) throws -> JointProblem {
    let named = Dictionary(
      uniqueKeysWithValues: zip(input.cameras.map(\.name), kinds))
    self = CalibrationRun(
      input, CalibrationOptions(lens: .perCamera(named), weighting: options.weighting))
    var solved = SolvedCameras()
    for (index, outcome) in solveCamerasAlone().enumerated() {
      guard case .solved(let solution) = outcome else { continue }
      solved.cameras.append(index)
      solved.views.append(cameraViews[index])
      solved.solutions.append(solution)
    }
    var joint = linkCameras(solved).joint
    _ = adjustJointly(&joint, rejects: false, threads: ThreadCount(1))
    return joint
  }
}
