import Documents
import Geometry

/// The RMS of each view as a bar.
enum ViewBars {
  private static let width = 600.0
  private static let height = 330.0
  private static let left = 52.0
  /// More bars than this cannot be told apart.
  private static let limit = 250

  static func drawing(_ evidence: CameraEvidence, cameraRMS: Double?) -> Markup {
    var views = evidence.views
    let all = views.count
    if all > limit { views = Array(views.sorted { $0.rms > $1.rms }.prefix(limit)) }
    let worst = views.max { $0.rms < $1.rms }
    let heldOut = views.compactMap(\.holdoutRMS).max() ?? 0
    // A view that only holding out spoils must not press all bars to the floor.
    let tallest = max(worst?.rms ?? 0, cameraRMS ?? 0, 1e-6)
    let top = max(tallest, min(heldOut, 3 * tallest)) * 1.05
    let step = (width - left) / Double(max(1, views.count))
    let barWidth = min(28, step * 0.72)
    func y(_ rms: Double) -> Double { height * (1 - min(rms / top, 1)) }

    var content = axis(top: top, y)
    var ticks = PathData()
    for (index, view) in views.enumerated() {
      let x = left + step * (Double(index) + 0.5) - barWidth / 2
      let isEmpty = view.corners == 0
      let barY = isEmpty ? height - 6 : y(view.rms)
      if let heldOut = view.holdoutRMS {
        ticks.move(Vector2(x - 0.12 * barWidth, y(heldOut)))
        ticks.line(by: Vector2(1.24 * barWidth, 0))
      }
      content.append(
        .element(
          "rect",
          [
            "class": isEmpty ? "view none" : "view", "x": PathData.coordinate(x),
            "y": PathData.coordinate(barY), "width": PathData.coordinate(barWidth),
            "height": PathData.coordinate(height - barY),
          ],
          .element(
            "title", [:],
            .text("\(view.image): ", limit: 120),
            .text(
              isEmpty
                ? "no corner used"
                : "\(NumberText.fixed(view.rms, 3)) px, \(view.corners) corners, held out "
                  + "\(NumberText.fixed(view.holdoutRMS, 3)) px"))))
    }
    if !ticks.text.isEmpty {
      content.append(.element("path", ["class": "held", "d": ticks.text], []))
    }
    if let cameraRMS { content.append(line(at: y(cameraRMS), "mean")) }
    let viewBox = "0 -8 \(Int(width) + 2) \(Int(height) + 16)"
    let drawing = Markup.element(
      "svg", ["viewBox": viewBox, "role": "img", "aria-label": "RMS of each view"], content)
    var caption: [Markup] = [
      .text(
        (all > limit ? "The \(limit) worst of \(all) views." : NumberText.count(all, "view") + ".")
          + (heldOut > 0 ? " Ticks: the view held out." : ""))
    ]
    if let worst, worst.corners > 0 {
      caption += [
        .text(" Worst: "), .text(worst.image, limit: 80),
        .text(", \(NumberText.fixed(worst.rms, 3)) px."),
      ]
    }
    let none = evidence.views.filter { $0.corners == 0 }.count
    if none > 0 {
      caption.append(.text(" \(NumberText.count(none, "view")) without a corner used: hollow."))
    }
    return Figure.drawing("RMS of each view, px", drawing, caption)
  }

  /// Lines across with their values at the left.
  private static func axis(top: Double, _ y: (Double) -> Double) -> [Markup] {
    guard let (step, decimals) = RoundLength.below(top / 2.2) else { return [] }
    var content: [Markup] = []
    var value = 0.0
    while value <= top, content.count < 20 {
      content.append(line(at: y(value), "grid"))
      content.append(
        .element(
          "text",
          [
            "class": "tick", "x": PathData.coordinate(left - 8),
            "y": PathData.coordinate(y(value) + 5),
          ], NumberText.fixed(value, decimals)))
      value += step
    }
    return content
  }

  private static func line(at y: Double, _ name: String) -> Markup {
    var path = PathData()
    path.move(Vector2(left, y))
    path.line(Vector2(width, y))
    return .element("path", ["class": name, "d": path.text], [])
  }
}
