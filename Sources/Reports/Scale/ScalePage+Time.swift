import Bundles
import Geometry

extension ScalePage {
  /// One load put on again and again.
  func repeats(_ record: ScaleRecord) -> Markup? {
    let all = record.placements.filter { $0.kind == "repeatability" && $0.error.isFinite }
    guard let nominal = all.map(\.nominal).max() else { return nil }
    let loads = all.filter { $0.nominal == nominal }
    guard loads.count >= 2 else { return nil }
    let errors = loads.map { $0.error * 1000 }
    let mean = errors.reduce(0, +) / Double(errors.count)
    let changes = errors.map { $0 - mean }
    let chart = MassChart(
      height: 260, across: 0.5...(Double(loads.count) + 0.5), values: changes)
    var content = chart.upwardAxis("g")
    for (index, change) in changes.enumerated() {
      content.append(MassChart.dot(chart.place(Double(index + 1), change), "dot"))
      guard loads.count <= 20 else { continue }
      content.append(
        MassChart.label(
          "\(index + 1)", Vector2(chart.place(Double(index + 1), 0).x, chart.height + 24),
          "tick middle"))
    }
    let spread = (errors.max() ?? 0) - (errors.min() ?? 0)
    let squares = changes.reduce(0) { $0 + $1 * $1 }
    let deviation = (squares / Double(changes.count - 1)).squareRoot()
    return Figure.drawing(
      "Repeated placings of \(ScaleText.mass(nominal))",
      chart.drawing(content, "Repeatability"),
      "Readings less their mean, in the order of placing. Greatest less least "
        + "\(text.grams(spread / 1000)), standard deviation \(text.grams(deviation / 1000)).")
  }

  /// The reading of a load that stayed.
  func creep(_ record: ScaleRecord) -> Markup? {
    guard let curve = record.creep.max(by: { ($0.times.last ?? 0) < ($1.times.last ?? 0) }),
      let last = curve.times.last, last > 0, curve.times.count == curve.changes.count
    else { return nil }
    let inMinutes = last >= 300
    let unit = inMinutes ? 60.0 : 1
    let changes = curve.changes.map { $0 * 1000 }
    let chart = MassChart(height: 260, across: 0...(last / unit), values: changes)
    var line = PathData()
    for (index, (time, change)) in zip(curve.times, changes).enumerated() where change.isFinite {
      let point = chart.place(time / unit, change)
      if index == 0 { line.move(point) } else { line.line(point) }
    }
    let most = curve.changes.max { abs($0) < abs($1) }
    return Figure.drawing(
      "Creep under \(ScaleText.mass(curve.load))",
      chart.drawing(
        chart.upwardAxis("g") + chart.acrossAxis(inMinutes ? "min" : "s")
          + [MassChart.path(line, "telling")], "Creep"),
      "Change of the reading since the load had settled; largest "
        + "\(text.signedNumber(most)) g.")
  }
}
