import Execution
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct RelativePlaceTests {
  private func places(reversed: Bool) throws -> [RelativePlace?] {
    var numbers = SeededNumbers(51)
    let lenses = try [0.6, 0.9, 2].map { try Lens.drawn(.pinhole, focal: $0, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.3, &numbers)
    rig.addFrames(12, &numbers)
    var input = rig.input(noise: 0.1, &numbers)
    if reversed {
      input.cameras.reverse()
      for index in input.views.indices { input.views[index].camera = 2 - input.views[index].camera }
    }
    var run = CalibrationRun(input, CalibrationOptions())
    let joint = try run.solvedJoint([.pinhole, .pinhole, .pinhole])
    let covariance = try #require(StateCovariance(joint.problem, threads: ThreadCount(1)))
    let found = RelativePlace.all(joint, covariance)
    return reversed ? found.reversed() : found
  }

  /// Whichever camera the poses are relative to.
  @Test func doesNotDependOnTheReferenceCamera() throws {
    let forward = try places(reversed: false)
    let backward = try places(reversed: true)
    #expect(forward.count == 3)
    for (a, b) in zip(forward, backward) {
      let (a, b) = (try #require(a), try #require(b))
      #expect(abs(a.move - b.move) < 1e-3 * a.move)
      #expect(abs(a.turn - b.turn) < 1e-3 * a.turn)
      #expect(abs(a.moveByFocalLength - b.moveByFocalLength) < 1e-3)
      #expect(abs(a.turnByPrincipalPoint - b.turnByPrincipalPoint) < 1e-3)
    }
    // The telephoto camera is the one whose distance is known least, with its focal length.
    let telephoto = try #require(forward[2])
    #expect(telephoto.isAlongAxis && telephoto.moveByFocalLength > 0.5)
    #expect(forward.prefix(2).allSatisfy { $0?.move ?? 1 < telephoto.move })
  }

  @Test func camerasByThemselvesHaveNone() throws {
    var numbers = SeededNumbers(52)
    let lens = try Lens.drawn(.pinhole, focal: 0.6, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(8, &numbers)
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    let joint = try run.solvedJoint([.pinhole])
    let covariance = try #require(StateCovariance(joint.problem, threads: ThreadCount(1)))
    #expect(RelativePlace.all(joint, covariance).allSatisfy { $0 == nil })
  }
}
