import Measurements

/// Verdicts for people.
enum VerdictText {
  static func line(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "pass"
    case .marginal: "marginal: within the limits, but only just"
    case .fail: "fail: do not use this calibration"
    case .notDetermined: "not determined: these pictures cannot answer for all of it"
    case .notAsked: "not asked: no limits were given"
    }
  }
}
