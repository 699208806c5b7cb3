package import BoardDetection
package import Bundles
import Documents
import Geometry
import Measurements
import Sessions

/// The report of a solve as one HTML file that needs nothing else: `report.html` of a bundle.
///
/// Verdict first, then what to do, then the numbers and pictures behind it. The same bundle and
/// evidence give the same bytes.
package struct SolvePage {
  /// Its name in a revision's folder.
  package static let fileName = "report.html"

  let bundle: CartBundle
  let corners: CornersDocument?
  let residuals: ResidualsDocument?
  /// In natural order.
  let names: [String]
  /// By camera name, of those whose residuals are there.
  let evidence: [String: CameraEvidence]

  /// A page of a bundle and what is left of its evidence; of evidence that is gone the page says
  /// what it cannot show.
  package init(
    _ bundle: CartBundle, corners: CornersDocument?, residuals: ResidualsDocument?
  ) {
    self.bundle = bundle
    self.corners = corners
    self.residuals = residuals
    names = bundle.cameras.keys.sorted(by: NaturalOrder.precedes)
    var evidence: [String: CameraEvidence] = [:]
    for name in names {
      guard let own = residuals?.cameras[name] else { continue }
      evidence[name] = CameraEvidence(own, corners?.cameras[name])
    }
    self.evidence = evidence
  }

  /// The file.
  package var bytes: [UInt8] {
    let head = Markup.element(
      "head", [:], .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("title", [:], "Calibration of \(bundle.cartSerial), revision \(bundle.revision)"),
      .element("style", [:], .verbatim(PageStyle.css)))
    var content = [header]
    content += missing
    content += [keyFigures, whatToDo, cameraTable]
    content += [places, cameraSections, leftOut, footer].compactMap { $0 }
    content.append(.element("script", [:], .verbatim(SceneScript.javaScript)))
    let page = Markup.element("html", ["lang": "en"], head, .element("body", [:], content))
    return Array("<!DOCTYPE html>\n\(page.html)\n".utf8)
  }

  // MARK: - What matters first

  private var solvedCount: Int { bundle.cameras.values.filter { $0.parameters != nil }.count }

  private var header: Markup {
    let made = bundle.created.description.replacing("T", with: " ").replacing("Z", with: " UTC")
    return .element(
      "header", ["class": bundle.verdict == .pass ? "pass" : isBad ? "fail" : "open"],
      .element(
        "p", ["class": "over"],
        "Cart \(bundle.cartSerial) \u{00B7} revision \(bundle.revision) \u{00B7} \(made)"),
      .element("h1", [:], headline), .element("p", ["class": "lead"], lead))
  }

  private var isBad: Bool { bundle.verdict == .fail || bundle.verdict == .notDetermined }

  private var headline: String {
    switch bundle.verdict {
    case .pass: "Pass"
    case .marginal: "Marginal"
    case .fail: "Fail: do not use this calibration"
    case .notDetermined: "Not determined: do not use this calibration"
    case .notAsked:
      solvedCount == names.count
        ? "Calibrated" : "\(solvedCount) of \(names.count) cameras calibrated"
    }
  }

  private var lead: String {
    let next = bundle.findings.isEmpty ? "" : " What to do stands below."
    switch bundle.verdict {
    case .pass: return "Every value is within its limits." + next
    case .marginal:
      return "Every value is within its limits, but not by more than its guard." + next
    case .fail: return "A limit is not kept." + next
    case .notDetermined: return "These pictures cannot tell." + next
    case .notAsked: return "No limits were given, so there is no verdict." + next
    }
  }

  private var missing: [Markup] {
    var text: String?
    if residuals == nil {
      text = "\(ResidualsDocument.path) is no longer with this bundle, so residuals, coverage, "
      text? += "views and the board's places cannot be shown. Lenses, places of cameras and "
      text? += "findings are complete."
    } else if corners == nil {
      text = "evidence/corners.json is no longer with this bundle, so residuals and coverage "
      text? += "cannot be shown over the picture. All numbers are complete."
    }
    return text.map { [.element("p", ["class": "notice"], $0)] } ?? []
  }

  private var keyFigures: Markup {
    var entries = [
      (value: "\(solvedCount)", unit: "of \(names.count)", title: "cameras calibrated"),
      (
        value: NumberLabel.fixed(bundle.rmsPixels, 3), unit: "px",
        title: "RMS over all corners used"
      ),
      (
        value: NumberLabel.count(bundle.cameras.values.reduce(0) { $0 + $1.corners }), unit: "",
        title: "corners used"
      ),
    ]
    if residuals != nil {
      let count = evidence.values.reduce(0) { $0 + $1.leftOut.count }
      entries.append((NumberLabel.count(count), "", "corners left out"))
    }
    let bend = bundle.board.warp.map { NumberLabel.fixed($0 * 1000, 2) }
    entries.append((bend.joined(separator: ", "), "mm", "bend of the board along columns, rows"))
    return .element(
      "dl", ["class": "figures"],
      entries.map { entry in
        .element(
          "div", [:], .element("dt", [:], entry.title),
          .element(
            "dd", [:], .text(entry.value + (entry.unit.isEmpty ? "" : " ")),
            .element("small", [:], entry.unit)))
      })
  }

  private var whatToDo: Markup {
    let order: [Finding.Severity] = [.unusable, .warning, .note]
    let findings = order.flatMap { severity in
      bundle.findings.filter { $0.severity == severity }
    }
    guard !findings.isEmpty else {
      return .element(
        "section", [:], .element("h2", [:], "What to do"),
        .element("p", [:], "Nothing: there are no findings."))
    }
    let items = findings.map { finding in
      Markup.element(
        "li", ["class": finding.severity.rawValue],
        .element("p", ["class": "kind"], kind(finding)),
        .element("p", [:], [.text(finding.text, limit: 2000)]),
        .element("p", ["class": "remedy"], [.text(finding.remedy, limit: 2000)]))
    }
    return .element(
      "section", [:], .element("h2", [:], "What to do"),
      .element("ul", ["class": "findings"], [.list(items)]))
  }

  private func kind(_ finding: Finding) -> String {
    let word =
      switch finding.severity {
      case .unusable: "Problem"
      case .warning: "Warning"
      case .note: "Note"
      }
    return finding.subject.map { "\(word) \u{00B7} \($0)" } ?? word
  }
}
