import Bundles
import Documents
import Geometry

/// Lenses and poses of cameras as tables for people: millimetres and degrees.
enum CameraTable {
  /// A row a camera: lens, fit and what it rests on.
  static func lenses(_ cameras: [String: CameraRecord], _ names: [String]) -> [String] {
    var table = TextTable([
      ("camera", .left), ("lens", .left), ("focal px", .right), ("centre px", .right),
      ("rms px", .right), ("hold-out px", .right), ("views", .right), ("corners", .right),
    ])
    for name in names {
      guard let camera = cameras[name] else { continue }
      let lens = camera.parameters
      let views =
        "\(camera.views)" + (camera.unanchoredViews > 0 ? "+\(camera.unanchoredViews) part" : "")
      table.add([
        Console.safe(name), camera.model?.rawValue ?? "not solved",
        lens.map { "\(NumberText.fixed($0.fx, 1)) \(NumberText.fixed($0.fy, 1))" } ?? "-",
        lens.map { "\(NumberText.fixed($0.cx, 1)) \(NumberText.fixed($0.cy, 1))" } ?? "-",
        NumberText.fixed(camera.rmsPixels, 3), NumberText.fixed(camera.holdoutRMSPixels, 3),
        views, "\(camera.corners)",
      ])
    }
    return table.lines
  }

  /// A row for each camera but the reference: where it is, seen from there. Empty for one camera.
  static func poses(
    _ cameras: [String: CameraRecord], _ names: [String], reference: String?
  ) -> [String] {
    guard let reference, names.count > 1 else { return [] }
    var table = TextTable([
      ("from \(Console.safe(reference)):", .left), ("distance mm", .right),
      ("right mm", .right), ("down mm", .right), ("forward mm", .right), ("turned deg", .right),
    ])
    for name in names where name != reference {
      guard let pose = cameras[name]?.referenceFromCamera?.transform else {
        table.add([Console.safe(name), "unknown", "-", "-", "-", "-"])
        continue
      }
      let place = pose.translation * 1000
      table.add(
        [Console.safe(name)]
          + [place.length, place.x, place.y, place.z].map { NumberText.fixed($0, 1) }
          + [NumberText.fixed(pose.rotation.angle * 180 / .pi, 2)])
    }
    return table.lines
  }
}
