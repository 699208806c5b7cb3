import Documents
import Procedures
import Rigs

/// A rig for people: millimetres and degrees.
enum RigPrinter {
  static func lines(_ checked: CheckedRig) -> [String] {
    let (rig, checkup) = (checked.rig, checked.checkup)
    var lines = ["rig \(rig.name), board \(rig.board.word)\(basket(rig))"]
    if !rig.description.isEmpty { lines.append(Console.safe(rig.description)) }
    lines += [""] + cameras(rig, checkup)
    if checkup.places > 0, rig.cameras.count > 1 {
      lines += [""] + overlaps(rig, checkup)
    }
    if !rig.datum.isEmpty { lines += [""] + datum(rig, checkup) }
    if !checkup.findings.isEmpty { lines += [""] + FindingPrinter.lines(checkup.findings) }
    return lines + ["", "verdict   \(checkup.verdict == .pass ? "can be used" : "cannot be used")"]
  }

  private static func basket(_ rig: Rig) -> String {
    guard let size = rig.basket?.size else { return "" }
    let numbers = [size.x, size.y, size.z].map { NumberText.fixed($0 * 1000, 0) }
    return ", basket \(numbers.joined(separator: " x ")) mm"
  }

  private static func cameras(_ rig: Rig, _ checkup: RigCheckup) -> [String] {
    var table = TextTable([
      ("camera", .left), ("lens", .left), ("model", .left), ("focal px", .right),
      ("picture", .right), ("right mm", .right), ("forward mm", .right), ("up mm", .right),
      ("within", .right), ("sees", .right),
    ])
    for (index, camera) in rig.cameras.enumerated() {
      let place = camera.place.cartFromCamera.translation * 1000
      let tolerance =
        "\(NumberText.fixed(camera.place.positionTolerance * 1000, 1)) mm "
        + "\(NumberText.fixed(camera.place.angleTolerance * 180 / .pi, 1)) deg"
      table.add(
        [
          camera.role, camera.lens.family.rawValue, camera.lens.model?.rawValue ?? "auto",
          NumberText.fixed(camera.lens.focal, 1), "\(camera.width)x\(camera.height)",
        ] + [place.x, place.y, place.z].map { NumberText.fixed($0, 1) }
          + [tolerance, checkup.places == 0 ? "-" : checkup.sees[index].map { "\($0)" } ?? "-"])
    }
    return table.lines
  }

  /// A row for each camera with those that see a board together with it.
  private static func overlaps(_ rig: Rig, _ checkup: RigCheckup) -> [String] {
    var lines = ["boards seen together, of \(checkup.places) places in the basket:"]
    var table = TextTable([("", .left), ("", .left), ("", .left)])
    for (index, camera) in rig.cameras.enumerated() {
      let others = rig.cameras.indices.filter { checkup.together[index][$0] > 0 }
      let words = others.map { "\(rig.cameras[$0].role) \(checkup.together[index][$0])" }
      table.add(["", camera.role, words.isEmpty ? "nothing" : words.joined(separator: ", ")])
    }
    lines += table.lines.dropFirst()
    return lines
  }

  private static func datum(_ rig: Rig, _ checkup: RigCheckup) -> [String] {
    zip(rig.datum, checkup.datumSeenBy).map { pose, cameras in
      let sigma =
        "\(NumberText.fixed(pose.positionSigma * 1000, 3)) mm, "
        + "\(NumberText.fixed(pose.angleSigma * 180 / .pi, 3)) deg"
      let seen =
        cameras.isEmpty
        ? "by no camera" : "by \(cameras.map { rig.cameras[$0].role }.joined(separator: ", "))"
      return "datum     frame \(Console.safe(pose.frame)), known to \(sigma), seen whole \(seen)"
    }
  }
}
