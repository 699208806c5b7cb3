import Bundles
import Geometry

extension ScalePage {
  /// Loads on the corners, drawn on the platform from above.
  func corners(_ record: ScaleRecord) -> Markup? {
    let loads = record.placements.filter { $0.kind == "eccentricity" && $0.meant.count == 2 }
    guard !loads.isEmpty, let cells = record.model?.cells, !cells.isEmpty else { return nil }
    let half = SIMD2(
      1.15 * (cells.map { abs($0.x) }.max() ?? 0), 1.15 * (cells.map { abs($0.y) }.max() ?? 0))
    let scale = min(270 / max(half.x, 1e-6), 138 / max(half.y, 1e-6))
    func place(_ x: Double, _ y: Double) -> Vector2 { Vector2(300 + x * scale, 165 - y * scale) }
    var outline = PathData()
    outline.rectangle(place(-half.x, half.y), Vector2(2 * half.x * scale, 2 * half.y * scale))
    var content = [MassChart.path(outline, "basket")]
    var marks = PathData()
    for (number, cell) in cells.enumerated() {
      let at = place(cell.x, cell.y)
      marks.cross(at, size: 5)
      let name = number < record.cellNames.count ? record.cellNames[number] : "\(number)"
      // Beside the platform, where nothing else is written.
      let edge = place(0, cell.y > 0 ? half.y : -half.y).y
      content.append(
        MassChart.label(
          name.replacing("_", with: " "), Vector2(at.x, edge + (cell.y > 0 ? -8 : 20)),
          "tick middle"))
    }
    content.append(MassChart.path(marks, "plain"))
    let limit = record.verdicts.first {
      $0.test == "eccentricity" && $0.occasion == (subject.isCheck ? "in_service" : "initial")
    }?.limit
    for group in Self.byPlace(loads).prefix(16) {
      guard let worst = group.max(by: { abs($0.error) < abs($1.error) }) else { continue }
      let at = place(worst.meant[0], worst.meant[1])
      let isOff = limit.map { abs(worst.error) > $0 } ?? false
      content.append(MassChart.dot(at, isOff ? "dot off" : "dot", radius: 6))
      content.append(
        MassChart.label(text.signedNumber(worst.error) + " g", at + Vector2(0, -14), "label"))
      content.append(
        MassChart.label(ScaleText.mass(worst.nominal), at + Vector2(0, 25), "tick middle"))
    }
    let sizes = zip(loads, loads.map(\.found)).compactMap { load, found -> Double? in
      guard found.count == 2, let x = found[0], let y = found[1] else { return nil }
      let (dx, dy) = (x - load.meant[0], y - load.meant[1])
      return (dx * dx + dy * dy).squareRoot()
    }
    var caption = "From above, x to the right and y up; crosses are the cells. Errors of loads on "
    caption += "the corners"
    if let limit { caption += ", each within \(ScaleText.limit(limit)) g or red" }
    if let most = sizes.max() {
      caption += ". Found within \(NumberLabel.fixed(most * 1000, 1)) mm of where they were meant "
      caption += "to lie, placing by hand included"
    }
    return Figure.drawing(
      "Eccentricity on the basket",
      .element(
        "svg",
        ["viewBox": "0 0 600 330", "role": "img", "aria-label": "Errors by place on the basket"],
        content), caption + ".")
  }

  /// Loads that were meant to lie at one place.
  private static func byPlace(_ loads: [ScaleRecord.Placement]) -> [[ScaleRecord.Placement]] {
    var groups: [[ScaleRecord.Placement]] = []
    for load in loads {
      if let place = groups.firstIndex(where: { $0[0].meant == load.meant }) {
        groups[place].append(load)
      } else {
        groups.append([load])
      }
    }
    return groups
  }

  /// What each cell carries of the heaviest load in the middle.
  func shares(_ record: ScaleRecord) -> Markup? {
    let centred = record.placements.filter { $0.meant.allSatisfy { $0 == 0 } }
    guard let load = centred.max(by: { $0.nominal < $1.nominal }),
      let most = load.forces.max(), most > 0, load.forces.count <= 16
    else { return nil }
    let total = load.forces.reduce(0, +)
    let pitch = min(62.0, 300 / Double(load.forces.count))
    var content: [Markup] = []
    for (index, force) in load.forces.enumerated() {
      let y = 14 + pitch * Double(index)
      let name = index < record.cellNames.count ? record.cellNames[index] : "cell \(index)"
      let width = min(max(0, force / most), 1) * 280
      content += [
        .element(
          "rect",
          [
            "class": "view", "x": "130", "y": PathData.coordinate(y),
            "width": PathData.coordinate(width), "height": PathData.coordinate(0.5 * pitch),
          ], []),
        .element(
          "text", ["class": "tick", "x": "120", "y": PathData.coordinate(y + 0.25 * pitch + 5)],
          [.text(name.replacing("_", with: " "), limit: 40)]),
        MassChart.label(
          "\(NumberLabel.fixed(force, 2)) kg, \(NumberLabel.fixed(100 * force / total, 1)) %",
          Vector2(140 + width, y + 0.25 * pitch + 5), "near"),
      ]
    }
    let height = Int(24 + pitch * Double(load.forces.count))
    return Figure.drawing(
      "What each cell carries of \(ScaleText.mass(load.nominal)) in the middle",
      .element(
        "svg",
        ["viewBox": "0 0 600 \(height)", "role": "img", "aria-label": "Shares of the cells"],
        content), "Without what the empty platform weighs.")
  }
}
