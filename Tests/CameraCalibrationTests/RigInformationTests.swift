import Execution
import Geometry
import LensModels
import LinearAlgebra
import Simulation
import Testing

@testable import CameraCalibration

struct RigInformationTests {
  private func session(
    _ kinds: [LensKind], frames: Int, seed: UInt64
  ) throws -> SimulatedSession {
    var numbers = SeededNumbers(seed)
    let lenses = try kinds.map { try Lens.drawn($0, focal: 0.5, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.25, &numbers)
    rig.board.warp = BoardWarp(x: 3e-4, y: -2e-4)
    rig.addFrames(frames, &numbers)
    return rig.session(CornerNoise(sigma: 0.1), &numbers)
  }

  private func solve(_ session: SimulatedSession) throws -> CalibrationResult {
    let kinds = Dictionary(
      uniqueKeysWithValues: session.truth.cameras.map { ($0.name, $0.lens.kind) })
    return try calibrate(
      session.input, options: CalibrationOptions(lens: .perCamera(kinds), threads: ThreadCount(1)))
  }

  /// Its inverse has the covariances of lenses and poses, which are computed another way, on its
  /// diagonal.
  @Test func isTheInverseOfTheCovariance() throws {
    let result = try solve(
      try session([.opencv4, .kannalaBrandt4, .pinhole], frames: 24, seed: 5))
    let information = try #require(result.information)
    let count = information.unknowns.count
    #expect(count == 8 + 8 + 4 + 2 * 6 + 2 && information.rank == count)
    // Scaled to a unit diagonal: metres stand beside coefficients.
    let scale = (0..<count).map { 1 / information.matrix[$0 * (count + 1)].squareRoot() }
    var scaled = Matrix(rows: count, columns: count)
    for row in 0..<count {
      for column in 0..<count {
        scaled[row, column] =
          information.matrix[row * count + column] * scale[row] * scale[column]
      }
    }
    let inverse = try Cholesky(scaled).inverse()
    func compare(_ places: [Int], _ covariance: [Double]?) throws {
      let covariance = try #require(covariance)
      for (i, a) in places.enumerated() {
        for (j, b) in places.enumerated() {
          let size =
            (covariance[i * (places.count + 1)] * covariance[j * (places.count + 1)]).squareRoot()
          let found = inverse[a, b] * scale[a] * scale[b]
          #expect(abs(found - covariance[i * places.count + j]) < 1e-6 * size)
        }
      }
    }
    for (index, camera) in result.cameras.enumerated() {
      let lens = information.unknowns.indices.filter {
        if case .lens(index, _) = information.unknowns[$0] { true } else { false }
      }
      try compare(lens, camera.certainty?.lensCovariance)
      let pose = information.unknowns.indices.filter {
        if case .pose(index, _) = information.unknowns[$0] { true } else { false }
      }
      #expect(pose.count == (index == 0 ? 0 : 6))
      if index > 0 { try compare(pose, camera.certainty?.poseCovariance) }
    }
  }

  /// Errors of everything together, signs of the poses among them, are as large as they should be.
  @Test func distancesOfWholeRigsAreChiSquare() throws {
    var sum = 0.0
    var freedom = 0
    for seed in 0..<20 {
      let session = try session([.opencv4, .pinhole], frames: 16, seed: 300 + UInt64(seed))
      let result = try solve(session)
      let information = try #require(result.information)
      let errors = try information.unknowns.map { unknown -> Double in
        switch unknown {
        case .lens(let camera, let parameter):
          let lens = try #require(result.cameras[camera].lens)
          return session.truth.cameras[camera].lens.parameters[parameter]
            - lens.parameters[parameter]
        case .pose(let camera, let axis):
          let found = try #require(result.cameras[camera].referenceFromCamera)
          let truth = session.truth.pose(0, from: camera)
          return axis < 3
            ? (truth.rotation * found.rotation.inverse).rotationVector[axis]
            : (truth.translation - found.translation)[axis - 3]
        case .warp(let axis):
          let found = try #require(result.boardWarp)
          let truth = session.truth.board.warp
          return axis == 0 ? truth.x - found.x : truth.y - found.y
        }
      }
      sum += information.squaredDistance(of: errors)
      freedom += information.rank
    }
    #expect(freedom == 20 * (8 + 4 + 6 + 2))
    #expect(chiSquareBounds(freedom).contains(sum), "\(sum) of \(freedom)")
  }

  /// Poses of cameras that hang together, but not with the reference camera, are no part of it.
  @Test func camerasApartLeaveTheirLensesOnly() throws {
    var session = try session([.pinhole, .pinhole, .pinhole, .pinhole], frames: 40, seed: 9)
    session.input.views.removeAll { ($0.camera < 2) != $0.frame.isMultiple(of: 2) }
    let result = try solve(session)
    let information = try #require(result.information)
    #expect(information.unknowns.count == 4 * 4 + 6 + 2)
    #expect(information.rank == information.unknowns.count)
    #expect(information.unknowns.contains(.pose(camera: 1, axis: 0)))
    #expect(!information.unknowns.contains(.pose(camera: 3, axis: 0)))
  }

  /// What nothing is known of has no information, and does not keep the rest from being known.
  @Test func whatIsLeftOpenCountsForNothing() throws {
    var numbers = SeededNumbers(8)
    let lens = try Lens.drawn(.pinhole, focal: 0.8, &numbers)
    var rig = SimulatedRig(
      board: try SimulatedRig.standardBoard(), lenses: [lens], worldFromCamera: [.identity])
    rig.worldFromBoard = (0..<8).map {
      RigidTransform(
        rotation: Rotation(rotationVector: Vector3(0, 0, 0.1 * Double($0))),
        translation: Vector3(-0.12 + 0.01 * Double($0), -0.05, 0.5))
    }
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    var joint = try run.solvedJoint([.pinhole])
    // At the truth: the adjustment may have left the flat boards tilted by noise.
    joint.problem.cameras[0].parameters = lens.parameters
    joint.problem.warp = BoardWarp()
    for index in joint.problem.frames.indices {
      joint.problem.frames[index].referenceFromBoard = rig.worldFromBoard[index]
    }
    let covariance = try #require(StateCovariance(joint.problem, threads: ThreadCount(1)))
    let information = try #require(run.information(joint, covariance))
    #expect(information.unknowns.count == 6)
    #expect(information.rank < 6)
    // A focal length 10 % off, both alike, is no error that could be known.
    let growth = lens.parameters.prefix(2).map { 0.1 * $0 }
    let square = information.squaredDistance(of: growth + [0, 0, 0, 0])
    let aspect = information.squaredDistance(of: [growth[0], 0, 0, 0, 0, 0])
    #expect(square < 1e-6 * aspect && aspect > 100)
  }
}
