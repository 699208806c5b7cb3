import Bundles
import Documents
import Measurements

extension ScalePage {
  /// What else a certificate has to say (ISO/IEC 17025:2017, 7.8.2 and 7.8.4). What the program
  /// does not know is left open, to be filled in on paper.
  var particulars: Markup {
    var table = PageTable([("", .phrase), ("", .text)])
    func line(_ title: String, _ content: String) {
      table.add(markup: [[.text(title)], [.text(content, limit: 600)]])
    }
    func blank(_ title: String) {
      table.add(markup: [[.text(title)], [.element("span", ["class": "blank"], [])]])
    }
    blank("Laboratory and address")
    blank("Customer")
    line("Item", item)
    if let record { line("Condition and environment", environment(record)) }
    line("Place", record.map { place($0.gravity) } ?? ScaleText.none)
    if let started = record?.conditions.started { line("Weighed", ScaleText.date(started)) }
    line("Issued", ScaleText.date(subject.created))
    line("Method", method)
    line("Before and after", adjustment)
    if let undetermined { line("Not told by this session", undetermined) }
    line("Computed by", subject.software)
    blank("Authorised by")
    return .element(
      "section", [:], .element("h2", [:], "Particulars"), table.markup,
      .element(
        "p", ["class": "over"],
        "These results relate only to the item named here, as it was when it was weighed. Copies are "
          + "whole or not at all."))
  }

  private var item: String {
    let cart = subject.cart.map { "Scale of cart \($0)" } ?? "Scale of a cart that was not named"
    guard let record, let model = record.model else { return cart }
    let names = record.cellNames.joined(separator: ", ").replacing("_", with: " ")
    return "\(cart), \(NumberText.count(model.cells.count, "load cell"))"
      + (names.isEmpty ? "" : ": \(names)")
  }

  private func environment(_ record: ScaleRecord) -> String {
    let conditions = record.conditions
    var text: String
    if conditions.isTemperatureMeasured == false {
      text = "Temperature not measured, \(NumberLabel.fixed(conditions.lowestTemperature, 0)) "
      text += "\u{00B0}C assumed"
    } else {
      text = "\(NumberLabel.fixed(conditions.lowestTemperature, 1)) to "
      text += "\(NumberLabel.fixed(conditions.highestTemperature, 1)) \u{00B0}C"
    }
    if let tilt = conditions.tilt, tilt.count == 2 {
      let degrees = (tilt[0] * tilt[0] + tilt[1] * tilt[1]).squareRoot() * 180 / .pi
      text += ", leaning by \(NumberLabel.fixed(degrees, 2))\u{00B0}"
    } else {
      text += ", lean not measured"
    }
    return text + ", \(NumberLabel.fixed(conditions.duration / 60, 1)) min"
  }

  private func place(_ gravity: ScaleRecord.Gravity) -> String {
    var text = "Gravity \(NumberLabel.fixed(gravity.value, 5)) m/s\u{00B2} "
    switch gravity.source {
    case .measured: text += "as measured"
    case .site: text += "by latitude and height"
    case .standard: text += "as the conventional value: the place is not known"
    }
    guard let use = gravity.use else { return text }
    text += "; where it is used \(NumberLabel.fixed(use.value, 5)) m/s\u{00B2}, readings times "
    text += NumberLabel.fixed(use.readingFactor, 6)
    if use.sharesZone == false { text += ", and a new verification is due there" }
    return text
  }

  private var method: String {
    if subject.isCheck {
      return
        "Known masses read by the calibration in force with zeros of this weighing; tests after "
        + "OIML R 76-1:2006, annex A"
    }
    return
      "Cells fitted to known masses by mass and moment equations, weighted least squares; tests "
      + "after OIML R 76-1:2006, annex A"
  }

  private var adjustment: String {
    if subject.isCheck {
      let revision = record?.asFoundRevision.map { " by revision \($0)" } ?? ""
      return "Nothing was adjusted: all errors are as found\(revision)"
    }
    guard let record else { return "Nothing was adjusted" }
    guard let revision = record.asFoundRevision else {
      return "No calibration was in force before; all errors are after adjustment"
    }
    let found = record.placements.compactMap(\.asFoundError)
    guard let before = found.max(by: { abs($0) < abs($1) }),
      let after = record.placements.map(\.error).max(by: { abs($0) < abs($1) })
    else { return "What revision \(revision) would have read cannot be told: it has other cells" }
    return "Largest error as found, by revision \(revision): \(text.signedNumber(before)) g; after "
      + "adjustment: \(text.signedNumber(after)) g"
  }

  /// Kinds of parameters that hang on what was known before.
  private var undetermined: String? {
    let titles = [
      "kg_per_count": "gains", "quadratic_per_kg": "curvature of the cells",
      "span_per_k": "temperature coefficients of the spans",
      "zero_counts_per_k": "temperature coefficients of the zeros",
    ]
    var kinds: [String] = []
    for parameter in record?.parameters ?? [] where parameter.source == .prior {
      let key = parameter.name.split(separator: ".").last.map(String.init) ?? ""
      let title = titles[key] ?? (key == "x_m" || key == "y_m" ? "places of the cells" : nil)
      if let title, !kinds.contains(title) { kinds.append(title) }
    }
    guard !kinds.isEmpty else { return nil }
    return kinds.joined(separator: ", ")
      + ": taken from the rig or from what such cells usually have, with that uncertainty"
  }
}
