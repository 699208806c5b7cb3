import Documents
import Geometry

/// A bar with ticks at its ends and its length beside it.
enum ScaleBar {
  static func drawing(at place: Vector2, length: Double, label: String) -> Markup {
    var path = PathData()
    path.move(place - Vector2(0, 4))
    path.line(by: Vector2(0, 8))
    path.move(place)
    path.line(by: Vector2(length, 0))
    path.move(place + Vector2(length, -4))
    path.line(by: Vector2(0, 8))
    return .element(
      "g", ["class": "bar"],
      .element("path", ["d": path.text], []),
      .element(
        "text",
        [
          "x": PathData.coordinate(place.x + length + 8), "y": PathData.coordinate(place.y + 5),
        ], label))
  }
}

/// Numbers on a page: as everywhere for people, with a true minus sign.
enum NumberLabel {
  static func fixed(_ value: Double?, _ decimals: Int) -> String {
    let text = NumberText.fixed(value, decimals)
    return value != nil && text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text
  }

  /// A count, its digits in groups of three.
  static func count(_ count: Int) -> String {
    var groups: [Substring] = []
    var rest = Substring(String(count))
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return ([rest] + groups).joined(separator: "\u{202F}")
  }
}
