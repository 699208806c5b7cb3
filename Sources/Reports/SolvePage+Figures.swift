import Bundles
import Geometry

extension SolvePage {
  /// Residuals drawn on a page, all cameras together: it stays of a size that every device opens.
  private static let vectorsOnPage = 9000

  /// A section for each camera with something to show: figures over the picture and by view.
  var cameraSections: Markup? {
    let sections = names.compactMap { name -> Markup? in
      guard let camera = bundle.cameras[name] else { return nil }
      let figures = figures(camera, evidence[name])
      guard !figures.isEmpty else { return nil }
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

  private func figures(_ camera: CameraRecord, _ evidence: CameraEvidence?) -> [Markup] {
    let coverage = camera.certainty.coverage
    let frame = PictureFrame(width: camera.width, height: camera.height, coverage: coverage)
    var figures: [Markup] = []
    if let evidence, corners != nil, !evidence.marks.isEmpty {
      let residuals = ResidualFigures(frame: frame, evidence: evidence)
      let limit = min(
        ResidualFigures.vectorLimit, max(100, Self.vectorsOnPage / max(1, self.evidence.count)))
      let middle = Vector2(Double(camera.width - 1), Double(camera.height - 1)) * 0.5
      let centre = camera.parameters.map { Vector2($0.cx, $0.cy) } ?? middle
      figures += [residuals.vectors(limit: limit), residuals.pattern()]
      figures += [RadialFigure(evidence, centre: centre).drawing].compactMap { $0 }
    }
    if let evidence, !evidence.views.isEmpty {
      figures.append(ViewBars.drawing(evidence, cameraRMS: camera.rmsPixels))
    }
    let certainty = CertaintyFigures(frame: frame, certainty: camera.certainty)
    if let coverage, coverage.corners.count == frame.cellCount {
      figures.append(CoverageFigure.drawing(frame, coverage))
    }
    figures += [certainty.crossValidation()].compactMap { $0 }
    return figures + certainty.projection()
  }

  private static let howToRead = """
    Residuals run from where the solution puts a corner to where it was seen, at the scale of the \
    bar below; crosses mark corners left out. A lens that fits leaves short mean residuals in no \
    order; those larger than chance explains (1 in 100) are bold. Each view has a bar of its own; \
    dashed is the camera's RMS. Numbers over the picture belong to its parts; on all maps in px the \
    same shade is the same size. Uncertainty is one standard deviation of the pixel at which a \
    point is seen, in the worst direction; outside the outlined parts, in grey, nothing backs it. \
    Even against odd: the lens from every second frame against that from the others; below, what \
    noise explains.
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
}
