import Documents
import Measurements
import Procedures

/// What a solve says to people: a summary and, where asked for, all tables and findings.
/// Millimetres and degrees, as on every screen.
enum SolvePrinter {
  static func print(_ outcome: SolveOutcome, details: Bool, timing: Bool) {
    let summary = SolveSummary(outcome).lines
    for (index, line) in summary.enumerated() {
      Console.say(index == 0 ? Console.emphasised(line) : line)
    }
    if details { for line in [""] + detailLines(outcome) { Console.say(line) } }
    guard timing else { return }
    Console.say()
    for line in timingLines(outcome.report) { Console.say(line) }
  }

  /// Tables of lenses and places, what they rest on, and every finding in full.
  static func detailLines(_ outcome: SolveOutcome) -> [String] {
    let report = outcome.report
    let names = outcome.cameraNames
    let cameras = report.cameras.mapValues(\.record)
    var lines = CameraTable.lenses(cameras, names)
    var poses = CameraTable.cartPoses(cameras, names)
    if poses.isEmpty {
      poses = CameraTable.poses(cameras, names, reference: report.referenceCamera)
    }
    if !poses.isEmpty { lines += [""] + poses }
    if let repair = report.repair { lines += [""] + RepairTable.lines(repair, names) }
    let results = resultLines(report)
    if !results.isEmpty { lines += [""] + results }
    let checks = CheckTable.lines(report.checks)
    if !checks.isEmpty { lines += [""] + checks }
    if !report.findings.isEmpty { lines += [""] + FindingPrinter.lines(report.findings) }
    return lines
  }

  private static func resultLines(_ report: SolveReport) -> [String] {
    var lines: [String] = []
    if let warp = report.boardWarpMetres {
      let sigma =
        report.boardWarpSigmaMetres?.max().map { " (\(NumberText.fixed($0 * 1000, 3)) one sigma)" }
        ?? ""
      lines.append(
        "board     bent by \(NumberText.fixed(warp[0] * 1000, 2)) mm along columns, "
          + "\(NumberText.fixed(warp[1] * 1000, 2)) mm along rows\(sigma)")
    }
    if let line = cartLine(report) { lines.append(line) }
    if let line = basketLine(report) { lines.append(line) }
    if !report.outliers.isEmpty {
      let images = Dictionary(grouping: report.outliers, by: \.image).mapValues(\.count)
      let most = images.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2)
      lines.append(
        "left out  \(NumberText.count(report.outliers.count, "corner")) that did not fit, most in "
          + most.map { "\(Console.safe($0.key)) (\($0.value))" }.joined(separator: ", "))
    }
    return lines
  }

  private static func basketLine(_ report: SolveReport) -> String? {
    guard let basket = report.basketError, let rms = basket.rms, let worst = basket.worst else {
      return nil
    }
    let pixels = basket.perPixel.compactMap { $0 }.sorted()
    let median = pixels.isEmpty ? nil : pixels[pixels.count / 2] * 1000
    return "basket    points known to \(NumberText.fixed(rms * 1000, 3)) mm rms, worst "
      + "\(NumberText.fixed(worst * 1000, 3)) mm, with the best two cameras"
      + (basket.frame == .reference ? ", relative to them" : "")
      + "; \(NumberText.fixed(basket.covered * 100, 0)) % seen by two; a pixel adds "
      + "\(NumberText.fixed(median, 2)) mm"
  }

  private static func cartLine(_ report: SolveReport) -> String? {
    switch report.cartFrame {
    case nil: return nil
    case .nominal: return "cart      by the best fit of the cameras to their nominal places"
    case .datum where report.repair != nil:
      return "cart      as the cameras that were held have it"
    case .datum:
      let used = report.datum.filter(\.used)
      let worst = used.compactMap(\.distance).max().map { $0 * 1000 }
      let scale =
        report.boardScale.map {
          "; the board's size is off by \(NumberText.fixed(($0.ratio - 1) * 100, 3)) % "
            + "+/- \(NumberText.fixed($0.sigma * 100, 3)) %"
        } ?? ""
      return "cart      by \(NumberText.count(used.count, "datum pose")), met within "
        + "\(NumberText.fixed(worst, 3)) mm\(scale)"
    }
  }

  private static func timingLines(_ report: SolveReport) -> [String] {
    let timing = report.timing
    let stages = [
      ("decode", timing.decode), ("detect", timing.detect), ("lens choice", timing.lensChoice),
      ("start", timing.start), ("solve", timing.solve), ("validate", timing.validate),
      ("certainty", timing.certainty),
      ("diagnose", timing.diagnose), ("write", timing.write), ("all", timing.total),
    ]
    var table = TextTable([("stage", .left), ("CPU ms", .right)])
    for (name, seconds) in stages { table.add([name, NumberText.fixed(seconds * 1000, 1)]) }
    table.add(["(wall)", NumberText.fixed(timing.wall * 1000, 1)])
    return table.lines + [
      "peak memory \(NumberText.fixed(Double(report.peakResidentBytes) / 1e6, 1)) MB"
    ]
  }
}
