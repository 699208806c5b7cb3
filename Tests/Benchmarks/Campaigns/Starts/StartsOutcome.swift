import CameraCalibration
import Measurements

/// What came of one random rig.
struct StartsOutcome: Encodable, Sendable {
  /// What was drawn, in words.
  var style: String
  /// How far the whole rig is from the truth; nil where nothing was solved.
  var squaredDistance: Double?
  /// Degrees of freedom of the distance.
  var freedom: Int
  /// The probability of no greater distance.
  var probability: Double?
  /// Cameras that are wrong in what they are used for (see `CameraErrors`).
  var wrongCameras: [String]
  /// Codes of findings that name why the result, or a part of it, is not to be trusted.
  var naming: [String]
  /// Codes of all other warnings.
  var warnings: [String]
  var verdict: Verdict
  /// Of the thread that solved it.
  var cpuSeconds: Double

  private enum CodingKeys: String, CodingKey {
    case style
    case squaredDistance = "squared_distance"
    case freedom, probability
    case wrongCameras = "wrong_cameras"
    case naming, warnings, verdict
    case cpuSeconds = "cpu_s"
  }

  /// Outside the bound that a right result leaves once in 1000 draws; true where nothing was solved.
  var isOutside: Bool { !(probability ?? 1 <= 0.999) }
  /// Outside the bound that a right result leaves once in a million.
  var isFarOutside: Bool { !(probability ?? 1 <= 1 - 1e-6) }

  /// True for findings that name why a result is wrong or cannot be trusted. Few views, outliers and
  /// a poor hold-out are no such reason as long as they are warnings.
  static func names(_ finding: Finding) -> Bool {
    switch finding.severity {
    case .note: return false
    case .unusable: return true
    case .warning:
      return [
        "focal_not_determined", "weak_direction", "weak_link", "runaway_lens",
        "principal_point_far", "not_converged",
      ].contains(finding.code)
    }
  }
}
