import Geometry
import LensModels
import Simulation
import TestSupport
import Testing

struct RigComparisonTests {
  private let truth: ComparedTruth
  private var result: ComparedResult

  init() throws {
    var numbers = SeededNumbers(8)
    let lenses = try [LensKind.opencv5, .kannalaBrandt4, .opencv8].map {
      try Lens.drawn($0, focal: $0 == .kannalaBrandt4 ? 0.38 : 0.55, &numbers)
    }
    let rig = SimulatedRig.onRim(lenses, board: try SimulatedRig.standardBoard(), &numbers)
    truth = ComparedTruth(
      cameras: rig.cameras.map { camera in
        ComparedTruth.Camera(
          name: camera.name,
          camera: ComparedCamera(lens: camera.lens, frameFromCamera: camera.worldFromCamera),
          corners: [
            Vector2(100, 80), Vector2(1180, 90), Vector2(1150, 700), Vector2(140, 690),
            Vector2(600, 400),
          ])
      })
    result = ComparedResult(cameras: [:], isInCart: true, rms: 0.1)
    for camera in truth.cameras { result.cameras[camera.name] = camera.camera }
  }

  @Test func theTruthScoresNothing() throws {
    let row = ComparisonDocument(try RigComparison(truth, result))
    for value in [
      row.coveredMax, row.fullMax, row.rotationMax, row.translationMax, row.effectiveRotationMax,
      row.effectiveTranslationMax, row.basketMax, row.cartRotationMax, row.cartTranslationMax,
    ] {
      #expect(try #require(value) < 1e-6)
    }
    #expect(row.cameras == 3 && row.missing.isEmpty)
  }

  @Test func plantedErrorsAreFound() throws {
    var off = result
    let name = truth.cameras[1].name
    let turn = Rotation(rotationVector: Vector3(0, 0.01, 0))
    off.cameras[name]?.frameFromCamera.translation += Vector3(0.001, 0, 0)
    var row = ComparisonDocument(try RigComparison(truth, off))
    #expect(abs(try #require(row.cartTranslationMax) - 1) < 1e-9)
    #expect(abs(try #require(row.translationMax) - 1) < 1e-9)
    #expect(abs(try #require(row.translationMean) - 2.0 / 3) < 1e-9)
    #expect(try #require(row.rotationMax) < 1e-6 && #require(row.coveredMax) < 1e-6)

    // Everything turned together: relative poses stay, poses in the cart do not.
    off = result
    for key in off.cameras.keys {
      guard let pose = off.cameras[key]?.frameFromCamera else { continue }
      off.cameras[key]?.frameFromCamera =
        RigidTransform(rotation: turn, translation: .zero) * pose
    }
    row = ComparisonDocument(try RigComparison(truth, off))
    #expect(try #require(row.rotationMax) < 1e-6 && #require(row.basketMax) < 1e-6)
    #expect(abs(try #require(row.cartRotationMax) - 0.01 * 180 / .pi) < 1e-6)
  }

  /// A principal point that is off by a little is a turn of the camera: given back, nothing is left
  /// of it but what the turn cannot explain.
  @Test func whatALensAbsorbsIsGivenBack() throws {
    var off = result
    let lens = truth.cameras[0].camera.lens
    var parameters = lens.parameters
    parameters[2] += 0.5
    off.cameras[truth.cameras[0].name]?.lens = try Lens(
      kind: lens.kind, width: lens.width, height: lens.height, parameters: parameters)
    let pose = truth.cameras[0].camera.frameFromCamera
    // What a solve does with such a lens: it turns the camera.
    off.cameras[truth.cameras[0].name]?.frameFromCamera.rotation =
      pose.rotation * Rotation(rotationVector: Vector3(0, 0.5 / parameters[0], 0))
    let row = ComparisonDocument(try RigComparison(truth, off))
    #expect(try #require(row.rotationMax) > 0.03)
    #expect(try #require(row.effectiveRotationMax) < 0.015)
    #expect(try #require(row.coveredMax) > 0.01 && #require(row.coveredMax) < 0.5)
  }

  @Test func missingCamerasAreNamed() throws {
    var off = result
    off.cameras[truth.cameras[2].name] = nil
    off.isInCart = false
    let row = ComparisonDocument(try RigComparison(truth, off))
    #expect(row.missing == [truth.cameras[2].name] && row.cameras == 2)
    #expect(row.cartRotationMax == nil && row.rotationMean != nil)
    off.cameras = [:]
    #expect(throws: SimulationError.self) { try RigComparison(truth, off) }
  }

  @Test(arguments: ["truth-1", "comparison-1"])
  func theSchemasSayEverything(_ name: String) throws {
    #expect(try SchemaFile("Simulation/Schemas/\(name).schema.json").omissions == [])
  }
}
