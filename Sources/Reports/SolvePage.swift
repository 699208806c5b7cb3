package import BoardDetection
package import Bundles
import Documents
import Geometry
package import Imaging
import Measurements
import Sessions

/// The report of a solve as one HTML file that needs nothing else: `report.html` of a bundle.
///
/// Verdict first, then what to do, then the numbers and pictures behind it. The same bundle,
/// evidence and pictures give the same bytes.
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
  /// The corners left out, the furthest off first.
  let leftOutCorners: [LeftOutCorner]
  /// Of the first of them, by place in `leftOutCorners`.
  let crops: [Int: CornerCrop]

  struct LeftOutCorner {
    let camera: String
    let corner: CameraEvidence.LeftOut
  }

  /// A page of a bundle and what is left of its evidence; of evidence that is gone the page says
  /// what it cannot show.
  ///
  /// `picture` gives the picture of a camera by its file name, nil where it is gone; it is asked
  /// for a few only.
  package init(
    _ bundle: CartBundle, corners: CornersDocument?, residuals: ResidualsDocument?,
    picture: (_ camera: String, _ image: String) -> GreyImage? = { _, _ in nil }
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
    leftOutCorners = Self.worstFirst(names, evidence)
    crops = Self.crops(of: leftOutCorners, bundle.cameras, picture)
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
    content += [whatToDo, keyFigures]
    content += [checks, repairTable, cameraTable, cart, places].compactMap { $0 }
    content += [cameraSections, leftOut, footer].compactMap { $0 }
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
      VerdictMark.drawing(bundle.verdict),
      .element(
        "div", [:],
        .element(
          "p", ["class": "over"],
          "Cart \(bundle.cartSerial) \u{00B7} revision \(bundle.revision) \u{00B7} \(made)"),
        .element("h1", [:], headline), .element("p", ["class": "lead"], lead)))
  }

  var isBad: Bool { bundle.verdict == .fail || bundle.verdict == .notDetermined }

  private var headline: String {
    switch bundle.verdict {
    case .pass: "Pass"
    case .marginal: "Marginal"
    case .fail: "Fail"
    case .notDetermined: "Not determined"
    case .notAsked:
      solvedCount == names.count
        ? "Calibrated" : "\(solvedCount) of \(names.count) cameras calibrated"
    }
  }

  private var lead: String {
    let use = "Do not use this calibration"
    let all = bundle.checks.count
    func count(_ verdict: Verdict) -> Int {
      bundle.checks.filter { $0.verdict == verdict }.count
    }
    switch bundle.verdict {
    case .pass: return all > 0 ? "All \(all) checks are within their limits." : "Within all limits."
    case .marginal:
      return
        "Within all limits, but \(count(.marginal)) of \(all) checks by less than the guard band."
    case .fail:
      return all > 0
        ? "\(use): \(count(.fail)) of \(all) checks \(count(.fail) == 1 ? "is" : "are") beyond "
          + "\(count(.fail) == 1 ? "its limit" : "their limits")."
        : "\(use): a limit is not kept."
    case .notDetermined:
      return "\(use) as it is: these pictures cannot answer for all of it. "
        + "\(solvedCount) of \(NumberText.count(names.count, "camera")) could be calibrated."
    case .notAsked: return "No limits were given, so there is no verdict."
    }
  }

  private var missing: [Markup] {
    var text: String?
    if residuals == nil {
      text = "\(ResidualsDocument.path) is no longer with this bundle, so residuals, views and the "
      text? += "board's places cannot be shown. Lenses, places of cameras, their uncertainty and "
      text? += "findings are complete."
    } else if corners == nil {
      text = "evidence/corners.json is no longer with this bundle, so residuals cannot be shown "
      text? += "over the picture. All numbers are complete."
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
    ]
    if bundle.holdoutRMSPixels != nil {
      entries.append(
        (NumberLabel.fixed(bundle.holdoutRMSPixels, 3), "px", "RMS over frames held out"))
    }
    entries.append(
      (
        NumberLabel.count(bundle.cameras.values.reduce(0) { $0 + $1.corners }), "",
        "corners used"
      ))
    if residuals != nil {
      entries.append((NumberLabel.count(leftOutCorners.count), "", "corners left out"))
    }
    let sigma = bundle.board?.warpSigma?.max().map { $0 * 1000 }
    let millimetres = Deviation([sigma.map { max($0, 0.001) }], usual: 2)
    let bend = (bundle.board?.warp ?? []).map { NumberLabel.fixed($0 * 1000, millimetres.decimals) }
    var title = "bend of the board along columns, rows"
    if let sigma { title += ", \(millimetres.text(sigma)) mm" }
    entries.append((bend.joined(separator: ", "), "mm", title))
    return KeyFigures.list(entries)
  }
}
