/// Anti-aliased marks at sub-pixel positions: a pixel is covered by how far its centre lies inside
/// the stroke. Positions that are not finite draw nothing; what lies outside is cut off.
extension ColorImage {
  /// A straight stroke of `thickness` pixels.
  package mutating func drawLine(
    from a: (x: Double, y: Double), to b: (x: Double, y: Double), thickness: Double = 1.5,
    _ color: Color
  ) {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let square = dx * dx + dy * dy
    guard square.isFinite else { return }
    // Walk along the longer axis; across it, the stroke is at most thickness * sqrt(2) wide.
    let isSteep = abs(dy) > abs(dx)
    let reach = thickness / 2 + 1
    let (low, high) = isSteep ? (min(a.y, b.y), max(a.y, b.y)) : (min(a.x, b.x), max(a.x, b.x))
    for along in Self.pixels(low - reach, high + reach, within: isSteep ? height : width) {
      let onLine =
        isSteep
        ? a.x + dx * (Double(along) - a.y) / dy
        : dx == 0 ? a.y : a.y + dy * (Double(along) - a.x) / dx
      let ends = isSteep ? (min(a.x, b.x), max(a.x, b.x)) : (min(a.y, b.y), max(a.y, b.y))
      let middle = min(max(onLine, ends.0), ends.1)
      let across = Self.pixels(
        middle - 1.5 * reach, middle + 1.5 * reach, within: isSteep ? width : height)
      for other in across {
        let (x, y) = isSteep ? (other, along) : (along, other)
        let (px, py) = (Double(x) - a.x, Double(y) - a.y)
        let t = square > 0 ? min(max((px * dx + py * dy) / square, 0), 1) : 0
        let (ex, ey) = (px - t * dx, py - t * dy)
        let distance = (ex * ex + ey * ey).squareRoot()
        blend(color, x: x, y: y, coverage: thickness / 2 + 0.5 - distance)
      }
    }
  }

  /// A ring of `radius` pixels around a centre.
  package mutating func drawCircle(
    center: (x: Double, y: Double), radius: Double, thickness: Double = 1.5, _ color: Color
  ) {
    let reach = radius + thickness / 2 + 1
    guard center.x.isFinite, center.y.isFinite, reach.isFinite else { return }
    for y in Self.pixels(center.y - reach, center.y + reach, within: height) {
      for x in Self.pixels(center.x - reach, center.x + reach, within: width) {
        let (dx, dy) = (Double(x) - center.x, Double(y) - center.y)
        let distance = abs((dx * dx + dy * dy).squareRoot() - radius)
        blend(color, x: x, y: y, coverage: thickness / 2 + 0.5 - distance)
      }
    }
  }

  /// The whole numbers from `low` to `high` that are pixels of a side of `count`.
  private static func pixels(_ low: Double, _ high: Double, within count: Int) -> Range<Int> {
    let first = max(low.rounded(.up), 0)
    let last = min(high.rounded(.down), Double(count - 1))
    return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
  }
}
