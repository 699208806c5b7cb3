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
    if let repair = bundle.repair { lines += [""] + RepairTable.lines(repair, names) }
    let checks = CheckTable.lines(bundle.checks)
    if !checks.isEmpty { lines += [""] + checks }
    if !bundle.findings.isEmpty { lines += [""] + FindingPrinter.lines(bundle.findings) }
    lines.append("")
    // That of a scale stands with the scale.
    if !names.isEmpty {
      lines.append("verdict   \(VerdictText.line(bundle.verdict, bundle.checks))")
    }
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

  /// What was found of a bundle's signature and files.
  static func verification(_ stored: StoredBundle) -> [String] {
    let bundle = stored.bundle
    return [
      "cart      \(Console.safe(bundle.cartSerial)), revision \(bundle.revision)"
        + (stored.isCurrent ? ", in force" : ", not in force"),
      signatureLine(stored),
      stored.missing.isEmpty
        ? "files     all as they were written"
        : "files     \(NumberText.count(stored.missing.count, "file")) pruned, all others as they "
          + "were written",
    ]
  }

  private static func signatureLine(_ stored: StoredBundle) -> String {
    guard let signature = stored.signature else {
      return "signed    not looked at: --unsigned was given"
    }
    return
      "signed    by \(signature.key), which is trusted, as \"\(Console.safe(signature.comment))\""
  }

  /// What came of putting a revision in force.
  static func activation(_ stored: StoredBundle, before: Int?) -> String {
    let cart = "\(Console.safe(stored.bundle.cartSerial)): revision \(stored.bundle.revision)"
    if before == stored.bundle.revision { return "\(cart) is in force already" }
    return "\(cart) is in force now, " + (before.map { "instead of \($0)" } ?? "where none was")
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
