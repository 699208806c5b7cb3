import Documents
import Measurements
import Procedures

/// The summary of a solve for people. Millimetres and degrees, as on every screen.
enum SolvePrinter {
  static func print(_ outcome: SolveOutcome, timing: Bool) {
    for line in lines(outcome) { Console.say(line) }
    guard timing else { return }
    Console.say()
    for line in timingLines(outcome.report) { Console.say(line) }
  }

  static func lines(_ outcome: SolveOutcome) -> [String] {
    let report = outcome.report
    let names = outcome.cameraNames
    var lines = ["\(headline(report)), board \(report.board)", ""]
    let cameras = report.cameras.mapValues(\.record)
    lines += CameraTable.lenses(cameras, names)
    let poses = CameraTable.poses(cameras, names, reference: report.referenceCamera)
    if !poses.isEmpty { lines += [""] + poses }
    let results = resultLines(report)
    if !results.isEmpty { lines += [""] + results }
    if !report.findings.isEmpty { lines += [""] + FindingPrinter.lines(report.findings) }
    return lines + [""] + closing(outcome)
  }

  private static func headline(_ report: SolveReport) -> String {
    let solved = report.cameras.values.filter { $0.record.parameters != nil }.count
    return solved == report.cameras.count
      ? "\(NumberText.count(solved, "camera")) calibrated"
      : "\(solved) of \(NumberText.count(report.cameras.count, "camera")) calibrated"
  }

  private static func resultLines(_ report: SolveReport) -> [String] {
    guard let rms = report.rmsPixels else { return [] }
    let heldOut =
      report.holdoutRMSPixels.map { "\(NumberText.fixed($0, 3)) px on frames held out" }
      ?? "too few frames to hold any out"
    var lines = ["fit       \(NumberText.fixed(rms, 3)) px rms over all corners used; \(heldOut)"]
    if let warp = report.boardWarpMetres {
      lines.append(
        "board     bent by \(NumberText.fixed(warp[0] * 1000, 2)) mm along columns, "
          + "\(NumberText.fixed(warp[1] * 1000, 2)) mm along rows")
    }
    if !report.outliers.isEmpty {
      let images = Dictionary(grouping: report.outliers, by: \.image).mapValues(\.count)
      let most = images.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2)
      lines.append(
        "left out  \(NumberText.count(report.outliers.count, "corner")) that did not fit, most in "
          + most.map { "\(Console.safe($0.key)) (\($0.value))" }.joined(separator: ", "))
    }
    return lines
  }

  private static func closing(_ outcome: SolveOutcome) -> [String] {
    let report = outcome.report
    var lines: [String] = []
    lines.append("verdict   \(VerdictText.line(report.verdict))")
    for file in outcome.writtenFiles { lines.append("written   \(Console.safe(file))") }
    if let bundle = report.bundle {
      let state = outcome.isCurrent ? "now current" : "kept, but not made current"
      lines.append("bundle    \(Console.safe(bundle)), \(state)")
      lines.append("report    \(Console.safe(bundle))/report.html")
    } else if report.cart != nil {
      lines.append("bundle    none: no camera could be calibrated")
    } else {
      lines.append("bundle    none: give --cart SERIAL to store one")
    }
    return lines
  }

  private static func timingLines(_ report: SolveReport) -> [String] {
    let timing = report.timing
    let stages = [
      ("decode", timing.decode), ("detect", timing.detect), ("lens choice", timing.lensChoice),
      ("start", timing.start), ("solve", timing.solve), ("validate", timing.validate),
      ("certainty", timing.certainty), ("write", timing.write), ("all", timing.total),
    ]
    var table = TextTable([("stage", .left), ("CPU ms", .right)])
    for (name, seconds) in stages { table.add([name, NumberText.fixed(seconds * 1000, 1)]) }
    table.add(["(wall)", NumberText.fixed(timing.wall * 1000, 1)])
    return table.lines + [
      "peak memory \(NumberText.fixed(Double(report.peakResidentBytes) / 1e6, 1)) MB"
    ]
  }
}
