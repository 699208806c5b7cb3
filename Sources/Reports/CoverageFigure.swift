import Bundles
import Documents

/// How many corners each part of the picture gave.
enum CoverageFigure {
  static func drawing(_ frame: PictureFrame, _ coverage: CoverageRecord) -> Markup {
    let most = Double(max(1, coverage.corners.max() ?? 1))
    let map = CellMap(
      frame: frame,
      cells: coverage.corners.map { count in
        CellMap.Cell(
          text: "\(count)", below: nil,
          shade: count > 0 ? 0.12 + 0.88 * (Double(count) / most).squareRoot() : 0)
      }, isBacked: coverage.corners.map { $0 > 0 })
    let empty = coverage.corners.filter { $0 <= 0 }.count
    let caption =
      empty == 0
      ? "Every part holds corners."
      : "\(empty) of \(coverage.corners.count) parts hold no corner: nothing backs the lens there."
    return Figure.drawing(
      "Coverage: corners used", frame.drawing("Corners by part of the picture", map.content),
      caption)
  }
}
