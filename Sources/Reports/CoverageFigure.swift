import Documents
import Geometry

/// How many corners each part of the picture gave.
struct CoverageFigure {
  let frame: PictureFrame
  private let counts: [Int]

  init(_ frame: PictureFrame, _ evidence: CameraEvidence) {
    self.frame = frame
    var counts = Array(repeating: 0, count: frame.cellCount)
    for mark in evidence.marks { counts[frame.cellIndex(mark.position)] += 1 }
    self.counts = counts
  }

  private var emptyCount: Int { counts.filter { $0 == 0 }.count }

  /// The share of the picture's parts that hold a corner.
  var share: Double { 1 - Double(emptyCount) / Double(counts.count) }

  var drawing: Markup {
    let most = Double(max(1, counts.max() ?? 1))
    let cell = frame.cell
    var content: [Markup] = []
    for (index, count) in counts.enumerated() {
      let origin = frame.origin(of: index)
      if count > 0 {
        let opacity = 0.06 + 0.44 * (Double(count) / most).squareRoot()
        content.append(
          .element(
            "rect",
            [
              "class": "cell", "x": PathData.coordinate(origin.x),
              "y": PathData.coordinate(origin.y), "width": PathData.coordinate(cell.x),
              "height": PathData.coordinate(cell.y),
              "fill-opacity": NumberText.fixed(opacity, 2),
            ], []))
      }
      content.append(
        .element(
          "text",
          [
            "class": count > 0 ? "count" : "count empty",
            "x": PathData.coordinate(origin.x + cell.x / 2),
            "y": PathData.coordinate(origin.y + cell.y / 2 + 5),
          ], "\(count)"))
    }
    let caption =
      emptyCount == 0
      ? "Every part holds corners." : "\(emptyCount) of \(counts.count) parts hold no corner."
    return Figure.drawing(
      "Coverage", frame.drawing("Corners by part of the picture", content), caption)
  }
}
