import Documents
import Geometry
import LensModels
import Measurements

@testable import Bundles

/// A draft with every kind of value: a solved camera, one without a lens, findings.
func sampleDraft(
  cart: String = "CART-0042", corners: String = "{}\n", verdict: Verdict = .notAsked
) throws -> BundleDraft {
  let lens = try Lens(
    kind: .opencv5, width: 640, height: 480,
    parameters: [533.05, 533.06, 341.7, 234.8, -0.28, 0.05, 0.001, -0.0002, 0.13])
  let pose = PoseRecord(
    RigidTransform(
      rotation: Rotation(rotationVector: Vector3(0.01, -0.02, 3)),
      translation: Vector3(-0.0833, 0.001, 0.004)))
  return BundleDraft(
    cart: try Name(cart, of: .cartSerial), created: UTCTime(seconds: 1_790_000_000),
    session: "/srv/pictures/CART-0042",
    software: .init(name: "cartcal", version: "0.1"),
    board: .init(word: "checkerboard:9x6:25mm", warp: [0.0001, -0.0002], warpSigma: [1e-5, 2e-5]),
    cameras: [
      "cam0": CameraRecord(
        lens: lens, width: 640, height: 480, referenceFromCamera: pose, views: 13,
        unanchoredViews: 1, corners: 720, rmsPixels: 0.181, holdoutRMSPixels: 0.19,
        certainty: sampleCertainty()),
      "dark": CameraRecord(
        lens: nil, width: 640, height: 480, referenceFromCamera: nil, views: 0,
        unanchoredViews: 0, corners: 0, rmsPixels: nil, holdoutRMSPixels: nil),
    ],
    referenceCamera: "cam0", rmsPixels: 0.181, holdoutRMSPixels: 0.19,
    findings: [
      Finding(
        code: "no_board_found", severity: .warning, subject: "dark", text: "It is dark.",
        remedy: "Take off the lens cap."),
      Finding(code: "files_left_out", severity: .note, text: "a", remedy: "b"),
    ], verdict: verdict, evidence: ["evidence/corners.json": Array(corners.utf8)])
}

/// Of an opencv5 lens; with a coefficient that the data leave open.
private func sampleCertainty() -> CertaintyRecord {
  var certainty = CertaintyRecord()
  certainty.sigma = LensSigma([0.5, 0.51, 0.3, 0.31, 0.01, 0.02, 1e-4, 1e-4, nil])
  certainty.poseSigma = PoseSigma([1e-3, 2e-3, 3e-4, 1e-4, 2e-4, 3e-4])
  certainty.lensCovariance = CovarianceRecord(
    lens: .opencv5, values: (0..<81).map { 1 / Double($0 + 1) })
  certainty.poseCovariance = CovarianceRecord(pose: (0..<36).map { 1e-6 / Double($0 + 1) })
  certainty.coverage = CoverageRecord(columns: 2, rows: 1, fraction: 0.5, corners: [0, 720])
  certainty.projection = ProjectionRecord(ranges: [
    .init(range: 0.5, centre: 0.02, worstCovered: 0.1, cells: [nil, 0.1]),
    .init(range: nil, centre: nil, worstCovered: 0.2, cells: [0.4, 0.2]),
  ])
  certainty.crossValidation = CrossValidationRecord(
    mean: 0.1, rms: 0.12, predicted: 0.1, ratio: 1.2, cells: [nil, 0.1],
    predictedCells: [nil, 0.08])
  return certainty
}
