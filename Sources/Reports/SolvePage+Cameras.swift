import Bundles
import Documents
import Geometry
import LensModels

extension SolvePage {
  /// One row a camera: its lens and how well it fits.
  var cameraTable: Markup {
    let showsCoverage = corners != nil && residuals != nil
    var table = PageTable(
      [
        ("camera", .text), ("lens", .word), ("focal lengths px", .number), ("centre px", .number),
        ("RMS px", .number), ("hold-out px", .number), ("views", .number), ("corners", .number),
      ] + (showsCoverage ? [("covered %", .number)] : []))
    for name in names {
      guard let camera = bundle.cameras[name] else { continue }
      let lens = camera.parameters
      var cells = [
        name, camera.model?.rawValue ?? "not solved",
        pair(lens?.fx, lens?.fy), pair(lens?.cx, lens?.cy), NumberLabel.fixed(camera.rmsPixels, 3),
        NumberLabel.fixed(camera.holdoutRMSPixels, 3), views(camera),
        NumberLabel.count(camera.corners),
      ]
      if showsCoverage {
        cells.append(
          evidence[name].map { evidence in
            let share = CoverageFigure(frame(camera), evidence).share
            return NumberLabel.fixed(share * 100, 0)
          } ?? "-")
      }
      table.add(cells)
    }
    return .element(
      "section", [:], .element("h2", [:], "Cameras"), table.markup,
      .element(
        "p", ["class": "over"],
        "Hold-out: the RMS over frames that had no part in the lens, the camera's place and the "
          + "board's bend." + (showsCoverage ? " Covered: parts of the picture with corners." : ""))
    )
  }

  /// Where the cameras are, as a table and in space; nil where that is unknown or there is one.
  var places: Markup? {
    let scene = SceneFigure(bundle, names, residuals).drawing
    var content: [Markup] = []
    if let reference = bundle.referenceCamera, names.count > 1 {
      var table = PageTable([
        ("from \(reference)", .text), ("distance mm", .number), ("right mm", .number),
        ("down mm", .number), ("forward mm", .number), ("turned degrees", .number),
      ])
      for name in names where name != reference {
        guard let pose = bundle.cameras[name]?.referenceFromCamera?.transform else {
          table.add([name, "unknown", "-", "-", "-", "-"])
          continue
        }
        let place = pose.translation * 1000
        table.add(
          [name]
            + [place.length, place.x, place.y, place.z].map { NumberLabel.fixed($0, 1) }
            + [NumberLabel.fixed(pose.rotation.angle * 180 / .pi, 2)])
      }
      content.append(table.markup)
    }
    if let scene { content.append(scene) }
    guard !content.isEmpty else { return nil }
    return .element("section", [:], [.element("h2", [:], "Places")] + content)
  }

  /// A section for each camera with evidence: figures over the picture and by view.
  var cameraSections: Markup? {
    let sections = names.compactMap { name -> Markup? in
      guard let camera = bundle.cameras[name], let evidence = evidence[name] else { return nil }
      var figures: [Markup] = []
      if corners != nil, !evidence.marks.isEmpty {
        let residuals = ResidualFigures(frame: frame(camera), evidence: evidence)
        // So many cameras as a page may show, it stays of a size that every device can open.
        let limit = min(ResidualFigures.vectorLimit, max(100, 30_000 / names.count))
        figures += [
          residuals.vectors(limit: limit), CoverageFigure(frame(camera), evidence).drawing,
          residuals.pattern(),
        ]
      }
      figures.append(ViewBars.drawing(evidence, cameraRMS: camera.rmsPixels))
      return .element(
        "section", ["class": "camera-page"], .element("h3", [:], name),
        .element("p", ["class": "over"], summary(camera)),
        .element("div", ["class": "pair"], figures))
    }
    return sections.isEmpty
      ? nil
      : .element(
        "section", [:], .element("h2", [:], "Camera by camera"),
        .element("p", ["class": "over"], Self.howToRead), .list(sections))
  }

  private static let howToRead = """
    Residuals run from where the solution puts a corner to where it was seen, at the scale of the \
    bar below; crosses mark corners left out. Coverage counts the corners used in each part of \
    the picture: where there are none, nothing backs the lens. A lens that fits leaves short mean \
    residuals in no order; those larger than chance explains (1 in 100) are bold; parts with fewer \
    than five corners have none. Each view has a bar of its own; dashed is the camera's RMS.
    """

  private func summary(_ camera: CameraRecord) -> String {
    let picture = "\(camera.width) \u{00D7} \(camera.height) px"
    guard let model = camera.model, let lens = camera.parameters else {
      return "\(picture), no lens could be solved"
    }
    let coefficients = lens.distortion.map { NumberLabel.fixed($0, 5) }.joined(separator: ", ")
    let words = lens.distortion.isEmpty ? "" : ", distortion \(coefficients)"
    return "\(picture), \(model.rawValue)\(words)"
  }

  private func frame(_ camera: CameraRecord) -> PictureFrame {
    PictureFrame(width: camera.width, height: camera.height)
  }

  private func pair(_ a: Double?, _ b: Double?) -> String {
    guard let a, let b else { return "-" }
    return "\(NumberLabel.fixed(a, 1)), \(NumberLabel.fixed(b, 1))"
  }

  private func views(_ camera: CameraRecord) -> String {
    "\(camera.views)" + (camera.unanchoredViews > 0 ? " + \(camera.unanchoredViews) part" : "")
  }
}
