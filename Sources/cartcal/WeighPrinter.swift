import Documents
import Measurements
import Procedures

/// The summary of a weighing for people. Grams and millimetres, as on every screen.
enum WeighPrinter {
  static func lines(_ outcome: WeighOutcome) -> [String] {
    let report = outcome.report
    var lines: [String] = []
    if let scale = report.scale, let fit = report.fit {
      let temperatures =
        "\(NumberText.fixed(scale.conditions.lowestTemperature, 1)) to "
        + "\(NumberText.fixed(scale.conditions.highestTemperature, 1)) degC"
      lines += [
        "scale of \(NumberText.count(scale.model?.cells.count ?? 0, "cell")) calibrated with "
          + "\(NumberText.count(scale.masses.count, "mass", plural: "masses")), "
          + "\(NumberText.count(fit.placements.count, "placement")), \(temperatures)",
        "",
      ]
      lines += testLines(report.scale?.verdicts ?? [])
      let rest =
        fit.rankOfMassesAlone < (scale.model?.cells.count ?? 0)
        ? "; without the places of the masses \(fit.rankOfMassesAlone)" : ""
      lines.append(
        "known     \(fit.rank) of \(scale.model?.cells.count ?? 0) combinations of the gains, the "
          + "least known to \(NumberText.fixed(fit.weakestGain * 100, 2)) %\(rest)")
      if let line = verifyLine(report) { lines.append(line) }
    } else if outcome.isCheck {
      lines += checkLines(report)
    } else {
      lines.append("no scale calibrated")
    }
    if !report.findings.isEmpty { lines += [""] + FindingPrinter.lines(report.findings) }
    lines.append("")
    lines.append("verdict   \(verdict(report.verdict, isCheck: outcome.isCheck))")
    for file in outcome.writtenFiles { lines.append("written   \(Console.safe(file))") }
    if outcome.isCheck { return lines }
    if let bundle = report.bundle {
      let state = StoreOptions.state(
        isCurrent: outcome.isCurrent, isSigned: outcome.isSigned,
        passed: outcome.exitStatus == .done)
      lines.append("bundle    \(Console.safe(bundle)), \(state)")
      if let page = outcome.page { lines.append("report    \(Console.safe(page))") }
    } else {
      lines.append(
        report.cart == nil
          ? "bundle    none: give --cart SERIAL to store one" : "bundle    none: nothing to store")
    }
    return lines
  }

  /// What a check found: nothing was calibrated.
  private static func checkLines(_ report: WeighReport) -> [String] {
    guard let scale = report.scale else { return ["nothing could be checked"] }
    let revision = scale.asFoundRevision.map { " of revision \($0)" } ?? ""
    return [
      "calibration\(revision) checked with "
        + "\(NumberText.count(scale.masses.count, "mass", plural: "masses")), "
        + "\(NumberText.count(scale.placements.count, "placement")); nothing was changed", "",
    ] + testLines(scale.verdicts.filter { $0.occasion == nil || $0.occasion == "in_service" })
  }

  private static func verdict(_ verdict: Verdict, isCheck: Bool) -> String {
    switch verdict {
    case .pass:
      isCheck
        ? "pass: within all limits in service (OIML R 76-1)"
        : "pass: within all limits of initial verification (OIML R 76-1)"
    case .marginal: "marginal: within the limits, but by less than the uncertainty"
    case .fail: "fail: do not use it; see the tests above"
    case .notDetermined: "not determined: this session cannot answer for all of it"
    case .notAsked: "not asked: no limits were given"
    }
  }

  /// One line a kind of test: the worst of it.
  private static func testLines(_ evaluations: [WeighReport.Evaluation]) -> [String] {
    var order: [String] = []
    for evaluation in evaluations where !order.contains(evaluation.test) {
      order.append(evaluation.test)
    }
    return order.compactMap { test in
      let known = evaluations.filter { $0.test == test && $0.value != nil }
      guard let worst = known.max(by: { share($0) < share($1) }), let value = worst.value else {
        return nil
      }
      var line =
        test.replacing("_", with: " ").padded(to: 15) + grams(value) + " at "
        + "\(NumberText.fixed(worst.load, worst.load < 1 ? 1 : 0)) kg"
      if let expanded = worst.expandedUncertainty { line += ", U = \(grams(expanded))" }
      if let limit = worst.limit {
        line += ", limit \(grams(limit)): \(worst.verdict.rawValue.replacing("_", with: " "))"
      }
      if let note = worst.note { line += " (\(Console.safe(note)))" }
      return line
    }
  }

  /// How much of its limit a value takes; the value itself where there is no limit.
  private static func share(_ evaluation: WeighReport.Evaluation) -> Double {
    abs(evaluation.value ?? 0) / (evaluation.limit ?? 1)
  }

  private static func verifyLine(_ report: WeighReport) -> String? {
    guard !report.verify.isEmpty else { return nil }
    let sigmas = report.verify.values.map(\.massSigma)
    return "unknown   \(NumberText.count(report.verify.count, "load")) estimated, standard "
      + "uncertainty \(grams(sigmas.min() ?? 0)) to \(grams(sigmas.max() ?? 0))"
  }

  private static func grams(_ kilograms: Double) -> String {
    "\(NumberText.fixed(kilograms * 1000, 2)) g"
  }
}
