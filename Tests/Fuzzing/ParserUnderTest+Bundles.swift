import Bundles
import Documents
import Geometry
import LensModels
import Measurements

/// What a reader in Swift takes: `bundle.json`, and the information that a repair rests on.
extension ParserUnderTest {
  static let bundles = [bundleJSON, informationJSON]

  private static let bundleJSON = ParserUnderTest(
    name: "bundle.json", corpus: corpus { try sampleBundles().map { try JSONDocument.encode($0) } },
    check: { input in
      do throws(DocumentError) {
        let bundle = try JSONDocument.decode(
          CartBundle.self, from: input, file: "bundle.json", schema: CartBundle.schema)
        // What is taken can be used, written, and read again as it was.
        for camera in bundle.cameras.values {
          do throws(LensError) { _ = try camera.lens?.project(Vector3(0.1, 0.1, 1)) } catch {
            return "a lens that cannot be: \(error)"
          }
        }
        _ = BundleDifference(bundle, bundle)
        let bytes = try JSONDocument.encode(bundle)
        let again = try JSONDocument.decode(
          CartBundle.self, from: bytes, file: "bundle.json", schema: CartBundle.schema)
        return again == bundle ? nil : "it reads back as another"
      } catch {
        return nil
      }
    })

  private static let informationJSON = ParserUnderTest(
    name: "information.json",
    corpus: corpus {
      [
        try JSONDocument.encode(
          InformationDocument(
            software: "s", frame: .cart,
            unknowns: [
              .init(camera: "a", name: "fx"), .init(camera: nil, name: "warp_x"),
              .init(camera: nil, name: "warp_y"),
            ], lower: [4, 1, 9, 0, 0.5, 2e10], rank: 3))
      ]
    },
    check: { input in
      do throws(DocumentError) {
        let document = try JSONDocument.decode(
          InformationDocument.self, from: input, file: "information.json",
          schema: InformationDocument.schemaName)
        let count = document.unknowns.count
        return document.lower.count == count * (count + 1) / 2 ? nil : "no triangle"
      } catch {
        return nil
      }
    })

  /// Inputs that this software makes itself; a programmer's mistake where it cannot.
  private static func corpus(_ make: () throws -> [[UInt8]]) -> [[UInt8]] {
    do { return try make() } catch { fatalError("no corpus: \(error)") }
  }

  private static func sampleBundles() throws -> [CartBundle] {
    var draft = BundleDraft(
      cart: try Name("CART-1", of: .cartSerial), created: BundleStore.earliestTime,
      software: .init(name: "s", version: "1"),
      board: .init(word: "checkerboard:9x6:25mm", warp: [1e-4, -2e-4], warpSigma: [1e-5, 1e-5]),
      cameras: [:], referenceCamera: "cam0", rmsPixels: 0.1, holdoutRMSPixels: 0.2,
      findings: [Finding(code: "a", severity: .note, text: "b", remedy: "c")], verdict: .pass,
      evidence: ["evidence/corners.json": [1, 2, 3]])
    let coefficients: [LensKind: [Double]] = [
      .pinhole: [], .opencv4: [-0.2, 0.05, 1e-3, -2e-4], .kannalaBrandt4: [0.01, -0.002, 0, 0],
    ]
    for (index, kind) in [LensKind.pinhole, .opencv4, .kannalaBrandt4].enumerated() {
      let pose = RigidTransform(
        rotation: Rotation(rotationVector: Vector3(0, 0.3 * Double(index), 0)),
        translation: Vector3(0.2 * Double(index), 0, 0.1))
      var camera = CameraRecord(
        lens: try Lens(
          kind: kind, width: 640, height: 480,
          parameters: [500, 501, 320, 240] + (coefficients[kind] ?? [])),
        width: 640, height: 480, referenceFromCamera: PoseRecord(pose), views: 9,
        unanchoredViews: 1, corners: 100, rmsPixels: 0.1, holdoutRMSPixels: 0.2)
      camera.certainty.coverage = CoverageRecord(
        columns: 2, rows: 1, fraction: 0.5, corners: [0, 100])
      camera.certainty.projection = ProjectionRecord(ranges: [
        .init(range: nil, centre: nil, worstCovered: 0.2, cells: [0.4, 0.2])
      ])
      camera.certainty.poseCovariance = CovarianceRecord(pose: (0..<36).map { Double($0) })
      camera.cartPose = CartPoseRecord(cartFromCamera: PoseRecord(pose))
      draft.cameras["cam\(index)"] = camera
    }
    let plain = CartBundle(draft, revision: 1, parent: nil)
    draft.cartFrame.source = .datum
    draft.cartFrame.datum = [.init(frame: "0", used: true, distance: 1e-4, angle: 1e-3)]
    draft.repair = RepairRecord(
      from: .init(revision: 1, sha256: String(repeating: "0", count: 64)), frame: .cart,
      cameras: [
        "cam0": .init(
          replaced: true, moved: false, asFound: nil, asLeft: PoseRecord(.identity), turned: 0.1,
          shifted: 0.2, deviations: nil)
      ])
    let repaired = CartBundle(
      draft, revision: 2, parent: .init(revision: 1, sha256: String(repeating: "0", count: 64)))
    return [plain, repaired]
  }
}
