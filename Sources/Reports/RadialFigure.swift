import Documents
import Geometry

/// Mean residuals against the distance from the optical centre: away from it (radial) and round it
/// (tangential). A lens that fits leaves both at zero.
struct RadialFigure {
  private static let width = 600.0
  private static let height = 330.0
  private static let left = 64.0
  private static let rings = 10
  /// Rings with fewer corners tell nothing.
  private static let fewest = 8

  private struct Ring {
    /// Middle of the ring, pixels.
    var radius: Double
    /// Mean, and one standard error of it, pixels.
    var radial: (mean: Double, error: Double)
    var tangential: (mean: Double, error: Double)
  }

  /// Farthest corner, pixels.
  private let reach: Double
  private var found: [Ring] = []

  init(_ evidence: CameraEvidence, centre: Vector2) {
    let arms = evidence.marks.map { ($0.position - $0.residual) - centre }
    reach = max(1, arms.map(\.length).filter(\.isFinite).max() ?? 1)
    var sums = Array(repeating: Sums(), count: Self.rings)
    for (arm, mark) in zip(arms, evidence.marks) {
      let length = arm.length
      guard length.isFinite, length > 1e-9, mark.residual.length.isFinite else { continue }
      let ring = min(Self.rings - 1, Int(length / reach * Double(Self.rings)))
      let along = arm * (1 / length)
      sums[ring].add(
        mark.residual.dot(along), mark.residual.dot(Vector2(-along.y, along.x)))
    }
    for (ring, sum) in sums.enumerated() where sum.count >= Self.fewest {
      found.append(
        Ring(
          radius: (Double(ring) + 0.5) / Double(Self.rings) * reach,
          radial: sum.radial, tangential: sum.tangential))
    }
  }

  private struct Sums {
    var count = 0
    private var sum = Vector2.zero
    private var squares = Vector2.zero

    mutating func add(_ radial: Double, _ tangential: Double) {
      count += 1
      sum += Vector2(radial, tangential)
      squares += Vector2(radial * radial, tangential * tangential)
    }

    var radial: (mean: Double, error: Double) { moments(sum.x, squares.x) }
    var tangential: (mean: Double, error: Double) { moments(sum.y, squares.y) }

    private func moments(_ sum: Double, _ squares: Double) -> (mean: Double, error: Double) {
      let mean = sum / Double(count)
      let variance = max(0, squares / Double(count) - mean * mean)
      return (mean, (variance / Double(count - 1)).squareRoot())
    }
  }

  /// Nil where no ring holds enough corners.
  var drawing: Markup? {
    guard !found.isEmpty else { return nil }
    let top =
      max(
        found.map { ring in
          max(
            abs(ring.radial.mean) + 2 * ring.radial.error,
            abs(ring.tangential.mean) + 2 * ring.tangential.error)
        }.max() ?? 0, 1e-4) * 1.08
    func place(_ radius: Double, _ value: Double) -> Vector2 {
      Vector2(
        Self.left + radius / reach * (Self.width - Self.left),
        Self.height / 2 * (1 - min(max(value / top, -1), 1)))
    }
    var content = axes(top: top, place)
    content += series(\.radial, "radial", shift: -4, place)
    content += series(\.tangential, "tangential", shift: 4, place)
    let svg = Markup.element(
      "svg",
      [
        "viewBox": "0 -8 \(Int(Self.width) + 2) \(Int(Self.height) + 42)", "role": "img",
        "aria-label": "Mean residual against distance from the optical centre",
      ], content)
    func telling(_ part: (Ring) -> (mean: Double, error: Double)) -> Int {
      found.filter { abs(part($0).mean) > 2.6 * part($0).error }.count
    }
    return Figure.drawing(
      "Mean residual by distance from the centre, px", svg,
      "Dots, solid: away from the centre; squares, dashed: round it; bars: two standard errors. "
        + "Larger than chance explains in \(telling(\.radial)) (solid) and "
        + "\(telling(\.tangential)) (dashed) of \(NumberText.count(found.count, "ring")).")
  }

  private func series(
    _ part: (Ring) -> (mean: Double, error: Double), _ name: String, shift: Double,
    _ place: (Double, Double) -> Vector2
  ) -> [Markup] {
    var line = PathData()
    var bars = PathData()
    var dots = PathData()
    for (index, ring) in found.enumerated() {
      let (mean, error) = part(ring)
      let aside = Vector2(shift, 0)
      let point = place(ring.radius, mean) + aside
      if index == 0 { line.move(point) } else { line.line(point) }
      bars.move(place(ring.radius, mean - 2 * error) + aside)
      bars.line(place(ring.radius, mean + 2 * error) + aside)
      dots.dot(point)
    }
    return [("line", line), ("bars", bars), ("dots", dots)].map { kind, path in
      .element("path", ["class": "\(name) \(kind)", "d": path.text], [])
    }
  }

  private func axes(top: Double, _ place: (Double, Double) -> Vector2) -> [Markup] {
    var content: [Markup] = []
    func tick(_ at: Vector2, _ text: String, _ name: String) {
      content.append(
        .element(
          "text",
          ["class": name, "x": PathData.coordinate(at.x), "y": PathData.coordinate(at.y)], text))
    }
    func line(at value: Double, _ name: String) {
      var path = PathData()
      path.move(place(0, value))
      path.line(place(reach, value))
      content.append(.element("path", ["class": name, "d": path.text], []))
    }
    if let (step, decimals) = RoundLength.below(top / 1.2) {
      for value in [-step, 0, step] {
        line(at: value, value == 0 ? "zero" : "grid")
        tick(
          Vector2(Self.left - 8, place(0, value).y + 5), NumberLabel.fixed(value, decimals),
          "tick")
      }
    }
    if let (step, decimals) = RoundLength.below(reach / 1.7) {
      for multiple in 0...max(1, Int(min(4, reach / step))) {
        let radius = Double(multiple) * step
        guard radius <= reach else { break }
        tick(
          Vector2(place(radius, 0).x, Self.height + 22),
          NumberLabel.fixed(radius, decimals) + (multiple == 0 ? "" : " px"), "tick middle")
      }
    }
    return content
  }
}
