import Bundles
import Geometry

/// A camera's picture as a figure shows it: its outline, and the cells of its coverage, which all
/// figures of the camera share.
struct PictureFrame {
  /// Longest sides of the outline in the figure, units.
  private static let longest = Vector2(600, 450)
  /// Cells of a camera whose coverage is not known.
  private static let usualCells = (columns: 8, rows: 6)
  /// More cells than this cannot be told apart.
  private static let cellLimit = 400
  /// Room below the outline for a scale bar, units.
  static let footer = 30.0

  /// Units of the figure by pixel.
  let scale: Double
  /// Of the outline, units.
  let size: Vector2
  let columns: Int
  let rows: Int

  /// Of a picture of `width` x `height` pixels, at least one each.
  init(width: Int, height: Int, coverage: CoverageRecord? = nil) {
    scale = min(Self.longest.x / Double(width), Self.longest.y / Double(height))
    size = Vector2(max(4, Double(width) * scale), max(4, Double(height) * scale))
    if let coverage, coverage.columns * coverage.rows <= Self.cellLimit {
      (columns, rows) = (coverage.columns, coverage.rows)
    } else {
      (columns, rows) = Self.usualCells
    }
  }

  var cellCount: Int { columns * rows }
  var cell: Vector2 { Vector2(size.x / Double(columns), size.y / Double(rows)) }

  /// Where a pixel is drawn; pixel (0, 0) is the centre of the top-left pixel.
  func place(_ pixel: Vector2) -> Vector2 { (pixel + Vector2(0.5, 0.5)) * scale }

  /// The cell a pixel lies in; the nearest one for a pixel outside the picture.
  func cellIndex(_ pixel: Vector2) -> Int {
    let place = place(pixel)
    let column = Int(min(max(place.x / cell.x, 0), Double(columns - 1)))
    let row = Int(min(max(place.y / cell.y, 0), Double(rows - 1)))
    return row * columns + column
  }

  /// The upper left corner of a cell.
  func origin(of index: Int) -> Vector2 {
    Vector2(Double(index % columns), Double(index / columns)) * cell
  }

  /// The drawing: the outline with `content` in it, and a scale bar below.
  func drawing(_ label: String, _ content: [Markup], bar: Markup? = nil) -> Markup {
    let outline = Markup.element(
      "rect",
      [
        "class": "outline", "width": PathData.coordinate(size.x),
        "height": PathData.coordinate(size.y),
      ], [])
    let below = bar == nil ? 0 : Self.footer
    let viewBox =
      "-1 -1 \(PathData.coordinate(size.x + 2)) \(PathData.coordinate(size.y + 2 + below))"
    return .element(
      "svg", ["viewBox": viewBox, "role": "img", "aria-label": label],
      content + [outline] + [bar].compactMap { $0 })
  }

  /// A bar below the outline that shows how long `length` pixels of a residual are drawn.
  func scaleBar(unitsByPixel: Double) -> Markup {
    guard let (length, decimals) = RoundLength.below(110 / unitsByPixel) else { return .none }
    return ScaleBar.drawing(
      at: Vector2(0, size.y + 14), length: length * unitsByPixel,
      label: "\(NumberLabel.fixed(length, decimals)) px")
  }
}
