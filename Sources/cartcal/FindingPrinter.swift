import Measurements

/// Findings for people: what was seen, then the next action.
enum FindingPrinter {
  /// Two lines each, the heaviest first.
  static func lines(_ findings: [Finding]) -> [String] {
    let order: [Finding.Severity] = [.unusable, .warning, .note]
    return order.flatMap { severity in
      findings.filter { $0.severity == severity }.flatMap { finding in
        [
          "\(mark(severity))  \(Console.safe(finding.text, limit: 1000))",
          "         \(Console.safe(finding.remedy, limit: 1000))",
        ]
      }
    }
  }

  private static func mark(_ severity: Finding.Severity) -> String {
    switch severity {
    case .unusable: "problem"
    case .warning: "warning"
    case .note: "note   "
    }
  }
}
