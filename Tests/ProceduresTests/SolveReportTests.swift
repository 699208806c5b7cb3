import Boards
import CameraCalibration
import Documents
import Geometry
import LensModels
import Measurements
import TestSupport
import Testing

@testable import Procedures

struct SolveReportTests {
  /// A result in which everything that can be absent is there once and absent once.
  private func result() throws -> CalibrationResult {
    let lens = try Lens(
      kind: .opencv4, width: 640, height: 480,
      parameters: [533, 534, 320, 240, -0.28, 0.05, 0.001, -0.0002])
    let pose = RigidTransform(
      rotation: Rotation(rotationVector: Vector3(0.01, -0.02, 3)),
      translation: Vector3(-0.08, 0.001, 0.004))
    func outlier(_ residual: Vector2?, _ reason: OutlierCorner.Reason) -> OutlierCorner {
      OutlierCorner(
        camera: 0, image: "left/1.png", column: 2, row: 0, residual: residual, reason: reason)
    }
    func stage(
      _ name: String, _ subject: String?, _ termination: StageRecord.Termination
    ) -> StageRecord {
      StageRecord(
        name: name, subject: subject, iterations: 7, initialCost: 12.5, finalCost: 2, corners: 54,
        termination: termination)
    }
    return CalibrationResult(
      cameras: [
        CalibratedCamera(
          name: "left", width: 640, height: 480, lens: lens, referenceFromCamera: pose, views: 8,
          unanchoredViews: 1, corners: 300, rmsPixels: 0.2, holdoutRMSPixels: 0.21,
          lensCandidates: [
            LensCandidate(kind: .opencv4, holdoutRMSPixels: 0.22, refusal: nil),
            LensCandidate(kind: .opencv8, holdoutRMSPixels: nil, refusal: "has run away"),
          ], certainty: certainty()),
        CalibratedCamera(name: "right", width: 640, height: 480),
      ],
      boardWarp: BoardWarp(x: 1e-4, y: -2e-4), referenceFromBoard: [], rmsPixels: 0.2,
      holdoutRMSPixels: 0.21,
      outliers: [outlier(Vector2(0.5, -1), .beyondFourSigma)]
        + OutlierCorner.Reason.allCases.map { outlier(nil, $0) },
      findings: Finding.Severity.allCases.map {
        Finding(
          code: "no_board_found", severity: $0, subject: $0 == .note ? nil : "right", text: "Dark.",
          remedy: "Take off the lens cap.")
      },
      verdict: .notDetermined, times: CalibrationTimes(),
      log: [stage("camera_start", "left", .converged)]
        + StageRecord.Termination.allCases.map { stage("joint_adjustment", nil, $0) })
  }

  private func certainty() -> CameraCertainty {
    let cells = Array(repeating: 0.1, count: 47) + [nil]
    return CameraCertainty(
      lensSigma: [0.5, 0.5, nil, 0.3, 0.01, 0.02, nil, 1e-4],
      lensCovariance: (0..<64).map { Double($0) },
      poseCovariance: (0..<36).map { $0 % 7 == 0 ? 1e-6 : 0 },
      coverage: PictureCoverage(width: 640, height: 480),
      projection: ProjectionUncertainty(ranges: [
        .init(range: 0.4, centre: 0.1, worstCovered: 0.2, cells: cells),
        .init(range: nil, centre: nil, worstCovered: nil, cells: cells),
      ]),
      crossValidation: CrossValidationDifference(
        meanPixels: 0.1, rmsPixels: 0.12, predictedPixels: 0.1, cells: cells, predictedCells: cells)
    )
  }

  private func report(_ result: CalibrationResult, session: String?) throws -> SolveReport {
    SolveReport(
      result, board: try BoardSpec(word: "checkerboard:9x6:25mm"), session: session,
      software: Software.nameAndVersion)
  }

  /// The heaviest first; of warnings, what is wrong with the result before pictures left out.
  @Test func findingsStandInTheOrderOfTheirWeight() throws {
    func finding(_ code: String, _ severity: Finding.Severity, _ subject: String? = nil) -> Finding
    {
      Finding(code: code, severity: severity, subject: subject, text: "", remedy: "")
    }
    var report = try report(result(), session: nil)
    report.findings = [
      finding("result_note", .note), finding("result_warning", .warning),
      finding("result_unusable", .unusable), finding("both", .warning, "left"),
    ]
    report.verdict = .pass
    report.add([finding("picture_note", .note), finding("picture_warning", .warning)])
    #expect(report.verdict == .pass)
    report.add([finding("both", .unusable, "left")])
    #expect(
      report.findings.map(\.code) == [
        "both", "result_unusable", "result_warning", "picture_warning", "result_note",
        "picture_note",
      ])
    #expect(report.verdict == .notDetermined)
  }

  @Test func aReportFitsItsSchema() throws {
    let schema = try SchemaFile("Procedures/Schemas/solve-1.schema.json")
    #expect(schema.omissions == [])
    func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> Set<String> {
      Set(Word.allCases.map(\.rawValue))
    }
    #expect(schema.words("verdict") == words(Verdict.self))
    #expect(schema.words("severity") == words(Finding.Severity.self))
    #expect(schema.words("outlier_reason") == words(OutlierCorner.Reason.self))
    #expect(schema.words("termination") == words(StageRecord.Termination.self))
    #expect(schema.words("lens_model") == words(LensKind.self))

    var full = try report(result(), session: "session")
    (full.cart, full.revision, full.bundle) = ("CART-1", 1, "calibrations/CART-1/000001")
    for verdict in Verdict.allCases {
      full.verdict = verdict
      #expect(try schema.problems(in: JSONDocument.encode(full)) == [])
    }
    let nothing = CalibrationResult(
      cameras: [], boardWarp: nil, referenceFromBoard: [], rmsPixels: nil, holdoutRMSPixels: nil,
      outliers: [], findings: [], verdict: .notDetermined, times: CalibrationTimes(), log: [])
    #expect(try schema.problems(in: JSONDocument.encode(report(nothing, session: nil))) == [])
  }

  @Test func residualsAreObservedMinusPredicted() throws {
    let outliers = try report(result(), session: nil).outliers
    #expect(outliers.first?.residualPixels == [0.5, -1])
    #expect(outliers.last?.residualPixels == nil)
  }
}
