import Documents
import Measurements

extension SolvePage {
  /// More rows say no more.
  private static let rowLimit = 40

  /// The numbers held against limits; nil where none were.
  var checks: Markup? {
    guard !bundle.checks.isEmpty else { return nil }
    var table = PageTable([
      ("what", .phrase), ("verdict", .word), ("value", .number), ("limit", .phrase),
      ("camera", .text),
    ])
    let rows = bundle.checks.telling
    for (check, count) in rows.prefix(Self.rowLimit) {
      let subject = check.subject ?? "the rig"
      let guardText = check.verdict == .marginal ? check.guardText.map { ", \($0)" } : nil
      table.add(markup: [
        [.text(check.title, limit: 100)],
        [
          .element(
            "span", ["class": "mark \(check.verdict.rawValue)"],
            VerdictMark.drawing(check.verdict, name: "small"),
            .text(Self.word(check.verdict)))
        ],
        [.text(check.valueText.replacing("-", with: "\u{2212}"))],
        [.text(check.limitText + (guardText ?? ""))],
        [.text(count > 1 ? "\(subject), worst of \(count)" : subject, limit: 200)],
      ])
    }
    var content = [
      Markup.element("h2", [:], "Checks"), .element("p", ["class": "count"], count), table.markup,
    ]
    if rows.count > Self.rowLimit {
      content.append(
        .element("p", ["class": "over"], "And \(rows.count - Self.rowLimit) more in bundle.json."))
    }
    return .element("section", [:], content)
  }

  /// How many checks came out how.
  private var count: String {
    let order: [Verdict] = [.fail, .notDetermined, .marginal, .pass]
    let parts = order.compactMap { verdict -> String? in
      let count = bundle.checks.filter { $0.verdict == verdict }.count
      return count > 0 ? "\(count) \(Self.word(verdict))" : nil
    }
    return "\(NumberText.count(bundle.checks.count, "check")): \(parts.joined(separator: ", "))."
  }

  static func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "pass"
    case .marginal: "marginal"
    case .fail: "fail"
    case .notDetermined: "not determined"
    case .notAsked: "not asked"
    }
  }
}
