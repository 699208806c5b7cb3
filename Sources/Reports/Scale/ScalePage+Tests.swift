import Bundles
import Documents
import Measurements

extension ScalePage {
  /// One test at one load with what every standard says of it.
  private struct Row {
    let first: ScaleRecord.Evaluation
    var evaluations: [ScaleRecord.Evaluation]
  }

  /// The occasions that a scale is evaluated on, as columns.
  private static let occasions = [
    ("initial", "R 76 initial"), ("in_service", "R 76 in service"),
    ("acceptance", "HB 44 acceptance"), ("maintenance", "HB 44 maintenance"),
  ]

  private static let rowLimit = 60

  /// Each test against each limit; nil without tests.
  var tests: Markup? {
    guard let record, !record.verdicts.isEmpty else { return nil }
    let rows = rows(record.verdicts)
    let columns = Self.occasions.filter { occasion in
      record.verdicts.contains { $0.occasion == occasion.0 }
    }
    var table = PageTable(
      [
        (columns.isEmpty ? "test" : "test, clause of R 76-1", .phrase), ("load", .number),
        ("found", .number), ("U", .number),
      ]
        + columns.map { ($0.1, .word) })
    for row in rows.prefix(Self.rowLimit) {
      var cells: [[Markup]] = [
        [.element("div", [:], [.text(name(row), limit: 60)])] + notes(row),
        [.text(ScaleText.mass(row.first.load))], [.text(found(row.first))],
        [.text(text.grams(row.first.value == nil ? nil : row.first.expandedUncertainty))],
      ]
      for (occasion, _) in columns {
        cells.append(row.evaluations.first { $0.occasion == occasion }.map { Self.mark($0) } ?? [])
      }
      table.add(markup: cells)
    }
    var content = [Markup.element("h2", [:], "Tests")]
    content.append(.element("p", ["class": "count"], count(record.verdicts)))
    content.append(table.markup)
    if rows.count > Self.rowLimit {
      content.append(
        .element("p", ["class": "over"], "And \(rows.count - Self.rowLimit) more in the JSON."))
    }
    content.append(.element("p", ["class": "over"], basis(record.verdicts)))
    return .element("section", [:], content)
  }

  private func rows(_ evaluations: [ScaleRecord.Evaluation]) -> [Row] {
    var rows: [Row] = []
    for evaluation in evaluations {
      let place = rows.firstIndex {
        $0.first.test == evaluation.test && $0.first.load == evaluation.load
          && $0.first.value == evaluation.value
      }
      if let place {
        rows[place].evaluations.append(evaluation)
      } else {
        rows.append(Row(first: evaluation, evaluations: [evaluation]))
      }
    }
    return rows
  }

  private func found(_ evaluation: ScaleRecord.Evaluation) -> String {
    guard let value = evaluation.value else { return ScaleText.none }
    return ["weighing", "eccentricity", "creep", "late_creep", "zero_return"]
      .contains(evaluation.test) ? text.signedNumber(value) + " g" : text.grams(value)
  }

  /// The test with the clause of R 76-1 that its limit stands in.
  private func name(_ row: Row) -> String {
    let clause = row.evaluations.compactMap(\.standard).first { $0.hasPrefix("OIML R 76-1") }
      .flatMap { $0.split(separator: ", ").last.map(String.init) }
    return Self.title(row.first.test) + (clause.map { ", \($0)" } ?? "")
  }

  /// What the value rests on.
  private func notes(_ row: Row) -> [Markup] {
    row.first.note.map { [.element("div", ["class": "legend"], [.text($0, limit: 300)])] } ?? []
  }

  private static func mark(_ evaluation: ScaleRecord.Evaluation) -> [Markup] {
    let verdict = evaluation.verdict
    let limit = evaluation.limit.map { "\u{2264} \(ScaleText.limit($0)) g" }
    var content = [
      Markup.element(
        "span", ["class": "mark \(verdict.rawValue)"],
        VerdictMark.drawing(verdict, name: "small"), .text(SolvePage.word(verdict)))
    ]
    if let limit { content.append(.element("div", ["class": "limit-of"], limit)) }
    return content
  }

  private static func title(_ test: String) -> String {
    let words = test.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// How many evaluations came out how, by the occasion that the verdict rests on.
  private func count(_ evaluations: [ScaleRecord.Evaluation]) -> String {
    let occasion = subject.isCheck ? "in_service" : "initial"
    let counted = evaluations.filter { $0.occasion == occasion }
    guard !counted.isEmpty else { return "Measured; evaluated against nothing." }
    let order: [Verdict] = [.fail, .notDetermined, .marginal, .pass]
    let parts = order.compactMap { verdict -> String? in
      let count = counted.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(SolvePage.word(verdict))" : nil
    }
    return "\(NumberText.count(counted.count, "test")) by the limits "
      + "\(subject.isCheck ? "in service" : "of initial verification"): "
      + "\(parts.joined(separator: ", "))."
  }

  /// Against what, and by which rule (ISO/IEC 17025:2017, 7.8.6).
  private func basis(_ evaluations: [ScaleRecord.Evaluation]) -> String {
    let rules = Set(evaluations.compactMap(\.rule))
    guard evaluations.contains(where: { $0.standard != nil }) else {
      return "Without class, Max and e there are no limits, and no decision rule was used."
    }
    var text = "R 76: OIML R 76-1:2006. HB 44: NIST Handbook 44, Scales Code 2.20, class III. "
    if rules == ["simple_acceptance"] {
      text += "Decision rule: within the limit passes (simple acceptance, JCGM 106:2012, 8.2). "
    } else {
      text +=
        "Decision rule: within the limit by at least U passes, by less is marginal (guard band "
      text += "of U, JCGM 106:2012, 8.3); where U exceeds the limit nothing is decided. "
    }
    text += "Evaluated, not verified: verification is an act of law."
    return text
  }
}
