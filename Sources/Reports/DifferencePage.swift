package import Bundles
import Documents
import Measurements

/// Two calibrations beside each other as one HTML file that needs nothing else.
///
/// The same two bundles give the same bytes.
package struct DifferencePage {
  private let difference: BundleDifference
  private let a: CartBundle
  /// In natural order.
  private let names: [String]

  package init(_ difference: BundleDifference, _ a: CartBundle) {
    self.difference = difference
    self.a = a
    names = difference.cameras.keys.sorted(by: NaturalOrder.precedes)
  }

  /// The file.
  package var bytes: [UInt8] {
    let head = Markup.element(
      "head", [:], .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("title", [:], "\(title(difference.a)) beside \(title(difference.b))"),
      .element("style", [:], .verbatim(PageStyle.css)))
    let content = [header, keyFigures, cameraTable, maps, scale, footer].compactMap { $0 }
    let page = Markup.element("html", ["lang": "en"], head, .element("body", [:], content))
    return Array("<!DOCTYPE html>\n\(page.html)\n".utf8)
  }

  private func title(_ side: BundleDifference.Side) -> String {
    "\(side.cart) revision \(side.revision)"
  }

  // MARK: - What matters first

  private var header: Markup {
    .element(
      "header", ["class": difference.isSame ? "pass" : "fail"],
      VerdictMark.drawing(difference.isSame ? .pass : .fail),
      .element(
        "div", [:],
        .element(
          "p", ["class": "over"],
          "a: cart \(title(difference.a)) \u{00B7} b: cart \(title(difference.b))"),
        .element("h1", [:], difference.isSame ? "The same" : "Different"),
        .element("p", ["class": "lead"], lead)))
  }

  private var lead: String {
    func list(_ judgement: CameraDifference.Judgement) -> String? {
      let own = names.filter { difference.cameras[$0]?.judgement == judgement }
      return own.isEmpty ? nil : own.joined(separator: ", ")
    }
    var parts: [String] = []
    if let names = list(.moved) { parts.append("moved: \(names)") }
    if let names = list(.differentLens) { parts.append("another lens: \(names)") }
    if let names = list(.notCompared) { parts.append("not compared: \(names)") }
    if !difference.onlyInA.isEmpty {
      parts.append("only in a: \(difference.onlyInA.joined(separator: ", "))")
    }
    if !difference.onlyInB.isEmpty {
      parts.append("only in b: \(difference.onlyInB.joined(separator: ", "))")
    }
    if difference.scale?.isSame == false { parts.append("the scale reads otherwise") }
    guard !parts.isEmpty else {
      return "Nothing differs by more than both calibrations are uncertain by, and than matters."
    }
    return parts.joined(separator: "; ") + "."
  }

  private var keyFigures: Markup {
    let cameras = difference.cameras.values
    var entries: [(value: String, unit: String, title: String)] = []
    if let worst = cameras.compactMap(\.lens?.rms).max() {
      entries.append((PixelScale.text(worst), "px", "largest difference of a lens, RMS"))
    }
    if let shift = cameras.compactMap(\.pose?.shifted).max() {
      entries.append((NumberLabel.fixed(shift * 1000, 2), "mm", "largest move of a camera"))
    }
    if let turn = cameras.compactMap(\.pose?.turned).max() {
      entries.append((NumberLabel.fixed(turn * 180 / .pi, 3), "deg", "largest turn of a camera"))
    }
    if let basket = difference.basket, let rms = basket.rms {
      let foretold = basket.expected.map { ", \(NumberLabel.fixed($0 * 1000, 2)) expected" } ?? ""
      entries.append(
        (NumberLabel.fixed(rms * 1000, 2), "mm", "places in the basket, RMS\(foretold)"))
    }
    if let scale = difference.scale {
      entries.append(
        (NumberLabel.fixed(scale.worst * 1000, 2), "g", "largest difference of a load"))
    }
    return KeyFigures.list(entries)
  }

  // MARK: - Cameras

  private var cameraTable: Markup? {
    guard !names.isEmpty else { return nil }
    var table = PageTable([
      ("camera", .text), ("", .word), ("lens px", .number), ("expected px", .number),
      ("moved mm", .number), ("\u{00B1} mm", .number), ("turned deg", .number),
      ("\u{00B1} deg", .number), ("sigmas", .number),
    ])
    for name in names {
      guard let camera = difference.cameras[name] else { continue }
      let (lens, pose) = (camera.lens, camera.pose)
      table.add([
        name, Self.words(camera.judgement), PixelScale.text(lens?.rms),
        PixelScale.text(lens?.expected), NumberLabel.fixed(pose.map { $0.shifted * 1000 }, 2),
        NumberLabel.fixed(pose?.shiftedSigma.map { $0 * 1000 }, 2),
        NumberLabel.fixed(pose.map { $0.turned * 180 / .pi }, 3),
        NumberLabel.fixed(pose?.turnedSigma.map { $0 * 180 / .pi }, 3),
        NumberLabel.fixed(pose?.deviations.map { min(99, max(0, $0)) }, 1),
      ])
    }
    return .element(
      "section", [:], .element("h2", [:], "Cameras"), table.markup,
      .element("p", ["class": "over"], howToRead))
  }

  static func words(_ judgement: CameraDifference.Judgement) -> String {
    switch judgement {
    case .same: "same"
    case .moved: "moved"
    case .differentLens: "different lens"
    case .notCompared: "not compared"
    }
  }

  private var howToRead: String {
    let place =
      switch difference.frame {
      case .cart: "Places are compared in the cart, as its datum tells it in both."
      case .camera:
        "Places are compared as \(difference.referenceCamera ?? "-") sees them, the camera that "
          + "most others agree with."
      case nil: "No two cameras have places in both."
      }
    return
      "Lens: how far apart both lenses see a far point, root mean square over the picture, after "
      + "the rotation that brings them nearest; expected: what the uncertainties of both explain. "
      + "\(place) After \u{00B1} stands one standard deviation of both together; sigmas: move and turn "
      + "together. Moved is a camera beyond 6 sigmas and 0.5 mm or 0.06 degrees; a different lens one "
      + "that is 0.3 px off beyond three times what is expected."
  }

  private var maps: Markup? {
    let figures = names.compactMap { name -> Markup? in
      guard let lens = difference.cameras[name]?.lens, let camera = a.cameras[name] else {
        return nil
      }
      let frame = PictureFrame(
        width: camera.width, height: camera.height,
        coverage: CoverageRecord(
          columns: lens.columns, rows: lens.rows, fraction: 1,
          corners: Array(repeating: 1, count: lens.columns * lens.rows)))
      guard frame.cellCount == lens.cells.count else { return nil }
      let map = CellMap(
        frame: frame,
        cells: zip(lens.cells, lens.expectedCells).map { found, expected in
          guard let found else { return CellMap.Cell(text: "", below: nil, shade: 0) }
          return CellMap.Cell(
            text: PixelScale.text(found), below: expected.map { "of \(PixelScale.text($0))" },
            shade: PixelScale.shade(found), isBold: expected.map { found > 3 * $0 } ?? false)
        }, isBacked: nil)
      return Figure.drawing(
        "\(name), px", frame.drawing("Difference of the lenses of \(name)", map.content),
        "\(PixelScale.text(lens.rms)) px over all, at most \(PixelScale.text(lens.worst)) px. Below, "
          + "what both uncertainties let expect; bold beyond three times that. Empty where one of "
          + "both saw no corners.")
    }
    guard !figures.isEmpty else { return nil }
    return .element(
      "section", [:], .element("h2", [:], "Lenses over the picture"),
      .element("div", ["class": "pair"], figures))
  }

  // MARK: - Scale

  private var scale: Markup? {
    guard let scale = difference.scale else { return nil }
    var table = PageTable([
      ("load", .text), ("as a reads it, kg", .number), ("b less a, g", .number),
      ("\u{00B1} g", .number),
    ])
    for load in scale.loads {
      table.add([
        load.cell.map { "on cell \($0)" } ?? "in the middle", NumberLabel.fixed(load.mass, 3),
        NumberLabel.fixed(load.difference * 1000, 2), NumberLabel.fixed(load.sigma * 1000, 2),
      ])
    }
    return .element("section", [:], .element("h2", [:], "Scale"), table.markup)
  }

  private var footer: Markup {
    .element(
      "p", ["class": "foot"],
      "a made \(difference.a.created), b made \(difference.b.created). Calibrations that rest on each "
        + "other, as after a repair, share errors, and differ by less than is expected here.")
  }
}
