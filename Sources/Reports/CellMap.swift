import Geometry

/// Numbers over the picture, one for each cell, on shades that can be told apart in grey.
struct CellMap {
  struct Cell {
    /// What stands in it; a second line stands below, smaller.
    var text: String
    var below: String?
    /// 0, white, to 1.
    var shade: Double
    /// Set off from the others.
    var isBold = false
  }

  /// Shades of the map, white aside; each is one class of the style sheet.
  private static let shades = 8

  let frame: PictureFrame
  /// By cell of the frame.
  let cells: [Cell]
  /// By cell: true where the lens rests on corners. Drawn as an outline; numbers outside are grey.
  /// Nil where that says nothing.
  let isBacked: [Bool]?

  /// What is drawn over the picture.
  var content: [Markup] {
    precondition(cells.count == frame.cellCount)
    precondition(isBacked.map { $0.count == frame.cellCount } ?? true)
    return shading + [outline].compactMap { $0 } + numbers
  }

  private var shading: [Markup] {
    var paths = Array(repeating: PathData(), count: Self.shades + 1)
    let size = frame.cell
    for (index, cell) in cells.enumerated() {
      let shade = cell.shade.isFinite ? min(max(cell.shade, 0), 1) : 0
      let level = Int((shade * Double(Self.shades)).rounded())
      paths[level].rectangle(frame.origin(of: index), size)
    }
    return paths.enumerated().dropFirst().filter { !$0.element.text.isEmpty }.map {
      .element("path", ["class": "cell s\($0.offset)", "d": $0.element.text], [])
    }
  }

  /// Between cells that rest on corners and such that do not.
  private var outline: Markup? {
    guard let isBacked else { return nil }
    var path = PathData()
    let size = frame.cell
    for index in isBacked.indices where isBacked[index] {
      let origin = frame.origin(of: index)
      let (column, row) = (index % frame.columns, index / frame.columns)
      func isOpen(_ column: Int, _ row: Int) -> Bool {
        (0..<frame.columns).contains(column) && (0..<frame.rows).contains(row)
          && !isBacked[row * frame.columns + column]
      }
      func edge(_ from: Vector2, _ step: Vector2) {
        path.move(origin + from)
        path.line(by: step)
      }
      if isOpen(column, row - 1) { edge(.zero, Vector2(size.x, 0)) }
      if isOpen(column, row + 1) { edge(Vector2(0, size.y), Vector2(size.x, 0)) }
      if isOpen(column - 1, row) { edge(.zero, Vector2(0, size.y)) }
      if isOpen(column + 1, row) { edge(Vector2(size.x, 0), Vector2(0, size.y)) }
    }
    return path.text.isEmpty ? nil : .element("path", ["class": "backed", "d": path.text], [])
  }

  private var numbers: [Markup] {
    let size = frame.cell
    return cells.enumerated().flatMap { index, cell -> [Markup] in
      let isGrey = isBacked.map { !$0[index] } ?? false
      let middle = frame.origin(of: index) + size * 0.5
      func line(_ text: String, _ name: String, _ shift: Double) -> Markup {
        .element(
          "text",
          [
            "class": name, "x": PathData.coordinate(middle.x),
            "y": PathData.coordinate(middle.y + shift),
          ], text)
      }
      let name = isGrey ? "count empty" : cell.isBold ? "count bold" : "count"
      guard let below = cell.below else { return [line(cell.text, name, 6)] }
      return [line(cell.text, name, -1), line(below, "count below", 19)]
    }
  }
}
