import Bundles
import Documents
import Sessions

/// A bundle for people.
enum BundlePrinter {
  static func lines(_ stored: StoredBundle) -> [String] {
    let bundle = stored.bundle
    let names = bundle.cameras.keys.sorted(by: NaturalOrder.precedes)
    var lines = [
      "cart \(Console.safe(bundle.cartSerial)), revision \(bundle.revision)"
        + (stored.isCurrent ? ", in force" : ", not in force"),
      "made \(bundle.created) by \(Console.safe(bundle.software.name)) "
        + Console.safe(bundle.software.version)
        + (bundle.board.map { ", board \(Console.safe($0.word))" } ?? ""),
      "",
    ]
    lines +=
      names.isEmpty ? ["no cameras in this bundle"] : CameraTable.lenses(bundle.cameras, names)
    if let scale = bundle.scale { lines += [""] + scaleLines(scale) }
    var poses = CameraTable.cartPoses(bundle.cameras, names)
    if poses.isEmpty {
      poses = CameraTable.poses(bundle.cameras, names, reference: bundle.referenceCamera)
    }
    if !poses.isEmpty { lines += [""] + poses }
    let checks = CheckTable.lines(bundle.checks)
    if !checks.isEmpty { lines += [""] + checks }
    if !bundle.findings.isEmpty { lines += [""] + FindingPrinter.lines(bundle.findings) }
    lines += ["", "verdict   \(VerdictText.line(bundle.verdict, bundle.checks))"]
    if let parent = bundle.parent { lines.append("parent    revision \(parent.revision)") }
    for file in bundle.evidence {
      let state = stored.missing.contains(file.path) ? "no longer there" : "\(file.bytes) bytes"
      lines.append("evidence  \(Console.safe(file.path)), \(state)")
    }
    for path in stored.missing where !bundle.evidence.contains(where: { $0.path == path }) {
      lines.append("page      \(Console.safe(path)), no longer there")
    }
    guard !stored.missing.isEmpty else {
      return lines + ["files     whole, in \(Console.safe(stored.folder))"]
    }
    return lines + [
      "files     pruned: \(NumberText.count(stored.missing.count, "file")) no longer there; the "
        + "calibration and all other files are whole,",
      "          in \(Console.safe(stored.folder))",
    ]
  }

  private static func scaleLines(_ scale: ScaleSection) -> [String] {
    let record = scale.record
    var lines = [
      "scale     \(NumberText.count(record.model?.cells.count ?? 0, "cell")), calibrated "
        + "\(scale.created) with "
        + NumberText.count(record.masses.count, "mass", plural: "masses"),
      "          g = \(NumberText.fixed(record.gravity.value, 5)) m/s^2 (\(record.gravity.source.rawValue)), "
        + "\(NumberText.fixed(record.conditions.lowestTemperature, 1)) to "
        + "\(NumberText.fixed(record.conditions.highestTemperature, 1)) degC",
      "          verdict \(VerdictText.word(scale.verdict))",
    ]
    if !scale.findings.isEmpty { lines += FindingPrinter.lines(scale.findings) }
    return lines
  }
}
