import Boards
import Bundles
import Documents
import Geometry
import Glibc
import Sessions

/// Cameras and boards in space, seen without perspective from behind and above the reference
/// camera. A script on the page turns it; without, it stands as drawn here.
struct SceneFigure {
  static let size = Vector2(1000, 560)
  /// More boards than this hide each other.
  private static let boardLimit = 120
  /// How the scene is turned at first, radians: about the vertical, then towards the viewer.
  static let yaw = 0.55
  static let pitch = 0.5

  private struct Shape {
    let style: String
    let points: [Vector3]
    var label: String?
  }

  private var shapes: [Shape] = []
  private var boards = 0
  private var allBoards = 0
  private var cameras = 0
  /// Millimetres, in the frame of the reference camera.
  private var centre = Vector3(0, 0, 0)
  /// Units of the drawing by millimetre.
  private var scale = 1.0

  init(_ bundle: CartBundle, _ names: [String], _ residuals: ResidualsDocument?) {
    let places = names.compactMap { name -> (String, CameraRecord, RigidTransform)? in
      guard let camera = bundle.cameras[name],
        let pose = camera.referenceFromCamera?.transform
      else { return nil }
      return (name, camera, pose)
    }
    let boardShapes = Self.boards(bundle, places.map { ($0.0, $0.2) }, residuals)
    cameras = places.count
    allBoards = boardShapes.count
    let step = (allBoards + Self.boardLimit - 1) / Self.boardLimit
    let kept = stride(from: 0, to: allBoards, by: max(1, step)).map { boardShapes[$0] }
    boards = kept.count
    fit(kept.flatMap { $0 } + places.map { $0.2.translation * 1000 })
    shapes = kept.map { Shape(style: "board", points: $0) }
    for (name, camera, pose) in places {
      shapes.append(frustum(camera, pose))
      shapes.append(Shape(style: "label", points: [pose.translation * 1000], label: name))
    }
  }

  /// Nil where there is nothing to see: no camera has a place, or only one and no boards.
  var drawing: Markup? {
    guard cameras > 1 || (cameras == 1 && boards > 0) else { return nil }
    var content: [Markup] = shapes.map { shape in
      let data = shape.points.map { point in
        let p = point - centre
        return [p.x, p.y, p.z].map(PathData.coordinate).joined(separator: " ")
      }.joined(separator: ";")
      let projected = shape.points.map(project)
      guard let label = shape.label else {
        var path = PathData()
        for (index, point) in projected.enumerated() {
          if index == 0 { path.move(point) } else { path.line(point) }
        }
        path.close()
        return .element("path", ["class": shape.style, "d": path.text, "data-p": data], [])
      }
      return .element(
        "text",
        [
          "class": "label", "x": PathData.coordinate(projected[0].x),
          "y": PathData.coordinate(projected[0].y + 24), "data-p": data,
        ], [.text(Self.short(label), limit: 64)])
    }
    if let (length, decimals) = RoundLength.below(200 / scale) {
      content.append(
        ScaleBar.drawing(
          at: Vector2(12, Self.size.y - 14), length: length * scale,
          label: "\(NumberLabel.fixed(length, decimals)) mm"))
    }
    let svg = Markup.element(
      "svg",
      [
        "id": "scene", "viewBox": "0 0 1000 560", "role": "img", "tabindex": "0",
        "aria-label": "Cameras and boards in space", "data-scale": "\(scale)",
        "data-yaw": "\(Self.yaw)", "data-pitch": "\(Self.pitch)",
      ], content)
    var caption = NumberText.count(cameras, "camera")
    caption += boards > 0 ? " and \(NumberText.count(allBoards, "place")) of the board" : ""
    if boards < allBoards { caption += " (\(boards) drawn)" }
    caption += ", seen from behind and above the reference camera; no perspective, so the bar "
    caption += "holds everywhere."
    return .element(
      "figure", ["class": "wide"], svg,
      .element(
        "figcaption", [:], .text(caption),
        .element("span", ["id": "turn", "hidden": ""], " Drag or use the arrow keys to turn.")))
  }

  /// Centres the scene and chooses its scale, so that it never leaves the drawing when turned. What
  /// lies far beyond the rest may.
  private mutating func fit(_ points: [Vector3]) {
    let points = points.filter { ($0 - $0) == .zero }
    guard let first = points.first else { return }
    var (low, high) = (first, first)
    for point in points {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    centre = (low + high) * 0.5
    let distances = points.map { ($0 - centre).length }.sorted()
    let radius = min(distances[distances.count - 1], 4 * distances[distances.count / 2])
    scale = 0.49 * Self.size.y / min(max(radius, 1), 1e5)
  }

  /// A name that does not run over the drawing: of a long one the middle is left out.
  private static func short(_ name: String) -> String {
    name.count <= 24 ? name : name.prefix(12) + "\u{2026}" + name.suffix(10)
  }

  private func project(_ point: Vector3) -> Vector2 {
    let p = point - centre
    let (cy, sy) = (cos(Self.yaw), sin(Self.yaw))
    let (cp, sp) = (cos(Self.pitch), sin(Self.pitch))
    let depth = -sy * p.x + cy * p.z
    return Self.size * 0.5 + Vector2(cy * p.x + sy * p.z, cp * p.y - sp * depth) * scale
  }

  /// A camera as the pyramid it looks into, cut short; a fisheye's is drawn no wider than 100
  /// degrees.
  private func frustum(_ camera: CameraRecord, _ pose: RigidTransform) -> Shape {
    var half = Vector2(0.5, 0.4)
    if let lens = camera.parameters {
      half = Vector2(
        min(Double(camera.width) / 2 / lens.fx, 1.2), min(Double(camera.height) / 2 / lens.fy, 1.2))
    }
    let depth = 34 / scale / max(half.x, half.y, 0.6)
    let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { x, y in
      (pose.rotation * Vector3(x * half.x, y * half.y, 1)) * depth + pose.translation * 1000
    }
    let apex = pose.translation * 1000
    return Shape(
      style: "camera",
      points: [
        apex, corners[0], corners[1], apex, corners[2], corners[3], apex, corners[0], corners[3],
        corners[2], corners[1],
      ])
  }

  /// The inner corners' outline of every place where the board was, once for each frame,
  /// millimetres.
  private static func boards(
    _ bundle: CartBundle, _ cameras: [(String, RigidTransform)], _ residuals: ResidualsDocument?
  ) -> [[Vector3]] {
    guard let word = bundle.board?.word else { return [] }
    let board: BoardSpec
    do throws(BoardError) { board = try BoardSpec(word: word) } catch { return [] }
    let last = board.position(column: board.columns - 1, row: board.rows - 1)
    let outline = [
      Vector3(0, 0, 0), Vector3(last.x, 0, 0), last, Vector3(0, last.y, 0),
    ]
    var places: [String: [Vector3]] = [:]
    for (name, pose) in cameras {
      let views = residuals?.cameras[name]?.views ?? [:]
      for image in views.keys.sorted(by: NaturalOrder.precedes) {
        guard let view = views[image], view.anchored, places[view.frame] == nil,
          view.corners.contains(where: { $0.leftOut == nil })
        else { continue }
        let referenceFromBoard = pose * view.cameraFromBoard.transform
        places[view.frame] = outline.map { (referenceFromBoard * $0) * 1000 }
      }
    }
    return places.keys.sorted(by: NaturalOrder.precedes).compactMap { places[$0] }
  }
}
