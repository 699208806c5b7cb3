import Bundles
import Documents
import Geometry

extension SolvePage {
  /// Where the cameras are in the cart, and what that makes of places in the basket; nil where the
  /// cart is not known.
  var cart: Markup? {
    guard let source = bundle.cartFrame.source else { return nil }
    var content = [Markup.element("h2", [:], "In the cart"), cartTable]
    content.append(.element("p", ["class": "over"], origin(source)))
    if let basket = bundle.cartFrame.basketError {
      content += [
        .element("h4", ["class": "apart"], "What to expect of places in the basket, mm"),
        BasketFigure(basket, bundle, names).drawing,
      ]
    }
    return .element("section", [:], content)
  }

  private var cartTable: Markup {
    var table = PageTable([
      ("camera", .text), ("right mm", .number), ("forward mm", .number), ("up mm", .number),
      ("looks right, forward, up", .number), ("direction \u{00B1} degrees", .number),
    ])
    let sigmas = names.compactMap { bundle.cameras[$0]?.cartPose?.sigma }
    let millimetres = Deviation(sigmas.flatMap { $0.translation.map { $0 * 1000 } }, usual: 2)
    let degrees = Deviation(sigmas.map { Self.turn($0) }, usual: 3)
    for name in names {
      guard let place = bundle.cameras[name]?.cartPose else {
        table.add([name, "unknown", "-", "-", "-", "-"])
        continue
      }
      let pose = place.cartFromCamera.transform
      func along(_ axis: Int) -> String {
        millimetres.text(
          pose.translation[axis] * 1000, place.sigma.map { $0.translation[axis] * 1000 })
      }
      let axis = pose.rotation * Vector3(0, 0, 1)
      table.add([
        name, along(0), along(1), along(2),
        [axis.x, axis.y, axis.z].map { NumberLabel.fixed($0, 3) }.joined(separator: ", "),
        degrees.text(place.sigma.map { Self.turn($0) }),
      ])
    }
    return table.markup
  }

  private func origin(_ source: CartFrameRecord.Source) -> String {
    let rig = bundle.cartFrame.rig.map { " of rig \($0.name)" } ?? ""
    let axes = "The cart's origin is the middle of the basket's floor; after \u{00B1} stands one "
    switch source {
    case .datum where bundle.repair != nil:
      return "As the cameras that were held have it\(rig). " + axes
        + "standard deviation, what is not known of the datum included."
    case .datum:
      let used = bundle.cartFrame.datum.filter(\.used).count
      return "By \(NumberText.count(used, "datum pose"))\(rig). " + axes
        + "standard deviation, what is not known of the datum included."
    case .nominal:
      return "By the best fit to the nominal places\(rig), since no datum pose was seen. " + axes
        + "standard deviation, mostly what mounts may be off."
    }
  }
}
