import Bundles
import Documents
import Geometry

extension SolvePage {
  /// One row a camera: its lens and how well it fits.
  var cameraTable: Markup {
    var table = PageTable([
      ("camera, lens", .text), ("focal lengths x, y px", .number), ("centre x, y px", .number),
      ("RMS px", .number), ("hold-out px", .number), ("far away px", .number),
      ("views, corners", .number), ("covered %", .number),
    ])
    let sigmas = names.compactMap { bundle.cameras[$0]?.certainty.sigma }
    let focal = Deviation(sigmas.flatMap { [$0.fx, $0.fy] }, usual: 2)
    let centre = Deviation(sigmas.flatMap { [$0.cx, $0.cy] }, usual: 2)
    for name in names {
      guard let camera = bundle.cameras[name] else { continue }
      let sigma = camera.certainty.sigma
      let far = camera.certainty.projection?.ranges.last
      let lens = camera.parameters
      table.add(lines: [
        [name, camera.model?.rawValue ?? "not solved"],
        pair(focal, lens?.fx, lens?.fy, sigma.map { ($0.fx, $0.fy) }),
        pair(centre, lens?.cx, lens?.cy, sigma.map { ($0.cx, $0.cy) }),
        [NumberLabel.fixed(camera.rmsPixels, 3)], [NumberLabel.fixed(camera.holdoutRMSPixels, 3)],
        [far.map { PixelScale.text($0.worstCovered) } ?? "-"],
        [views(camera), NumberLabel.count(camera.corners)],
        [camera.certainty.coverage.map { NumberLabel.fixed($0.fraction * 100, 0) } ?? "-"],
      ])
    }
    return .element(
      "section", [:], .element("h2", [:], "Cameras"), table.markup,
      .element(
        "p", ["class": "over"],
        "After \u{00B1} stands one standard deviation; a question mark where the data leave the "
          + "value open. Hold-out: the RMS over frames that had no part in the lens, the camera's "
          + "place and the board's bend. Far away: how sure the pixel of a far point is, at worst "
          + "where corners were seen. Covered: parts of the picture with corners."))
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
      let others = names.filter { $0 != reference }
      let sigmas = others.compactMap { bundle.cameras[$0]?.certainty.poseSigma }
      let millimetres = Deviation(
        sigmas.flatMap { $0.translation.map { $0 * 1000 } }, usual: 2)
      let degrees = Deviation(sigmas.map { Self.turn($0) }, usual: 3)
      for name in others {
        guard let camera = bundle.cameras[name],
          let pose = camera.referenceFromCamera?.transform
        else {
          table.add([name, "unknown", "-", "-", "-", "-"])
          continue
        }
        let place = pose.translation * 1000
        let sigma = camera.certainty.poseSigma
        func along(_ axis: Int) -> String {
          guard let sigma else {
            return NumberLabel.fixed(place[axis], millimetres.decimals)
          }
          return millimetres.text(place[axis], sigma.translation[axis] * 1000)
        }
        let turned = pose.rotation.angle * 180 / .pi
        table.add([
          name, NumberLabel.fixed(place.length, millimetres.decimals), along(0), along(1),
          along(2),
          sigma.map { degrees.text(turned, Self.turn($0)) }
            ?? NumberLabel.fixed(turned, degrees.decimals),
        ])
      }
      content.append(table.markup)
      content.append(
        .element(
          "p", ["class": "over"],
          "Right, down and forward as \(reference) looks. After \u{00B1} stands one standard "
            + "deviation, for turned that of the whole direction."))
    }
    if let scene { content.append(scene) }
    guard !content.isEmpty else { return nil }
    return .element("section", [:], [.element("h2", [:], "Places")] + content)
  }

  /// Two values on lines of their own; nothing is said of deviations where none are known.
  private func pair(
    _ form: Deviation, _ x: Double?, _ y: Double?, _ sigma: (x: Double?, y: Double?)?
  ) -> [String] {
    guard x != nil, y != nil else { return ["-"] }
    guard let sigma else {
      return [NumberLabel.fixed(x, form.decimals), NumberLabel.fixed(y, form.decimals)]
    }
    return [form.text(x, sigma.x), form.text(y, sigma.y)]
  }

  /// One standard deviation of the angle by which a direction may be off, degrees.
  static func turn(_ sigma: PoseSigma) -> Double {
    sigma.rotation.reduce(0) { $0 + $1 * $1 }.squareRoot() * 180 / .pi
  }

  private func views(_ camera: CameraRecord) -> String {
    "\(camera.views)" + (camera.unanchoredViews > 0 ? " + \(camera.unanchoredViews) part" : "")
  }
}
