import Bundles
import Documents

/// Two bundles beside each other for people: millimetres, degrees, grams.
enum DifferencePrinter {
  static func lines(_ difference: BundleDifference) -> [String] {
    let names = difference.cameras.keys.sorted(by: NaturalOrder.precedes)
    var lines = [
      "a         cart \(side(difference.a))", "b         cart \(side(difference.b))",
      "verdict   \(verdict(difference))", "",
    ]
    if !names.isEmpty { lines += cameras(difference, names) + [""] }
    for (label, only) in [("only in a ", difference.onlyInA), ("only in b ", difference.onlyInB)]
    where !only.isEmpty {
      lines.append(label + only.map { Console.safe($0) }.joined(separator: ", "))
    }
    lines.append(frameLine(difference))
    if let basket = difference.basket { lines.append(basketLine(basket)) }
    if let scale = difference.scale { lines += scaleLines(scale) }
    return lines
  }

  private static func side(_ side: BundleDifference.Side) -> String {
    "\(Console.safe(side.cart)), revision \(side.revision), made \(side.created)"
  }

  private static func verdict(_ difference: BundleDifference) -> String {
    guard !difference.isSame else {
      return "same: nothing differs by more than both are uncertain by, and than matters"
    }
    let other = difference.cameras.values.count { $0.judgement != .same }
    var parts: [String] = []
    if other > 0 { parts.append("\(other) of \(difference.cameras.count) cameras") }
    if !difference.onlyInA.isEmpty || !difference.onlyInB.isEmpty {
      parts.append("which cameras there are")
    }
    if difference.scale?.isSame == false { parts.append("the scale") }
    return "different: " + parts.joined(separator: ", ")
  }

  private static func cameras(
    _ difference: BundleDifference, _ names: [String]
  ) -> [String] {
    var table = TextTable([
      ("camera", .left), ("", .left), ("lens px", .right), ("of", .right), ("moved mm", .right),
      ("+-", .right), ("turned deg", .right), ("+-", .right), ("sigmas", .right),
    ])
    for name in names {
      guard let camera = difference.cameras[name] else { continue }
      let pose = camera.pose
      table.add([
        Console.safe(name), word(camera.judgement), NumberText.fixed(camera.lens?.rms, 3),
        NumberText.fixed(camera.lens?.expected, 3),
        NumberText.fixed(pose.map { $0.shifted * 1000 }, 2),
        NumberText.fixed(pose?.shiftedSigma.map { $0 * 1000 }, 2),
        NumberText.fixed(pose.map { $0.turned * 180 / .pi }, 3),
        NumberText.fixed(pose?.turnedSigma.map { $0 * 180 / .pi }, 3),
        NumberText.fixed(pose?.deviations.map { min(99, max(0, $0)) }, 1),
      ])
    }
    return table.lines
  }

  private static func word(_ judgement: CameraDifference.Judgement) -> String {
    switch judgement {
    case .same: "same"
    case .moved: "moved"
    case .differentLens: "different lens"
    case .notCompared: "not compared"
    }
  }

  private static func frameLine(_ difference: BundleDifference) -> String {
    switch difference.frame {
    case .cart: "places    compared in the cart, as its datum tells it in both"
    case .camera:
      "places    compared from \(Console.safe(difference.referenceCamera ?? "-")), which most others "
        + "agree with"
    case nil: "places    not compared: no two cameras have places in both"
    }
  }

  private static func basketLine(_ basket: BasketDifference) -> String {
    guard let rms = basket.rms, let worst = basket.worst else {
      return "basket    no place is seen by two cameras of both"
    }
    let expected =
      basket.expected.map { ", \(NumberText.fixed($0 * 1000, 2)) mm expected" } ?? ""
    return
      "basket    places are off by \(NumberText.fixed(rms * 1000, 2)) mm rms\(expected); at worst "
      + "\(NumberText.fixed(worst * 1000, 2)) mm"
  }

  private static func scaleLines(_ scale: ScaleDifference) -> [String] {
    var table = TextTable([
      ("load", .left), ("kg", .right), ("b less a g", .right), ("+-", .right),
    ])
    for load in scale.loads {
      table.add([
        load.cell.map { "on cell \($0)" } ?? "in the middle", NumberText.fixed(load.mass, 3),
        NumberText.fixed(load.difference * 1000, 2), NumberText.fixed(load.sigma * 1000, 2),
      ])
    }
    return [""] + table.lines
  }
}
