import Bundles
import Documents

extension ScalePage {
  /// Budgets of so many loads fit beside each other.
  private static let budgetLimit = 5

  /// What the uncertainty of the error of indication is made of, load by load.
  var uncertainty: Markup? {
    guard let all = record?.uncertainty, !all.isEmpty else { return nil }
    let budgets = chosen(all.sorted { $0.load < $1.load })
    var names: [String] = []
    var sources: [String: String] = [:]
    for row in budgets.flatMap(\.rows) where sources[row.name] == nil {
      names.append(row.name)
      sources[row.name] = row.source
    }
    var table = PageTable(
      [("influence, as standard uncertainty in g", .phrase)]
        + budgets.map { ("at \(ScaleText.mass($0.load))", .number) } + [("how it was found", .text)]
    )
    for name in names {
      let rows = budgets.map { $0.rows.first { $0.name == name } }
      let freedom = rows.compactMap { $0?.degreesOfFreedom }.first.map {
        ", \(NumberText.fixed($0, 0)) degrees of freedom"
      }
      table.add(
        [Self.title(of: name)] + rows.map { text.number($0?.standardUncertainty) }
          + [(sources[name] ?? "") + (freedom ?? "")])
    }
    func sum(_ title: String, _ value: (ScaleRecord.Budget) -> String, _ how: String) {
      table.add([title] + budgets.map(value) + [how])
    }
    sum("Combined, u", { self.text.number($0.combined) }, "root of the sum of squares")
    sum(
      "Effective degrees of freedom",
      Self.freedom,
      "Welch and Satterthwaite (GUM, G.4)")
    sum(
      "Coverage factor, k",
      { $0.coverageFactor.map { NumberLabel.fixed($0, 2) } ?? ScaleText.none },
      "coverage 95.45 %")
    sum("Expanded, U = k u", { self.text.number($0.expanded) }, "of the error of indication")
    let rest =
      all.count > budgets.count ? " Budgets of all \(all.count) loads are in the JSON." : ""
    return .element(
      "section", [:], .element("h2", [:], "Uncertainty"), table.markup,
      .element(
        "p", ["class": "over"],
        "By EURAMET Calibration Guide No. 18, version 4.0, and JCGM 100:2008 (GUM): standard "
          + "uncertainty times a coverage factor k for a coverage of 95.45 %.\(rest)"))
  }

  private static func freedom(_ budget: ScaleRecord.Budget) -> String {
    guard let freedom = budget.degreesOfFreedom else { return "\u{221E}" }
    return freedom >= 1000 ? "over 1000" : NumberLabel.fixed(freedom, 0)
  }

  /// The lightest, the heaviest, and some between.
  private func chosen(_ budgets: [ScaleRecord.Budget]) -> [ScaleRecord.Budget] {
    guard budgets.count > Self.budgetLimit else { return budgets }
    return (0..<Self.budgetLimit).map { budgets[$0 * (budgets.count - 1) / (Self.budgetLimit - 1)] }
  }

  private static func title(of name: String) -> String {
    let words = name.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The reference masses: metrological traceability.
  var masses: Markup? {
    guard let masses = record?.masses, !masses.isEmpty else { return nil }
    let isNamed = masses.contains { $0.certificate != nil }
    var columns: [(String, PageTable.Column)] = [("reference mass", .text), ("nominal", .number)]
    if isNamed {
      columns += [("class", .word), ("certificate", .text), ("in date until", .word)]
    }
    columns.append(("standard uncertainty", .number))
    if !subject.isCheck { columns.append(("found off by", .number)) }
    var table = PageTable(columns)
    for mass in masses {
      var cells = [mass.name, ScaleText.mass(mass.nominal)]
      if isNamed {
        cells += [
          mass.massClass ?? ScaleText.none, mass.certificate ?? ScaleText.none,
          mass.due ?? ScaleText.none,
        ]
      }
      cells.append(text.grams(mass.sigma))
      if !subject.isCheck {
        cells.append(
          "\(text.signedNumber(mass.foundError)) \u{00B1} \(text.grams(mass.foundSigma))")
      }
      table.add(cells)
    }
    var note =
      isNamed
      ? "Results are traceable through the certificates of these masses; what is not certified "
        + "counts by the limits of its class (OIML R 111-1)."
      : "The session names no masses of a registry: they count by the limits of their class (OIML "
        + "R 111-1), and traceability is not shown."
    if !subject.isCheck {
      note +=
        " Found off: by all placements together, with its standard uncertainty; beyond a mass's "
      note += "uncertainty it would have been named above."
    }
    return .element(
      "section", [:], .element("h2", [:], "Traceability"), table.markup,
      .element("p", ["class": "over"], note))
  }
}
