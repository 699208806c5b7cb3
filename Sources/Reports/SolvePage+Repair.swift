import Bundles

extension SolvePage {
  /// What became of the cameras of the revision that a repair rests on; nil for a whole calibration.
  var repairTable: Markup? {
    guard let repair = bundle.repair else { return nil }
    var table = PageTable([
      ("camera", .text), ("", .phrase), ("moved mm", .number), ("turned degrees", .number),
      ("sigmas", .number),
    ])
    for name in names {
      guard let camera = repair.cameras[name] else { continue }
      table.add([
        name, camera.outcome, NumberLabel.fixed(camera.shifted.map { $0 * 1000 }, 2),
        NumberLabel.fixed(camera.turned.map { $0 * 180 / .pi }, 3),
        NumberLabel.fixed(camera.shownDeviations, 1),
      ])
    }
    return .element(
      "section", [:], .element("h2", [:], "Repair of revision \(repair.from.revision)"),
      table.markup,
      .element(
        "p", ["class": "over"],
        "As found against as stored. Held cameras stay at their stored estimate, as well as that is "
          + "known; moved and turned is how far the new pictures by themselves put them from there, and "
          + "how sure that is. Of a replaced camera: how far the new one is from the old one. What was "
          + "not checked was not seen together with another camera."))
  }
}
