package import Bundles
package import Documents
package import Measurements

/// The certificate of a scale as one HTML file that needs nothing else: `scale.html` of a bundle, or
/// of a weighing that is stored nowhere.
///
/// It holds what a calibration certificate has to (ISO/IEC 17025:2017, 7.8.2 and 7.8.4), verdict
/// first. What no program knows, such as who authorises it, is left to be filled in. The same
/// subject gives the same bytes.
package struct ScalePage {
  /// Its name in a revision's folder.
  package static let fileName = "scale.html"

  /// What a page is about.
  package struct Subject: Equatable, Sendable {
    package var cart: String?
    /// Of the bundle that it is stored in.
    package var revision: Int?
    /// True where a calibration in force was held against loads and nothing was changed.
    package var isCheck: Bool
    package var created: UTCTime
    /// Name and version.
    package var software: String
    package var findings: [Finding]
    package var verdict: Verdict

    package init(
      cart: String?, revision: Int?, isCheck: Bool, created: UTCTime, software: String,
      findings: [Finding], verdict: Verdict
    ) {
      self.cart = cart
      self.revision = revision
      self.isCheck = isCheck
      self.created = created
      self.software = software
      self.findings = findings
      self.verdict = verdict
    }
  }

  let subject: Subject
  /// Nil where the session gave no calibration: then findings say why.
  let record: ScaleRecord?
  let text: ScaleText

  package init(_ subject: Subject, _ record: ScaleRecord?) {
    self.subject = subject
    self.record = record
    text = ScaleText(record)
  }

  /// Nil for a bundle without a scale.
  package init?(_ bundle: CartBundle) {
    guard let section = bundle.scale else { return nil }
    self.init(
      Subject(
        cart: bundle.cartSerial, revision: bundle.revision, isCheck: false,
        created: section.created, software: "\(section.software.name) \(section.software.version)",
        findings: section.findings, verdict: section.verdict), section.record)
  }

  /// The file.
  package var bytes: [UInt8] {
    let head = Markup.element(
      "head", [:], .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("title", [:], "Scale of \(name)"),
      .element("style", [:], .verbatim(PageStyle.css), .verbatim(Self.css)))
    let content = [
      header, whatToDo, keyFigures, tests, drawings, uncertainty, masses, particulars, footer,
    ].compactMap { $0 }
    let page = Markup.element("html", ["lang": "en"], head, .element("body", [:], content))
    return Array("<!DOCTYPE html>\n\(page.html)\n".utf8)
  }

  private static let css: StaticString = """
    .limits{fill:var(--accent);fill-opacity:.07;stroke:none}
    .limit{fill:none;stroke:var(--accent);stroke-opacity:.55;stroke-width:1.4}
    .limit.outer{stroke-dasharray:3 5;stroke-opacity:.5}
    .found{fill:#fff;stroke:#7c8791;stroke-width:1.7}
    .down{fill:#fff;stroke:var(--accent);stroke-width:1.7}
    .dot{fill:var(--accent);stroke:none}
    .off{fill:var(--alarm)}
    .whisker{fill:none;stroke:var(--accent);stroke-width:1.4}
    .basket{fill:var(--pale);stroke:#c3cad1;stroke-width:1.4}
    .key{stroke:none}
    svg text{font-variant-numeric:tabular-nums}
    svg .near{text-anchor:start;fill:var(--soft)}
    td .limit-of{color:var(--soft);white-space:nowrap}
    td .mark svg.small{margin-right:.35em}
    td.sum,tr.sum td{font-weight:600}
    .blank{display:inline-block;min-width:16rem;border-bottom:1px solid #aeb7c0;height:1.1em}
    .legend{color:var(--soft)}
    .running{display:none}
    @media print{.running{display:block;position:fixed;bottom:-9mm;right:0;font-size:8pt;
    color:var(--soft)}}
    """

  // MARK: - What matters first

  /// What the certificate is cited by.
  var identification: String? {
    guard let cart = subject.cart, let revision = subject.revision else { return nil }
    return "\(cart)-\(revision)"
  }

  private var name: String {
    subject.cart.map { "cart \($0)" } ?? "a cart that was not named"
  }

  private var isBad: Bool { subject.verdict == .fail || subject.verdict == .notDetermined }

  private var header: Markup {
    var over = [subject.isCheck ? "Check of a scale in service" : "Calibration of a scale", name]
    if let identification { over.append("certificate \(identification)") }
    over.append(ScaleText.date(subject.created))
    return .element(
      "header", ["class": subject.verdict == .pass ? "pass" : isBad ? "fail" : "open"],
      VerdictMark.drawing(subject.verdict),
      .element(
        "div", [:],
        .element("p", ["class": "over"], [.text(over.joined(separator: " \u{00B7} "), limit: 300)]),
        .element("h1", [:], headline), .element("p", ["class": "lead"], lead)))
  }

  private var headline: String {
    switch subject.verdict {
    case .pass: "Pass"
    case .marginal: "Marginal"
    case .fail: "Fail"
    case .notDetermined: "Not determined"
    case .notAsked: subject.isCheck ? "Checked" : record == nil ? "Not calibrated" : "Calibrated"
    }
  }

  private var lead: String {
    let occasion = subject.isCheck ? "in service" : "of initial verification"
    let basis = "evaluated against the limits \(occasion), OIML R 76-1:2006"
    switch subject.verdict {
    case .pass: return "Within all limits, \(basis)."
    case .marginal: return "Within the limits, but by less than the uncertainty, \(basis)."
    case .fail: return "A limit is not kept, \(basis). Do not use this scale."
    case .notDetermined:
      return record == nil
        ? "This session gives no calibration."
        : "This session cannot answer for all of it, \(basis)."
    case .notAsked: return "No class, Max and e were given, so nothing was evaluated."
    }
  }

  private var whatToDo: Markup {
    let needed =
      subject.findings.filter { $0.severity == .unusable }
      + subject.findings.filter { $0.severity == .warning }
    let notes = subject.findings.filter { $0.severity == .note }
    var content = [Markup.element("h2", [:], "What to do")]
    if needed.isEmpty {
      content.append(
        .element(
          "p", [:],
          isBad
            ? "See below which tests are beyond their limits or missing, and weigh again."
            : "Nothing has to be done."))
    } else {
      content.append(.element("ol", ["class": "findings"], [.list(needed.map(Self.item))]))
    }
    if !notes.isEmpty {
      content.append(.element("h4", ["class": "notes"], "Worth knowing"))
      content.append(.element("ul", ["class": "findings"], [.list(notes.map(Self.item))]))
    }
    return .element("section", [:], content)
  }

  private static func item(_ finding: Finding) -> Markup {
    .element(
      "li", ["class": finding.severity.rawValue],
      .element("p", ["class": "remedy"], [.text(finding.remedy, limit: 2000)]),
      .element("p", ["class": "seen"], [.text(finding.text, limit: 2000)]))
  }

  private var keyFigures: Markup? {
    guard let record else { return nil }
    var entries: [(value: String, unit: String, title: String)] = []
    if let plate = record.plate, let last = plate.ranges.last {
      entries.append(
        (
          ScaleText.number(last.capacity), "kg",
          "Max, class \(plate.accuracyClass), Min \(ScaleText.mass(plate.minimum))"
        ))
      entries.append(
        (
          plate.ranges.map { ScaleText.number($0.interval * 1000) }.joined(separator: ", "), "g",
          "verification scale interval e"
        ))
    }
    if let worst = record.placements.max(by: { abs($0.error) < abs($1.error) }) {
      entries.append(
        (
          text.signedNumber(worst.error), "g", "largest error, at \(ScaleText.mass(worst.nominal))"
        ))
    }
    if let heaviest = record.uncertainty.max(by: { $0.load < $1.load }),
      let expanded = heaviest.expanded
    {
      entries.append(
        (text.number(expanded), "g", "U of the error at \(ScaleText.mass(heaviest.load))"))
    }
    entries.append(("\(record.placements.count)", "", "placements of known masses"))
    return KeyFigures.list(entries)
  }

  private var footer: Markup {
    let citation =
      identification.map { "Certificate \($0)" }
      ?? (subject.isCheck ? "Check of \(name)" : "Calibration of \(name), stored in no bundle")
    return .element(
      "footer", ["class": "foot"],
      .element(
        "p", [:], [.text("\(citation). End of certificate.", limit: 300)]),
      .element(
        "p", ["class": "running"],
        [.text("\(citation), \(ScaleText.date(subject.created))", limit: 300)]))
  }
}
