import Bundles
import Geometry
import Weighing

extension ScalePage {
  /// What was measured, drawn: errors against load, places on the basket, repeats, creep, shares.
  var drawings: Markup? {
    guard let record else { return nil }
    let wide = [errors(record)].compactMap { $0 }
    let pairs = [detail(record), corners(record), repeats(record), creep(record), shares(record)]
      .compactMap { $0 }
    guard !(wide + pairs).isEmpty else { return nil }
    return .element(
      "section", [:],
      [.element("h2", [:], "What was measured")] + wide
        + [.element("div", ["class": "pair"], pairs)])
  }

  /// Loads in the middle; those on corners have a drawing of their own.
  private func middle(_ record: ScaleRecord) -> [ScaleRecord.Placement] {
    record.placements.filter { $0.kind != "eccentricity" && $0.error.isFinite }
  }

  private var legal: LegalScale? {
    guard let plate = record?.plate,
      let accuracyClass = AccuracyClass(rawValue: plate.accuracyClass)
    else { return nil }
    let ranges = plate.ranges.compactMap { range -> WeighingRange? in
      guard let capacity = ExactMass(kilograms: range.capacity),
        let interval = ExactMass(kilograms: range.interval)
      else { return nil }
      return WeighingRange(capacity: capacity, interval: interval)
    }
    do throws(LegalScaleError) {
      return try LegalScale(accuracyClass: accuracyClass, ranges: ranges)
    } catch {
      // A record that was damaged is drawn without its limits.
      return nil
    }
  }

  // MARK: - Against the limits

  /// The band that R 76-1 allows, and where the errors lie in it; nil without limits.
  private func errors(_ record: ScaleRecord) -> Markup? {
    let loads = middle(record)
    guard let legal, !loads.isEmpty else { return nil }
    let capacity = legal.capacity.kilograms
    func limit(_ load: Double, _ occasion: LegalScale.Occasion) -> Double {
      let load = ExactMass(kilograms: load) ?? legal.capacity
      return legal.permissibleError(load: load, when: occasion).kilograms * 1000
    }
    let outer = limit(capacity, .inService)
    let values = [outer, -outer] + loads.map { $0.error * 1000 }
    let chart = MassChart(width: 1240, height: 320, across: 0...capacity, values: values)
    let steps = self.steps(legal)
    var content = [
      band(chart, steps) { limit($0, .initialVerification) }
    ]
    content += edges(chart, steps, "limit") { limit($0, .initialVerification) }
    content += edges(chart, steps, "limit outer") { limit($0, .inService) }
    content += chart.upwardAxis("g") + chart.acrossAxis("kg", most: 10)
    content += points(chart, loads)
    return .element(
      "div", ["class": "wide-plain"],
      Figure.drawing(
        "Error of indication against load",
        chart.drawing(content, "Error of indication against load, with limits"),
        "Band: maximum permissible errors on initial verification (OIML R 76-1:2006, 3.5.1); dashed: "
          + "in service. " + key(loads)))
  }

  /// Loads where the limits change, and the ends, kilograms, from small to large.
  private func steps(_ legal: LegalScale) -> [Double] {
    var loads = [0, legal.capacity.kilograms]
    let bounds = legal.accuracyClass.steps
    var below = 0.0
    for range in legal.ranges {
      loads.append(range.capacity.kilograms)
      for bound in [bounds.half, bounds.whole] {
        let load = (bound * range.interval).kilograms
        if load > below, load < range.capacity.kilograms { loads.append(load) }
      }
      below = range.capacity.kilograms
    }
    return Array(Set(loads)).sorted()
  }

  /// The corners of a limit that jumps after each step: a limit holds up to its load, inclusive.
  private func corners(_ steps: [Double], _ limit: (Double) -> Double) -> [(Double, Double)] {
    zip(steps, steps.dropFirst()).flatMap { [($0, limit($1)), ($1, limit($1))] }
  }

  private func band(
    _ chart: MassChart, _ steps: [Double], _ limit: (Double) -> Double
  ) -> Markup {
    let corners = corners(steps, limit)
    var path = PathData()
    for (index, (load, value)) in (corners + corners.reversed().map { ($0.0, -$0.1) }).enumerated()
    {
      let point = chart.place(load, value)
      if index == 0 { path.move(point) } else { path.line(point) }
    }
    path.close()
    return MassChart.path(path, "limits")
  }

  private func edges(
    _ chart: MassChart, _ steps: [Double], _ name: String, _ limit: (Double) -> Double
  ) -> [Markup] {
    [1.0, -1].map { sign in
      var path = PathData()
      for (index, (load, value)) in corners(steps, limit).enumerated() {
        let point = chart.place(load, sign * value)
        if index == 0 { path.move(point) } else { path.line(point) }
      }
      return MassChart.path(path, name)
    }
  }

  // MARK: - In detail

  /// The same errors at their own size.
  private func detail(_ record: ScaleRecord) -> Markup? {
    let loads = middle(record)
    guard let most = loads.map(\.nominal).max(), most > 0 else { return nil }
    let values = loads.flatMap { load in
      let expanded = load.expandedUncertainty ?? 0
      return [load.error - expanded, load.error + expanded].map { $0 * 1000 }
        + [shownAsFound(load).map { $0 * 1000 }].compactMap { $0 }
    }
    let chart = MassChart(across: 0...(1.04 * most), values: values)
    let content = chart.upwardAxis("g") + chart.acrossAxis("kg") + points(chart, loads)
    return Figure.drawing(
      legal == nil ? "Error of indication against load" : "The same errors at their own size",
      chart.drawing(content, "Errors in detail"),
      "Bars: expanded uncertainty U, coverage 95.45 %. " + (legal == nil ? key(loads) : ""))
  }

  /// A check adjusts nothing: its errors are what was found.
  private func shownAsFound(_ load: ScaleRecord.Placement) -> Double? {
    subject.isCheck ? nil : load.asFoundError.flatMap { $0.isFinite ? $0 : nil }
  }

  private func points(_ chart: MassChart, _ loads: [ScaleRecord.Placement]) -> [Markup] {
    var (whiskers, dots, found) = (PathData(), [Markup](), [Markup]())
    for load in loads {
      let at = chart.place(load.nominal, load.error * 1000)
      if let expanded = load.expandedUncertainty {
        whiskers.move(chart.place(load.nominal, (load.error - expanded) * 1000))
        whiskers.line(chart.place(load.nominal, (load.error + expanded) * 1000))
      }
      dots.append(MassChart.dot(at, load.kind == "linearity_down" ? "down" : "dot"))
      if let before = shownAsFound(load) {
        let place = chart.place(load.nominal, before * 1000)
        var diamond = PathData()
        diamond.move(place + Vector2(0, -6))
        for step in [Vector2(6, 6), Vector2(-6, 6), Vector2(-6, -6)] { diamond.line(by: step) }
        diamond.close()
        found.append(MassChart.path(diamond, "found"))
      }
    }
    return found + [MassChart.path(whiskers, "whisker")] + dots
  }

  private func key(_ loads: [ScaleRecord.Placement]) -> String {
    var text = "Dots: "
    text += subject.isCheck ? "as found; nothing was adjusted" : "after adjustment"
    if loads.contains(where: { $0.kind == "linearity_down" }) {
      text += ", filled on the way up, open on the way down"
    }
    if let revision = record?.asFoundRevision, loads.contains(where: { shownAsFound($0) != nil }) {
      text += ". Diamonds: as found, by the calibration of revision \(revision)"
    }
    return text + "."
  }
}
