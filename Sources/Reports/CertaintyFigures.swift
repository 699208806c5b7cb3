import Bundles
import Documents

/// Maps of how sure a camera's pixels are, and of how far two halves of its frames differ.
struct CertaintyFigures {
  let frame: PictureFrame
  let certainty: CertaintyRecord
  /// By cell: true where corners were seen.
  private let isBacked: [Bool]?

  init(frame: PictureFrame, certainty: CertaintyRecord) {
    self.frame = frame
    self.certainty = certainty
    isBacked = certainty.coverage.flatMap { coverage in
      coverage.corners.count == frame.cellCount ? coverage.corners.map { $0 > 0 } : nil
    }
  }

  /// Projection uncertainty at the boards' median distance and at infinity; fewer where the bundle
  /// holds fewer.
  func projection() -> [Markup] {
    let ranges = (certainty.projection?.ranges ?? []).filter { $0.cells.count == frame.cellCount }
    guard let last = ranges.last else { return [] }
    // The nearest board, the median one, and infinity last.
    let near = ranges.count > 1 ? ranges[ranges.count - 2] : nil
    return ([near].compactMap { $0 } + [last]).map { map($0) }
  }

  private func map(_ range: ProjectionRecord.AtRange) -> Markup {
    let place =
      range.range.map { "at \(NumberLabel.fixed($0 * 1000, 0)) mm" } ?? "far away"
    let map = CellMap(
      frame: frame,
      cells: range.cells.map {
        CellMap.Cell(text: PixelScale.text($0), below: nil, shade: PixelScale.shade($0))
      }, isBacked: isBacked)
    return Figure.drawing(
      "Uncertainty \(place), px",
      frame.drawing("Projection uncertainty \(place)", map.content),
      "\(PixelScale.text(range.centre)) px in the middle, at worst "
        + "\(PixelScale.text(range.worstCovered)) px where corners were seen.")
  }

  /// What the lenses of even and odd frames differ by; nil where they were not compared.
  func crossValidation() -> Markup? {
    guard let difference = certainty.crossValidation,
      difference.cells.count == frame.cellCount,
      difference.predictedCells.count == frame.cellCount
    else { return nil }
    var telling = 0
    var judged = 0
    let cells = zip(difference.cells, difference.predictedCells).map { found, predicted in
      guard let found else { return CellMap.Cell(text: "", below: nil, shade: 0) }
      judged += 1
      // The square of a distance in two dimensions is above 4.6 times its mean once in a hundred
      // times, where both dimensions are alike.
      let isBold = predicted.map { found * found > 4.6 * $0 * $0 } ?? false
      if isBold { telling += 1 }
      return CellMap.Cell(
        text: PixelScale.text(found), below: predicted.map { "of \(PixelScale.text($0))" },
        shade: PixelScale.shade(found), isBold: isBold)
    }
    let map = CellMap(frame: frame, cells: cells, isBacked: nil)
    let ratio = difference.ratio.map { "\(NumberLabel.fixed($0, 1)) times" } ?? "against"
    return Figure.drawing(
      "Even against odd frames, px",
      frame.drawing("Difference of the lenses of even and odd frames", map.content),
      "Over all \(PixelScale.text(difference.rms)) px, \(ratio) the "
        + "\(PixelScale.text(difference.predicted)) px that noise explains; larger than chance "
        + "explains in \(telling) of \(judged) parts.")
  }
}
