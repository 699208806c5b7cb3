import Geometry

/// The `d` of an SVG path, in tenths of a unit.
struct PathData {
  private(set) var text = ""

  /// Begins at a point.
  mutating func move(_ point: Vector2) { append("M", point) }

  /// Draws a line to a point.
  mutating func line(_ point: Vector2) { append("L", point) }

  /// Draws a line by a difference.
  mutating func line(by step: Vector2) { append("l", step) }

  mutating func close() { text += "z" }

  mutating func append(_ other: PathData) { text += other.text }

  /// Draws a cross of `size` about a point.
  mutating func cross(_ point: Vector2, size: Double) {
    move(point - Vector2(size, size))
    line(by: Vector2(2 * size, 2 * size))
    move(point + Vector2(-size, size))
    line(by: Vector2(2 * size, -2 * size))
  }

  /// Draws a rectangle from its upper left corner.
  mutating func rectangle(_ origin: Vector2, _ size: Vector2) {
    move(origin)
    line(by: Vector2(size.x, 0))
    line(by: Vector2(0, size.y))
    line(by: Vector2(-size.x, 0))
    close()
  }

  /// Draws a dot, or with a square's style a square, about a point: a line of no length, which the
  /// style's width and caps make visible.
  mutating func dot(_ point: Vector2) {
    move(point)
    line(by: .zero)
  }

  private mutating func append(_ command: String, _ point: Vector2) {
    text += command
    text += Self.coordinate(point.x)
    text += " "
    text += Self.coordinate(point.y)
  }

  /// A coordinate with one decimal; what is no number or far off any page is held at its edge.
  static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((min(max(value, -1e5), 1e5) * 10).rounded())
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    let sign = tenths < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}

/// Round lengths for scale bars.
enum RoundLength {
  /// The largest of 1, 2, 5 times a power of ten that is not above `value`, with the decimals it
  /// needs; nil when there is none.
  static func below(_ value: Double) -> (length: Double, decimals: Int)? {
    guard value.isFinite, value >= 1e-6, value < 1e9 else { return nil }
    var power = 1e-6
    var decimals = 6
    while power * 10 <= value {
      power *= 10
      decimals -= 1
    }
    let factor = value >= 5 * power ? 5.0 : value >= 2 * power ? 2.0 : 1.0
    return (factor * power, max(0, decimals))
  }
}
