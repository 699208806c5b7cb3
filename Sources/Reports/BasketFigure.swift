import Bundles
import Documents
import Geometry

/// What is expected of places in the basket, layer by layer as seen from above, and where the
/// cameras stand over it.
struct BasketFigure {
  /// Maps side by side; the room of each, and what of it the map may fill; units.
  private static let columns = 3
  private static let width = 340.0
  private static let mapSize = Vector2(300, 280)
  private static let head = 26.0

  private let record: BasketErrorRecord
  private let cameras: [(name: String, cartFromCamera: RigidTransform)]
  /// Units of the drawing by metre, and the size of a cell of the maps.
  private let scale: Double
  private let cell: Vector2
  private let decimals: Int

  private var room: Vector2 {
    Vector2(Self.width, Self.head + scale * record.size[1] + 32)
  }

  init(_ record: BasketErrorRecord, _ bundle: CartBundle, _ names: [String]) {
    self.record = record
    cameras = names.compactMap { name in
      bundle.cameras[name]?.cartPose.map { (name, $0.cartFromCamera.transform) }
    }
    scale = min(Self.mapSize.x / record.size[0], Self.mapSize.y / record.size[1])
    cell = Vector2(
      scale * record.size[0] / Double(record.grid[0]),
      scale * record.size[1] / Double(record.grid[1]))
    let worst = (record.worst ?? 1) * 1000
    decimals = worst < 0.995 ? 3 : worst < 9.95 ? 2 : 1
  }

  var drawing: Markup {
    let layers = record.grid[2]
    let rows = (layers + Self.columns) / Self.columns
    let size = Vector2(room.x * Double(Self.columns), room.y * Double(rows))
    var content: [Markup] = []
    for layer in 0..<layers { content.append(slot(layer, title(layer), map(layer))) }
    content.append(slot(layers, "Cameras", plan))
    let svg = Markup.element(
      "svg",
      [
        "viewBox": "-1 -1 \(PathData.coordinate(size.x)) \(PathData.coordinate(size.y))",
        "role": "img", "aria-label": "Expected errors of places in the basket, millimetres",
      ], content)
    return .element("figure", ["class": "wide bare"], svg, .element("figcaption", [:], caption))
  }

  private var caption: String {
    let relative =
      record.frame == .cart
      ? "in the cart, what is not known of the datum included"
      : "relative to the cameras, since no datum says where the cart is"
    return "Seen from above, the front of the cart at the top; from the floor to the rim. The "
      + "numbers are millimetres: how far a place is expected to be from where two cameras put it "
      + "(root mean square, with the best two), \(relative). Empty where fewer than two cameras "
      + "see it in a part of the picture that was calibrated. What finding the place in the "
      + "pictures adds: \(perPixel) for each pixel."
  }

  /// The middle of what a pixel adds.
  private var perPixel: String {
    let known = record.perPixel.compactMap { $0 }.sorted()
    return known.isEmpty ? "-" : "\(NumberLabel.fixed(known[known.count / 2] * 1000, 2)) mm"
  }

  private func title(_ layer: Int) -> String {
    let height = Double(layer) / Double(record.grid[2] - 1) * record.size[2]
    let text = "\(NumberLabel.fixed(height * 1000, 0)) mm"
    return layer == 0 ? "Floor" : layer == record.grid[2] - 1 ? "Rim, \(text)" : text
  }

  private func slot(_ index: Int, _ title: String, _ content: [Markup]) -> Markup {
    let x = Double(index % Self.columns) * room.x
    let y = Double(index / Self.columns) * room.y
    let label = Markup.element("text", ["class": "slot", "x": "0", "y": "15"], title)
    let body = Markup.element(
      "g", ["transform": "translate(0 \(PathData.coordinate(Self.head)))"], content)
    return .element(
      "g",
      ["transform": "translate(\(PathData.coordinate(x)) \(PathData.coordinate(y)))"], label, body)
  }

  private var outline: Markup {
    .element(
      "rect",
      [
        "class": "outline", "width": PathData.coordinate(scale * record.size[0]),
        "height": PathData.coordinate(scale * record.size[1]),
      ], [])
  }

  private func map(_ layer: Int) -> [Markup] {
    let (columns, rows) = (record.grid[0], record.grid[1])
    let worst = max(record.worst ?? 0, 1e-12)
    var content: [Markup] = []
    for row in 0..<rows {
      for column in 0..<columns {
        // The front, the last row of the grid, is drawn first.
        let index = (layer * rows + (rows - 1 - row)) * columns + column
        guard let error = record.best[index] else { continue }
        let origin = Vector2(Double(column), Double(row)) * cell
        let level = Int((1 + 7 * min(max(error / worst, 0), 1)).rounded())
        content.append(
          .element(
            "rect",
            [
              "class": "cell s\(level)", "x": PathData.coordinate(origin.x),
              "y": PathData.coordinate(origin.y), "width": PathData.coordinate(cell.x),
              "height": PathData.coordinate(cell.y),
            ], []))
        content.append(
          .element(
            "text",
            [
              "class": "place", "x": PathData.coordinate(origin.x + cell.x / 2),
              "y": PathData.coordinate(origin.y + cell.y / 2 + 5),
            ], NumberLabel.fixed(error * 1000, decimals)))
      }
    }
    return content + [outline]
  }

  /// The basket from above with the cameras and where they look.
  private var plan: [Markup] {
    let middle = Vector2(record.size[0], record.size[1]) * (scale / 2)
    func place(_ point: Vector3) -> Vector2 {
      let drawn = middle + Vector2(point.x, -point.y) * scale
      // A camera far from the basket is drawn at the edge.
      return Vector2(
        min(max(drawn.x, -10), 2 * middle.x + 30), min(max(drawn.y, -6), 2 * middle.y + 6))
    }
    var content = [outline]
    for (name, pose) in cameras {
      let apex = place(pose.translation)
      let axis = pose.rotation * Vector3(0, 0, 1)
      // A camera that looks straight down has no direction on the plan.
      let flat = Vector2(axis.x, -axis.y)
      let ahead = flat.length > 1e-3 ? flat / flat.length : Vector2(0, -1)
      let across = Vector2(-ahead.y, ahead.x) * 11
      var path = PathData()
      path.move(apex)
      path.line(apex + ahead * 20 + across)
      path.line(apex + ahead * 20 - across)
      path.close()
      content.append(.element("path", ["class": "camera", "d": path.text], []))
      let label = apex + ahead * 38
      let anchor = ahead.x > 0.4 ? "start" : ahead.x < -0.4 ? "end" : "middle"
      content.append(
        .element(
          "text",
          [
            "class": "place", "style": "text-anchor:\(anchor)",
            "x": PathData.coordinate(label.x - 14 * ahead.x),
            "y": PathData.coordinate(label.y + 5),
          ], [.text(name, limit: 20)]))
    }
    return content
  }
}
