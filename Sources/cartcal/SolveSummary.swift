import Bundles
import Documents
import Measurements
import Procedures

/// What a person reads after a solve: the verdict, what is wrong and the one thing to do next, and
/// where the rest stands. Eight lines at most, 80 columns wide (paths aside, which are not broken).
struct SolveSummary {
  private static let width = 80
  private static let limit = 8
  /// Of what was seen; what to do about it may take more.
  private static let linesSeen = 2

  private let outcome: SolveOutcome
  private var report: SolveReport { outcome.report }

  init(_ outcome: SolveOutcome) { self.outcome = outcome }

  var lines: [String] {
    let head = [verdict, cameras]
    let tail = places
    let trouble = trouble(within: Self.limit - head.count - tail.count)
    var middle: [String] = []
    for line in [repair, cart, fit, certainty].compactMap({ $0 })
    where head.count + trouble.count + middle.count + tail.count < Self.limit {
      middle.append(line)
    }
    return head + middle + trouble + tail
  }

  private func line(_ label: String, _ text: String) -> String { label.padded(to: 10) + text }

  // MARK: - Verdict and numbers

  private var verdict: String {
    let count = weighty.count
    let others = count > 1 ? "; \(count) findings" : ""
    return line("verdict", VerdictText.line(report.verdict, report.checks) + others)
  }

  private var cameras: String {
    let solved = outcome.cameraNames.filter { report.cameras[$0]?.record.parameters != nil }
    let others = outcome.cameraNames.filter { !solved.contains($0) }
    let all = "\(solved.count) of \(outcome.cameraNames.count) calibrated"
    guard !others.isEmpty, !solved.isEmpty else {
      return line("cameras", "\(all) on \(report.board)")
    }
    var text = "\(all), not "
    for (index, name) in others.enumerated() {
      let rest = others.count - index
      let piece = (index > 0 ? ", " : "") + Console.safe(name)
      let note = rest > 1 ? " and \(rest - 1) more" : ""
      guard 10 + text.count + piece.count + note.count <= Self.width else {
        return line("cameras", text + (index > 0 ? " and \(rest) more" : "\(rest) of them"))
      }
      text += piece
    }
    return line("cameras", text)
  }

  /// What was held on to, and whether it is where it was.
  private var repair: String? {
    guard let repair = report.repair else { return nil }
    let replaced = repair.cameras.values.count(where: \.replaced)
    let moved = repair.cameras.values.count(where: \.moved)
    let held = repair.cameras.count - replaced
    let checked = repair.cameras.values.count { !$0.replaced && $0.deviations != nil }
    return line(
      "repair",
      "of revision \(repair.from.revision): \(replaced) replaced, \(held) held; "
        + "\(checked) of them checked, \(moved == 0 ? "none" : "\(moved)") moved")
  }

  /// What places the cameras in the cart, and how well: the worst camera's deviations.
  private var cart: String? {
    guard let source = report.cartFrame else { return nil }
    let poses = report.cameras.values.compactMap(\.record.cartPose?.sigma)
    let sure =
      if let place = poses.flatMap(\.translation).max(), let turn = poses.flatMap(\.rotation).max()
      {
        ", cameras to \(Self.digits(place * 1000)) mm and \(Self.digits(turn * 180 / .pi)) deg"
      } else { "" }
    switch source {
    case .datum where report.repair != nil:
      return line("cart", "as the held cameras have it\(sure)")
    case .datum:
      return line(
        "cart", "by \(NumberText.count(report.datum.count(where: \.used), "datum pose"))\(sure)")
    case .nominal: return line("cart", "by nominal places only\(sure)")
    }
  }

  private var fit: String? {
    guard let rms = report.rmsPixels else { return nil }
    let corners = report.cameras.values.reduce(0) { $0 + $1.record.corners }
    let heldOut =
      report.holdoutRMSPixels.map { ", \(NumberText.fixed($0, 3)) px on frames held out" } ?? ""
    return line(
      "fit",
      "\(NumberText.fixed(rms, 3)) px rms\(heldOut); \(NumberText.count(corners, "corner")), "
        + "\(report.outliers.count) left out")
  }

