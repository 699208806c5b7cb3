import Documents
import Measurements

/// Verdicts for people.
enum VerdictText {
  /// The verdict of a whole, with how many of its checks say so.
  static func line(_ verdict: Verdict, _ checks: [LimitCheck]) -> String {
    let all = checks.count
    let count = checks.filter { $0.verdict == verdict }.count
    switch verdict {
    case .pass: return all > 0 ? "pass: all \(NumberText.count(all, "limit")) kept" : "pass"
    case .marginal:
      return "marginal: \(count) of \(NumberText.count(all, "value")) only just within the limit"
    case .fail:
      return "fail: do not use it, \(count) of \(NumberText.count(all, "limit")) not kept"
    case .notDetermined: return "not determined: these pictures cannot answer for all of it"
    case .notAsked: return "not asked: no limits were given"
    }
  }

  /// A verdict alone.
  static func word(_ verdict: Verdict) -> String {
    verdict.rawValue.split(separator: "_").joined(separator: " ")
  }
}
