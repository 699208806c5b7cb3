import CameraCalibration
import Geometry
import Measurements
import Simulation

/// What calibration said of a cart with a planted error, and how wrong its answer is.
struct ErrorsOutcome: Encodable, Sendable {
  struct SeenFinding: Encodable, Sendable {
    var code: String
    var severity: String
    var subject: String?
  }

  /// What was planted, in words.
  var planted: String
  /// The camera it is of.
  var subject: String?
  var cameras: Int
  var frames: Int
  var views: Int
  var verdict: String
  var findings: [SeenFinding]
  /// The planted error has its name and no other; for a healthy cart: nothing was found wrong.
  var isRight: Bool
  var rmsPixels: Double?
  /// The largest error of a pose relative to the first camera that was solved.
  var largestTurnDegrees: Double?
  var largestMoveMillimetres: Double?

  private enum CodingKeys: String, CodingKey {
    case planted, subject, cameras, frames, views, verdict, findings
    case isRight = "is_right"
    case rmsPixels = "rms_px"
    case largestTurnDegrees = "largest_turn_deg"
    case largestMoveMillimetres = "largest_move_mm"
  }

  init(_ draw: PlantedDraw, _ result: CalibrationResult) {
    planted = draw.words
    subject = draw.subject
    cameras = draw.session.input.cameras.count
    frames = draw.session.input.frames.count
    views = draw.session.input.views.count
    verdict = result.verdict.rawValue
    findings = result.findings.map {
      SeenFinding(code: $0.code, severity: $0.severity.rawValue, subject: $0.subject)
    }
    let alarms = result.findings.filter { $0.severity != .note }
    isRight = Self.isRight(draw.planted, subject: draw.subject, alarms)
    rmsPixels = result.rmsPixels
    let errors = Self.poseErrors(result, draw.session.truth)
    largestTurnDegrees = errors.map(\.turn).max().map { $0 * 180 / .pi }
    largestMoveMillimetres = errors.map(\.move).max().map { $0 * 1000 }
  }

  /// True when the alarms (findings of a warning or worse) name what was planted, and name no other
  /// of the planted errors; of a healthy cart, when there is none.
  static func isRight(_ planted: PlantedError, subject: String?, _ alarms: [Finding]) -> Bool {
    guard let code = planted.code else { return alarms.isEmpty }
    let named = alarms.filter { PlantedError.codes.contains($0.code) }
    return !named.isEmpty
      && named.allSatisfy {
        $0.code == code && (!planted.hasSubject || $0.subject == subject)
      }
  }

  /// By camera with a pose: radians and metres, relative to the reference camera.
  private static func poseErrors(
    _ result: CalibrationResult, _ truth: SimulatedTruth
  ) -> [(turn: Double, move: Double)] {
    let solved = result.cameras.indices.filter { result.cameras[$0].referenceFromCamera != nil }
    guard let reference = solved.first else { return [] }
    return solved.compactMap { index in
      result.cameras[index].referenceFromCamera.map { found in
        let error = truth.pose(reference, from: index).inverse * found
        return (error.rotation.angle, error.translation.length)
      }
    }
  }
}
