import Boards
import CameraCalibration
import Documents
import Files
import Geometry
import Glibc
import LensModels
import Measurements
import Testing

@testable import Procedures
@testable import cartcal

/// What a technician sees after a solve, held against files in `Golden`; with CARTCAL_GOLDEN=write
/// in the environment they are written anew, to be looked at before they are committed.
struct SolveSummaryTests {
  private static func camera(_ name: String, at x: Double?) throws -> CalibratedCamera {
    guard let x else { return CalibratedCamera(name: name, width: 1280, height: 800) }
    let lens = try Lens(
      kind: .opencv4, width: 1280, height: 800, parameters: [640, 641, 639, 399, -0.1, 0, 0, 0])
    var covariance = Array(repeating: 0.0, count: 36)
    for axis in 0..<6 where x > 0 { covariance[7 * axis] = axis < 3 ? 4e-8 : 9e-10 }
    return CalibratedCamera(
      name: name, width: 1280, height: 800, lens: lens,
      referenceFromCamera: RigidTransform(rotation: .identity, translation: Vector3(x, 0, 0)),
      views: 28, corners: 1900, rmsPixels: 0.11, holdoutRMSPixels: 0.12,
      certainty: CameraCertainty(
        lensSigma: [0.21, 0.22, 0.2, 0.2, 0.01, 0.01, nil, nil], lensCovariance: nil,
        poseCovariance: covariance, coverage: PictureCoverage(width: 1280, height: 800)))
  }

  /// Cameras by name; those in `lost` have no lens.
  private static func outcome(
    _ names: [String], lost: Set<String> = [], findings: [Finding] = [],
    verdict: Verdict = .notAsked, bundle: String? = "calibrations/CART-0042/000007",
    written: [String] = []
  ) throws -> SolveOutcome {
    let cameras = try names.enumerated().map {
      try camera($1, at: lost.contains($1) ? nil : 0.1 * Double($0))
    }
    let isSolved = lost.count < names.count
    let result = CalibrationResult(
      cameras: cameras, boardWarp: isSolved ? BoardWarp(x: 4e-4, y: -2e-4) : nil,
      referenceFromBoard: [], rmsPixels: isSolved ? 0.11 : nil,
      holdoutRMSPixels: isSolved ? 0.12 : nil,
      outliers: isSolved
        ? [
          OutlierCorner(
            camera: 0, image: "a/1.png", column: 2, row: 0, residual: nil, reason: .beyondFourSigma)
        ] : [], findings: findings, verdict: verdict, times: CalibrationTimes(), log: [])
    var report = SolveReport(
      result, board: try BoardSpec(word: "checkerboard:10x7:25mm"), session: "session",
      software: "cartcal")
    report.checks = verdict == .notAsked ? [] : checks(of: names, verdict)
    report.cart = bundle == nil ? nil : "CART-0042"
    report.bundle = isSolved ? bundle : nil
    var outcome = SolveOutcome(report: report, cameraNames: names)
    outcome.isCurrent = isSolved && verdict.exitStatus == .done
    outcome.writtenFiles = written
    return outcome
  }

  /// Two checks a camera; the first comes out as the whole.
  private static func checks(of names: [String], _ verdict: Verdict) -> [LimitCheck] {
    let values: [Verdict: Double] = [.pass: 0.2, .marginal: 0.59, .fail: 0.7]
    return names.enumerated().flatMap { index, name in
      [index == 0 ? values[verdict] : 0.1, 0.1].map { value in
        LimitCheck(
          name: "holdout_rms", subject: name, value: value, .atMost, limit: 0.6, guardBand: 0.06,
          unit: .pixels)
      }
    }
  }

  private static let dark = Finding(
    code: "no_board_found", severity: .unusable, subject: "rear_left",
    text: "Camera rear_left: none of its 60 pictures shows the board.",
    remedy: "Take off its lens cap, light the board, and check that the board word is right.")

  private static let apart = Finding(
    code: "disconnected_cameras", severity: .unusable, subject: "rear_right",
    text: "Camera rear_right never sees the board at the same instant as the others, so its place "
      + "among them cannot be known. It comes nearest to doing so in 0012.jpg, 0013.jpg, 0014.jpg, "
      + "0015.jpg and 0016.jpg, where front_right sees the whole board and rear_right a part.",
    remedy: "Hold the board where rear_right and one of its neighbours see it whole, keep it still "
      + "for a moment, and take five pictures more.")

