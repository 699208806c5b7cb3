import Geometry

/// A camera's picture as a figure shows it: its outline, and cells that divide it.
struct PictureFrame {
  /// Longest sides of the outline in the figure, units.
  private static let longest = Vector2(600, 480)
  private static let cellSize = 50.0
  /// Room below the outline for a scale bar, units.
  static let footer = 30.0

  /// Units of the figure by pixel.
  let scale: Double
  /// Of the outline, units.
  let size: Vector2
  let columns: Int
  let rows: Int

  /// Of a picture of `width` x `height` pixels, at least one each.
  init(width: Int, height: Int) {
    scale = min(Self.longest.x / Double(width), Self.longest.y / Double(height))
    size = Vector2(max(4, Double(width) * scale), max(4, Double(height) * scale))
    columns = max(1, Int((size.x / Self.cellSize).rounded()))
    rows = max(1, Int((size.y / Self.cellSize).rounded()))
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
  func drawing(_ label: String, _ content: [Markup], bar: Markup = .none) -> Markup {
    let outline = Markup.element(
      "rect",
      [
        "class": "outline", "width": PathData.coordinate(size.x),
        "height": PathData.coordinate(size.y),
      ], [])
    let viewBox =
      "-1 -1 \(PathData.coordinate(size.x + 2)) \(PathData.coordinate(size.y + 2 + Self.footer))"
    return .element(
      "svg", ["viewBox": viewBox, "role": "img", "aria-label": label],
      content + [outline, bar])
  }

  /// A bar below the outline that shows how long `length` pixels of a residual are drawn.
  func scaleBar(unitsByPixel: Double) -> Markup {
    guard let (length, decimals) = RoundLength.below(110 / unitsByPixel) else { return .none }
    return ScaleBar.drawing(
      at: Vector2(0, size.y + 14), length: length * unitsByPixel,
      label: "\(NumberLabel.fixed(length, decimals)) px")
  }
}
