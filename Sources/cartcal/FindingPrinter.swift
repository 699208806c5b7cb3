import Measurements

/// Findings for people: what was seen, then the next action.
enum FindingPrinter {
  private static let width = 96

  /// What was seen, then what to do, the heaviest first.
  static func lines(_ findings: [Finding]) -> [String] {
    let order: [Finding.Severity] = [.unusable, .warning, .note]
    return order.flatMap { severity in
      findings.filter { $0.severity == severity }.flatMap { finding -> [String] in
        let mark = mark(severity)
        let text = TextWrap.lines(
          Console.safe(finding.text, limit: 1000), indent: mark.count, width: width)
        let remedy = TextWrap.lines(
          Console.safe(finding.remedy, limit: 1000), indent: mark.count, width: width)
        return [mark + text[0].dropFirst(mark.count)] + text.dropFirst() + remedy
      }
    }
  }

  private static func mark(_ severity: Finding.Severity) -> String {
    switch severity {
    case .unusable: "problem   "
    case .warning: "warning   "
    case .note: "note      "
    }
  }
}
