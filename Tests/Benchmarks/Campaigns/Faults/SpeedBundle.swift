import Bundles
import Documents
import Files
import Geometry
import LensModels
import Simulation

/// A signed bundle of six cameras with as much evidence as a solve of thirty frames leaves.
final class SpeedBundle: Sendable {
  private let folder: TemporaryPlace
  private let store: BundleStore
  private let cart: Name
  /// Of all files that are read.
  let bytes: Int

  init() throws {
    folder = try TemporaryPlace()
    let key = try SecretKey.generate()
    try Files.makeFolder(folder("keys"))
    try AtomicFile.write(
      Array(key.publicKey.fileText.utf8), to: folder("keys/\(key.publicKey.id).pub"))
    store = BundleStore(
      path: folder("store"), trust: .signed(by: try TrustedKeys(folder: folder("keys"))))
    cart = try Name("CART-1", of: .cartSerial)
    var numbers = SeededNumbers(1)
    var cameras: [String: CameraRecord] = [:]
    for index in 0..<6 {
      let lens = try Lens.drawn(.opencv8, focal: 0.5, &numbers)
      var certainty = CertaintyRecord()
      certainty.lensCovariance = CovarianceRecord(
        lens: .opencv8, values: (0..<144).map { _ in numbers.normal() })
      certainty.poseCovariance = CovarianceRecord(pose: (0..<36).map { _ in numbers.normal() })
      certainty.projection = ProjectionRecord(ranges: [
        .init(
          range: nil, centre: 0.1, worstCovered: 0.2,
          cells: (0..<48).map { _ in numbers.uniform(0, 1) })
      ])
      cameras["camera\(index)"] = CameraRecord(
        lens: lens, width: 1280, height: 800,
        referenceFromCamera: PoseRecord(
          RigidTransform(
            rotation: numbers.rotation(upTo: 1), translation: numbers.direction() * 0.3)),
        views: 30, unanchoredViews: 0, corners: 1600, rmsPixels: 0.1, holdoutRMSPixels: 0.1,
        certainty: certainty)
    }
    let evidence = Array(repeating: UInt8(ascii: "7"), count: 1_000_000)
    let stored = try store.write(
      BundleDraft(
        cart: cart, created: BundleStore.earliestTime,
        software: .init(name: "campaigns", version: "1"),
        board: .init(word: "checkerboard:9x6:25mm", warp: [0, 0]), cameras: cameras,
        referenceCamera: "camera0", rmsPixels: 0.1, findings: [], verdict: .pass,
        evidence: [
          "evidence/corners.json": evidence, "evidence/residuals.json": evidence,
          "evidence/information.json": Array(evidence.prefix(100_000)),
        ]), activate: true, key: key,
      pages: { _ in ["report.html": Array(evidence.prefix(500_000))] })
    bytes =
      2_600_000 + (try Files.size(of: stored.folder + "/bundle.json"))
      + (try Files.size(of: stored.folder + "/bundle.bin"))
  }

  func load() throws(BundleError) { _ = try store.load(cart) }
}