  private static let mixed = Finding(
    code: "mixed_sizes", severity: .warning, subject: "left",
    text:
      "Camera left: 007.jpg (1281 x 721) left out, because most of its pictures are 1280 x 800.",
    remedy: "Keep other cameras' pictures out of this folder.")

  private static let note = Finding(
    code: "files_left_out", severity: .note, text: "1 file was not used: notes.txt.",
    remedy: "Nothing, if that is meant.")

  private static let six = [
    "front_left", "front_right", "middle", "rear_left", "rear_right", "top",
  ]

  static let golden: [(name: String, outcome: @Sendable () throws -> SolveOutcome)] = [
    ("stereo", { try outcome(["left", "right"], written: ["solve.json"]) }),
    ("stereo-pass", { try outcome(["left", "right"], findings: [note], verdict: .pass) }),
    ("stereo-marginal", { try outcome(["left", "right"], verdict: .marginal) }),
    ("stereo-warning", { try outcome(["left", "right"], findings: [note, mixed]) }),
    ("one-camera", { try outcome(["cam0"], bundle: nil) }),
    ("six-cameras", { try outcome(six) }),
    (
      "six-one-hopeless",
      {
        try outcome(six, lost: ["rear_left"], findings: [dark, note], verdict: .notDetermined)
      }
    ),
    (
      "six-failing",
      {
        try outcome(
          six, lost: ["rear_left"], findings: [mixed, apart, dark], verdict: .notDetermined,
          written: ["solve.json", "corners.json"])
      }
    ),
    (
      "all-hopeless",
      {
        try outcome(
          ["left", "right"], lost: ["left", "right"], findings: [dark], verdict: .notDetermined)
      }
    ),
    ("fail", { try outcome(["left", "right"], findings: [apart], verdict: .fail) }),
  ]

  private static var folder: String {
    let parts = #filePath.split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/") + "/Golden/"
  }

  @Test(arguments: golden.map(\.name))
  func theSummaryIsAsItWasAgreed(_ name: String) throws {
    let entry = try #require(Self.golden.first { $0.name == name })
    let text = SolveSummary(try entry.outcome()).lines.map { $0 + "\n" }.joined()
    let file = Self.folder + name + ".txt"
    if getenv("CARTCAL_GOLDEN").map({ String(cString: $0) }) == "write" {
      try AtomicFile.write(Array(text.utf8), to: file)
    }
    let agreed = String(decoding: try Files.read(file, limit: 10_000), as: UTF8.self)
    #expect(text == agreed, "\(file) holds\n\(agreed)but the summary is\n\(text)")
  }

  /// Eight lines, and 80 columns but for paths.
  @Test(arguments: golden.map(\.name))
  func theSummaryIsShort(_ name: String) throws {
    let entry = try #require(Self.golden.first { $0.name == name })
    let lines = SolveSummary(try entry.outcome()).lines
    #expect(lines.count <= 8 && lines.count >= 4)
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(lines[0].hasPrefix("verdict   "))
  }

  /// Sixty-four cameras with names of 64 characters, and texts from hostile files.
  @Test func hostileNamesStayInTheirLines() throws {
    let names = (0..<64).map { index in
      String(repeating: "camera_", count: 9) + (index < 10 ? "" : "\(index / 10)") + "\(index % 10)"
    }
    let hostile = "\u{1B}[2J\n" + String(repeating: "evil ", count: 300)
    let finding = Finding(
      code: "no_board_found", severity: .unusable, subject: names[0], text: hostile,
      remedy: String(repeating: "x", count: 500))
    let lines = SolveSummary(
      try Self.outcome(
        names, lost: Set(names.dropFirst(9)), findings: [finding], verdict: .notDetermined)
    ).lines
    #expect(lines.count <= 8)
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(!lines.joined().contains("\u{1B}") && !lines.joined().contains("\n"))
    #expect(lines[1].contains("9 of 64 calibrated, not "))
  }
}