  /// The worst camera's deviations.
  private var certainty: String? {
    let records = report.cameras.values.map(\.record.certainty)
    guard
      let focal = records.compactMap(\.sigma).flatMap({ [$0.fx, $0.fy] }).compactMap({ $0 }).max()
    else { return nil }
    var text = "focal lengths to \(Self.digits(focal)) px"
    let poses = records.compactMap(\.poseSigma)
    if report.cameras.count > 1, let place = poses.flatMap(\.translation).max(),
      let turn = poses.flatMap(\.rotation).max()
    {
      text += ", places to \(Self.digits(place * 1000)) mm and \(Self.digits(turn * 180 / .pi)) deg"
    }
    return line("sure", text + " (one sigma)")
  }

  /// Two digits or so.
  private static func digits(_ value: Double) -> String {
    if value < 0.0005 { return "0.001" }
    return NumberText.fixed(value, value >= 9.95 ? 0 : value >= 0.995 ? 1 : value >= 0.0995 ? 2 : 3)
  }

  // MARK: - What is wrong, and what to do

  /// What asks for something to be done, the heaviest first.
  private var weighty: [Finding] {
    [.unusable, .warning].flatMap { severity in
      report.findings.filter { $0.severity == severity }
    }
  }

  /// What is wrong and what to do about it, of which no more than has to be is cut.
  private func trouble(within limit: Int) -> [String] {
    guard let first = weighty.first else {
      let notes = report.findings.count
      let words = notes > 0 ? "; \(NumberText.count(notes, "note")) \(whereMore)" : ""
      return [line("next", "nothing to do\(words)")]
    }
    let remedy = Self.wrapped(first.remedy)
    let seen = Self.wrapped(first.text)
    let linesOfRemedy = min(remedy.count, limit - 1)
    let linesSeen = min(seen.count, Self.linesSeen, limit - linesOfRemedy)
    let lines =
      labelled(first.severity == .unusable ? "problem" : "warning", Self.cut(seen, linesSeen))
      + labelled("next", Self.cut(remedy, linesOfRemedy))
    let isAllTold = weighty.count == 1 && linesSeen == seen.count && linesOfRemedy == remedy.count
    guard report.bundle == nil, !isAllTold, lines.count < limit else { return lines }
    return lines + [line("more", "all findings in full \(whereMore)")]
  }

  private var whereMore: String {
    report.bundle == nil ? "with --details" : "in the report"
  }

  private static func wrapped(_ text: String) -> [String] {
    TextWrap.lines(Console.safe(text, limit: 1000), indent: 0, width: width - 10)
  }

  /// The first `count` lines, no wider than the page; where something is left out, with a mark.
  private static func cut(_ lines: [String], _ count: Int) -> [String] {
    var result: [String] = []
    for (index, line) in lines.prefix(count).enumerated() {
      var kept = Substring(line)
      if index == count - 1 && lines.count > count || line.count > width - 10 {
        while kept.count > width - 14, let space = kept.lastIndex(of: " ") { kept = kept[..<space] }
        kept = kept.prefix(width - 14) + " ..."
      }
      result.append(String(kept))
    }
    return result
  }

  /// Lines of which the first bears a word at the left.
  private func labelled(_ label: String, _ lines: [String]) -> [String] {
    lines.enumerated().map { line($0 == 0 ? label : "", $1) }
  }

  // MARK: - Where the rest is

  private var places: [String] {
    var lines: [String] = []
    if !outcome.writtenFiles.isEmpty {
      lines.append(
        line("written", outcome.writtenFiles.map { Console.safe($0) }.joined(separator: ", ")))
    }
    if let bundle = report.bundle {
      let state = StoreOptions.state(
        isCurrent: outcome.isCurrent, isSigned: outcome.isSigned,
        passed: outcome.exitStatus == .done)
      lines.append(line("bundle", "\(Console.safe(bundle)), \(state)"))
      lines.append(line("report", "\(Console.safe(bundle))/report.html"))
    } else if report.cart != nil {
      lines.append(line("bundle", "none: no camera could be calibrated"))
    } else {
      lines.append(line("bundle", "none: give --cart SERIAL to store one, with its report"))
    }
    return lines
  }
}
