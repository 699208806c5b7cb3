import Documents
import Geometry

/// Residuals over the picture, and what is common to those of one part of it.
struct ResidualFigures {
  /// More vectors than this nobody can tell apart; of more, every second, third, ... is drawn.
  static let vectorLimit = 1200

  let frame: PictureFrame
  let evidence: CameraEvidence

  /// Every residual as a line from where the solution puts the corner, and what was left out.
  func vectors(limit: Int) -> Markup {
    let marks = evidence.marks
    let step = (marks.count + limit - 1) / max(1, limit)
    let rms = max(evidence.rms, 1e-6)
    let unitsByPixel = 13 / rms
    var lines = PathData()
    var starts = PathData()
    for index in stride(from: 0, to: marks.count, by: max(1, step)) {
      let mark = marks[index]
      let start = frame.place(mark.position - mark.residual)
      lines.move(start)
      lines.line(by: Self.bounded(mark.residual * unitsByPixel, 60))
      starts.move(start)
      starts.line(by: .zero)
    }
    var crosses = PathData()
    for corner in evidence.leftOut.prefix(limit) {
      if let position = corner.position { crosses.cross(frame.place(position), size: 4) }
    }
    let drawing = frame.drawing(
      "Residuals over the picture",
      [
        .element("path", ["class": "vectors", "d": lines.text], []),
        .element("path", ["class": "starts", "d": starts.text], []),
        .element("path", ["class": "crosses", "d": crosses.text], []),
      ], bar: frame.scaleBar(unitsByPixel: unitsByPixel))
    var caption = "\(NumberText.count(marks.count, "corner"))"
    caption += step > 1 ? ", one of \(step) drawn" : ""
    caption += evidence.leftOut.isEmpty ? "." : "; \(evidence.leftOut.count) left out."
    return Figure.drawing("Residuals", drawing, caption)
  }

  /// The mean residual of each cell: a lens that fits leaves nothing in common.
  func pattern() -> Markup {
    var counts = Array(repeating: 0, count: frame.cellCount)
    var sums = Array(repeating: Vector2.zero, count: frame.cellCount)
    for mark in evidence.marks {
      let cell = frame.cellIndex(mark.position)
      counts[cell] += 1
      sums[cell] += mark.residual
    }
    let rms = max(evidence.rms, 1e-6)
    let unitsByPixel = 40 / rms
    var plain = PathData()
    var telling = PathData()
    var tellingCount = 0
    var judged = 0
    for cell in counts.indices where counts[cell] >= 5 {
      judged += 1
      let mean = sums[cell] / Double(counts[cell])
      // Of residuals without anything in common, a mean's square is above 9.2 times its variance
      // by axis once in a hundred times.
      let variance = rms * rms / 2 / Double(counts[cell])
      let isTelling = mean.dot(mean) > 9.2 * variance
      let start = frame.origin(of: cell) + frame.cell * 0.5
      let arrow = Self.arrow(from: start, Self.bounded(mean * unitsByPixel, 40))
      if isTelling {
        tellingCount += 1
        telling.append(arrow)
      } else {
        plain.append(arrow)
      }
    }
    let drawing = frame.drawing(
      "Mean residual by part of the picture",
      [
        .element("path", ["class": "plain", "d": plain.text], []),
        .element("path", ["class": "telling", "d": telling.text], []),
      ], bar: frame.scaleBar(unitsByPixel: unitsByPixel))
    return Figure.drawing(
      "Mean residual of each part", drawing,
      "Larger than chance explains in \(tellingCount) of \(judged) parts.")
  }

  private static func arrow(from start: Vector2, _ step: Vector2) -> PathData {
    var path = PathData()
    path.move(start)
    path.line(by: step)
    let length = step.length
    guard length > 3 else { return path }
    let along = step * (min(6, 0.5 * length) / length)
    let across = Vector2(-along.y, along.x) * 0.6
    path.move(start + step - along + across)
    path.line(start + step)
    path.line(start + step - along - across)
    return path
  }

  /// No longer than `limit` units, so that one gross error does not cover the rest.
  private static func bounded(_ step: Vector2, _ limit: Double) -> Vector2 {
    let length = step.length
    return length > limit ? step * (limit / length) : step
  }
}
