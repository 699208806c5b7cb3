import BoardDetection
import Boards
import Documents
import Geometry
import LensModels
import Measurements

@testable import Bundles

/// A solve as a report gets it: two cameras that see a board, one without a lens.
struct SampleSolve {
  var bundle: CartBundle
  var corners: CornersDocument
  var residuals: ResidualsDocument

  /// `image` names the pictures, before their number; `text` stands in the findings.
  init(image: String = "frame", text: String = "It is dark.") throws {
    let board = try BoardSpec(columns: 5, rows: 4, squareSize: 0.03)
    var cameras: [String: CameraRecord] = [
      "dark": CameraRecord(
        lens: nil, width: 640, height: 480, referenceFromCamera: nil, views: 0,
        unanchoredViews: 0, corners: 0, rmsPixels: nil, holdoutRMSPixels: nil)
    ]
    corners = CornersDocument(software: "cartcal 0.1", board: board.word, cameras: [:])
    residuals = ResidualsDocument(software: "cartcal 0.1", cameras: [:])
    for (index, name) in ["front_left", "front_right"].enumerated() {
      let lens = try Lens(
        kind: .opencv4, width: 640, height: 480,
        parameters: [500, 501, 320, 240, -0.1, 0.02, 0, 0])
      let place = RigidTransform(
        rotation: .identity, translation: Vector3(0.1 * Double(index), 0, 0))
      cameras[name] = CameraRecord(
        lens: lens, width: 640, height: 480, referenceFromCamera: PoseRecord(place), views: 6,
        unanchoredViews: 0, corners: 6 * 20 - 1, rmsPixels: 0.123, holdoutRMSPixels: 0.145,
        certainty: index == 0 ? Self.certainty : CertaintyRecord())
      (corners.cameras[name], residuals.cameras[name]) = Self.views(board, image: image)
    }
    bundle = CartBundle(
      cartSerial: "CART-0042", revision: 3, created: UTCTime(seconds: 1_790_000_000),
      software: .init(name: "cartcal", version: "0.1"),
      board: .init(word: board.word, warp: [0.0004, -0.0002], warpSigma: [2e-5, 3e-5]),
      cameras: cameras, referenceCamera: "front_left", rmsPixels: 0.123, holdoutRMSPixels: 0.151,
      findings: [
        Finding(code: "a", severity: .note, text: "A note.", remedy: "Do nothing."),
        Finding(
          code: "no_board_found", severity: .unusable, subject: "dark", text: text,
          remedy: "Take off the lens cap."),
      ],
      checks: [
        LimitCheck(
          name: "holdout_rms", subject: "front_left", value: 0.7, .atMost, limit: 0.6,
          guardBand: 0.06, unit: .pixels)
      ], verdict: .notDetermined, evidence: [], parent: nil)
  }

  /// Of front_left: the right column of the picture holds no corner.
  private static var certainty: CertaintyRecord {
    let counts = (0..<48).map { $0 % 8 == 7 ? 0 : 3 }
    var certainty = CertaintyRecord()
    certainty.sigma = LensSigma([0.41, 0.42, 0.3, 0.31, 0.01, 0.02, 1e-4, nil])
    certainty.poseSigma = PoseSigma([0, 0, 0, 0, 0, 0])
    certainty.coverage = CoverageRecord(columns: 8, rows: 6, fraction: 0.875, corners: counts)
    certainty.projection = ProjectionRecord(ranges: [
      .init(range: 0.4, centre: 0.02, worstCovered: 0.07, cells: counts.map { _ in 0.055 }),
      .init(range: 0.5, centre: 0.021, worstCovered: 0.08, cells: counts.map { _ in 0.066 }),
      .init(
        range: nil, centre: 0.5, worstCovered: 1.25,
        cells: counts.indices.map { $0 == 3 ? nil : 1234 }),
    ])
    certainty.crossValidation = CrossValidationRecord(
      mean: 0.1, rms: 0.12, predicted: 0.1, ratio: 1.2,
      cells: counts.indices.map { $0 % 8 == 7 ? nil : $0 == 10 ? 0.777 : 0.111 },
      predictedCells: counts.indices.map { $0 % 8 == 7 ? nil : 0.1 })
    return certainty
  }

  private static func views(
    _ board: BoardSpec, image: String
  ) -> (CornersDocument.Camera, ResidualsDocument.Camera) {
    var images: [String: CornersDocument.Image] = [:]
    var views: [String: ResidualsDocument.View] = [:]
    for view in 0..<6 {
      var seen: [BoardCorner] = []
      var fitted: [ResidualsDocument.Corner] = []
      for row in 0..<board.rows {
        for column in 0..<board.columns {
          seen.append(
            .init(
              column: column, row: row, x: 40 + 80 * Double(column) + 20 * Double(view),
              y: 30 + 70 * Double(row) + 15 * Double(view), sigma: 0.05))
          let isGross = view == 2 && row == 1 && column == 3
          fitted.append(
            .init(
              column: column, row: row, dx: isGross ? 7.25 : 0.1 * Double(column % 3 - 1),
              dy: 0.05 * Double(row % 2), leftOut: isGross ? "beyond_4_sigma" : nil))
        }
      }
      let name = "\(image)\(view).png"
      images[name] = .init(
        status: .complete, reason: nil,
        boards: [.init(status: .complete, ambiguous: false, corners: seen)])
      let pose = RigidTransform(
        rotation: Rotation(rotationVector: Vector3(0.1 * Double(view), 0.2, 0)),
        translation: Vector3(-0.05, 0.01 * Double(view), 0.5))
      views[name] = .init(
        frame: "frame\(view)", anchored: true, cameraFromBoard: PoseRecord(pose),
        holdoutRMSPixels: 0.15, corners: fitted)
    }
    return (.init(width: 640, height: 480, images: images), .init(views: views))
  }

  enum Kept: CaseIterable {
    case everything, residualsOnly, cornersOnly, nothing
  }
}
