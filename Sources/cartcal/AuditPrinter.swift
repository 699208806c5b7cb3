import Documents
import Procedures

/// What an audit found, for people.
enum AuditPrinter {
  static func lines(_ report: AuditReport) -> [String] {
    let revisions = report.carts.reduce(0) { $0 + $1.revisions.count }
    var lines = [
      "store     \(Console.safe(report.store))",
      "carts     \(report.carts.count), with \(NumberText.count(revisions, "revision"))",
      "signed    "
        + (report.looksAtSignatures
          ? "all looked at" : "not looked at: --unsigned was given"),
    ]
    if let since = report.since { lines.append("masses    of scales calibrated since \(since)") }
    let bad = report.carts.filter { !$0.problems.isEmpty }
    guard !bad.isEmpty else {
      return lines + ["verdict   nothing is missing or changed, and masses were in date"]
    }
    lines.append(
      "verdict   \(NumberText.count(report.problems.count, "problem")) with \(bad.count) of "
        + "\(report.carts.count) carts")
    for cart in bad {
      lines += ["", Console.safe(cart.cart)]
      for problem in cart.problems.prefix(20) {
        lines += TextWrap.lines(
          "\(problem.code.rawValue): " + Console.safe(problem.text, limit: 1000), indent: 2,
          width: 88)
      }
      if cart.problems.count > 20 { lines.append("  and \(cart.problems.count - 20) more") }
    }
    return lines
  }
}
