import Documents
import Geometry

/// A plane of numbers: something across, grams upwards, zero in the middle of its height unless all
/// are on one side of it.
struct MassChart {
  static let left = 70.0
  /// Room for half of the last number and its unit.
  static let right = 30.0
  let width: Double
  let height: Double
  let across: ClosedRange<Double>
  let upwards: ClosedRange<Double>

  /// - Parameters:
  ///   - values: what has to have room, in the unit of the axis upwards.
  init(width: Double = 600, height: Double = 300, across: ClosedRange<Double>, values: [Double]) {
    self.width = width
    self.height = height
    self.across = across
    let finite = values.filter(\.isFinite)
    let (least, most) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 0))
    let reach = max(most - least, 1e-6)
    upwards = (least - 0.1 * reach)...(most + 0.1 * reach)
  }

  func place(_ x: Double, _ y: Double) -> Vector2 {
    let part = (x - across.lowerBound) / max(across.upperBound - across.lowerBound, 1e-12)
    let high = (y - upwards.lowerBound) / (upwards.upperBound - upwards.lowerBound)
    return Vector2(
      Self.left + min(max(part, 0), 1) * (width - Self.left - Self.right),
      height * (1 - min(max(high, 0), 1)))
  }

  /// Grid lines with their numbers, and the unit at the top.
  func upwardAxis(_ unit: String) -> [Markup] {
    guard
      let (step, decimals) = RoundLength.below((upwards.upperBound - upwards.lowerBound) / 3)
    else { return [] }
    var content: [Markup] = []
    var value = (upwards.lowerBound / step).rounded(.up) * step
    while value <= upwards.upperBound, content.count < 40 {
      let isZero = abs(value) < 1e-9 * step
      var line = PathData()
      line.move(place(across.lowerBound, value))
      line.line(place(across.upperBound, value))
      content.append(Self.path(line, isZero ? "zero" : "grid"))
      content.append(
        Self.label(
          isZero ? "0" : NumberLabel.fixed(value, decimals),
          Vector2(Self.left - 10, place(0, value).y + 5), "tick"))
      value += step
    }
    content.append(Self.label(unit, Vector2(Self.left, -10), "near"))
    return content
  }

  /// Numbers below the plane, the last one with the unit.
  func acrossAxis(_ unit: String, most: Int = 5) -> [Markup] {
    let range = across.upperBound - across.lowerBound
    guard let (step, decimals) = RoundLength.below(range / Double(most) * 1.6) else { return [] }
    var content: [Markup] = []
    var value = (across.lowerBound / step).rounded(.up) * step
    while value <= across.upperBound * 1.0001, content.count < 40 {
      let isLast = value + step > across.upperBound * 1.0001
      content.append(
        Self.label(
          NumberLabel.fixed(value, decimals) + (isLast ? " \(unit)" : ""),
          Vector2(place(value, 0).x, height + 24), "tick middle"))
      value += step
    }
    return content
  }

  func drawing(_ content: [Markup], _ label: String) -> Markup {
    .element(
      "svg",
      [
        "viewBox": "0 -28 \(Int(width)) \(Int(height) + 60)", "role": "img", "aria-label": label,
      ], content)
  }

  static func path(_ data: PathData, _ name: String) -> Markup {
    data.text.isEmpty ? .none : .element("path", ["class": name, "d": data.text], [])
  }

  static func label(_ text: String, _ at: Vector2, _ name: String) -> Markup {
    .element(
      "text",
      ["class": name, "x": PathData.coordinate(at.x), "y": PathData.coordinate(at.y)],
      [.text(text, limit: 60)])
  }

  static func dot(_ at: Vector2, _ name: String, radius: Double = 4.5) -> Markup {
    .element(
      "circle",
      [
        "class": name, "cx": PathData.coordinate(at.x), "cy": PathData.coordinate(at.y),
        "r": PathData.coordinate(radius),
      ], [])
  }
}
