import Boards
import Geometry
import LensModels
import Measurements
import Simulation
import Testing

@testable import CameraCalibration

/// What the data leave weak is named: camera, cause and number.
struct WeakDirectionsTests {
  private static let weakCodes: Set = ["focal_not_determined", "weak_direction", "weak_link"]

  private func weak(_ result: CalibrationResult) -> [Finding] {
    result.findings.filter { Self.weakCodes.contains($0.code) }
  }

  private func solve(_ input: CalibrationInput, _ kind: LensKind) throws -> CalibrationResult {
    try calibrate(input, options: CalibrationOptions(lens: .fixed(kind)))
  }

  @Test(arguments: [LensKind.pinhole, .opencv5, .kannalaBrandt4])
  func wellTakenPicturesAreNotBlamed(_ kind: LensKind) throws {
    var numbers = SeededNumbers(40)
    let lenses = try (0..<3).map { _ in try Lens.drawn(kind, focal: 0.6, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.3, &numbers)
    rig.addFrames(24, &numbers)
    let result = try solve(rig.input(noise: 0.1, &numbers), kind)
    #expect(weak(result).isEmpty, "\(weak(result))")
  }

  /// A telephoto lens sees the board nearly flat: what is named is its focal length, with a number
  /// that is true of the error.
  @Test func telephotoIsNamed() throws {
    var numbers = SeededNumbers(41)
    let lens = try Lens.drawn(.pinhole, focal: 3, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(8, tilt: 0.15, &numbers)
    let result = try solve(rig.input(noise: 0.3, &numbers), .pinhole)
    let finding = try #require(weak(result).first { $0.code == "focal_not_determined" })
    #expect(finding.subject == "camera0" && finding.text.contains("camera0"))
    #expect(finding.remedy.contains("tilted"))
    let camera = result.cameras[0]
    let sigma = try #require(camera.certainty?.lensSigma[0])
    let found = try #require(camera.lens?.parameters[0])
    #expect(abs(found - lens.parameters[0]) < 4 * sigma && sigma > 0.01 * found)
  }

  /// The same lens, shown the board tilted and often enough, is fine.
  @Test func telephotoWellShownIsNotBlamed() throws {
    var numbers = SeededNumbers(42)
    let lens = try Lens.drawn(.pinhole, focal: 3, &numbers)
    var rig = SimulatedRig.around([lens], board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(24, tilt: 0.9, &numbers)
    let result = try solve(rig.input(noise: 0.1, &numbers), .pinhole)
    #expect(weak(result).isEmpty, "\(weak(result))")
  }

  @Test(arguments: [LensKind.pinhole, .opencv5, .opencv8, .kannalaBrandt4])
  func boardSquareToTheCameraIsNamed(_ kind: LensKind) throws {
    var numbers = SeededNumbers(43)
    let lens = try Lens.drawn(kind, focal: 0.7, &numbers)
    var rig = SimulatedRig(
      board: try SimulatedRig.standardBoard(), lenses: [lens], worldFromCamera: [.identity])
    rig.worldFromBoard = (0..<12).map { _ in
      RigidTransform(
        rotation: .identity,
        translation: Vector3(numbers.uniform(-0.2, 0), numbers.uniform(-0.15, 0), 0.45))
    }
    let result = try solve(rig.input(noise: 0.2, &numbers), kind)
    let named = result.findings.contains {
      $0.severity == .unusable && ["focal_not_determined", "no_lens_fits"].contains($0.code)
    }
    #expect(named, "\(result.findings)")
    #expect(result.verdict == .notDetermined)
  }

  /// One frame that both cameras see: the link is named with the number of frames, and its own
  /// uncertainty is true of the error.
  @Test func oneSharedFrameIsNamed() throws {
    var numbers = SeededNumbers(44)
    let lenses = try [0.8, 2.5].map { try Lens.drawn(.opencv4, focal: $0, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.3, &numbers)
    rig.addFrames(20, &numbers)
    rig.addFrames(
      1, SimulatedRig.Showing(tilt: 0.1, fill: 0.08...0.1, seenBy: 2), cameras: [0], &numbers)
    let shared = rig.frames.count - 1
    var session = rig.session(CornerNoise(sigma: 0.3), &numbers)
    session.input.views.removeAll { $0.frame != shared && $0.camera != $0.frame % 2 }
    let result = try solve(session.input, .opencv4)
    let finding = try #require(
      weak(result).first { $0.code == "weak_link" }, "\(result.findings)")
    #expect(finding.text.contains("one frame only"))
    let found = try #require(result.cameras[1].referenceFromCamera)
    let sigma = try #require(result.cameras[1].certainty?.poseSigma)
    let error = session.truth.pose(0, from: 1).translation - found.translation
    for axis in 0..<3 { #expect(abs(error[axis]) < 4 * sigma[axis + 3]) }
  }

  @Test func camerasWithoutSharedFramesAreNamed() throws {
    var numbers = SeededNumbers(45)
    let lenses = try (0..<2).map { _ in try Lens.drawn(.opencv4, focal: 0.7, &numbers) }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.3, &numbers)
    rig.addFrames(24, &numbers)
    var input = rig.input(noise: 0.1, &numbers)
    input.views.removeAll { $0.camera != $0.frame % 2 }
    let result = try solve(input, .opencv4)
    #expect(result.findings.map(\.code) == ["disconnected_cameras"])
  }
}
