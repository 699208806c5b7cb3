import Bundles
import Documents
import Geometry

/// Lenses and poses of cameras as tables for people: millimetres and degrees, each with its largest
/// standard deviation.
enum CameraTable {
  /// A row a camera: lens, fit and what it rests on.
  static func lenses(_ cameras: [String: CameraRecord], _ names: [String]) -> [String] {
    var table = TextTable([
      ("camera", .left), ("lens", .left), ("focal px", .right), ("+-", .right),
      ("centre px", .right), ("+-", .right),
      ("rms px", .right), ("hold-out px", .right), ("views", .right), ("corners", .right),
    ])
    for name in names {
      guard let camera = cameras[name] else { continue }
      let lens = camera.parameters
      let sigma = camera.certainty.sigma
      let views =
        "\(camera.views)" + (camera.unanchoredViews > 0 ? "+\(camera.unanchoredViews) part" : "")
      table.add([
        Console.safe(name), camera.model?.rawValue ?? "not solved",
        lens.map { "\(NumberText.fixed($0.fx, 1)) \(NumberText.fixed($0.fy, 1))" } ?? "-",
        larger(sigma?.fx, sigma?.fy),
        lens.map { "\(NumberText.fixed($0.cx, 1)) \(NumberText.fixed($0.cy, 1))" } ?? "-",
        larger(sigma?.cx, sigma?.cy),
        NumberText.fixed(camera.rmsPixels, 3), NumberText.fixed(camera.holdoutRMSPixels, 3),
        views, "\(camera.corners)",
      ])
    }
    return table.lines
  }

  /// A row for each camera: where it is in the cart, how sure that is along the worst axis, and
  /// where it looks. Empty where the cart is not known.
  static func cartPoses(_ cameras: [String: CameraRecord], _ names: [String]) -> [String] {
    guard cameras.values.contains(where: { $0.cartPose != nil }) else { return [] }
    var table = TextTable([
      ("in the cart:", .left), ("right mm", .right), ("forward mm", .right), ("up mm", .right),
      ("+/- mm", .right), ("+/- deg", .right), ("looks right", .right), ("forward", .right),
      ("up", .right),
    ])
    for name in names {
      guard let record = cameras[name]?.cartPose else {
        table.add([Console.safe(name), "unknown"] + Array(repeating: "-", count: 7))
        continue
      }
      let pose = record.cartFromCamera.transform
      let place = pose.translation * 1000
      let axis = pose.rotation * Vector3(0, 0, 1)
      let sigma = record.sigma
      table.add(
        [Console.safe(name)] + [place.x, place.y, place.z].map { NumberText.fixed($0, 1) }
          + [
            NumberText.fixed(sigma?.translation.max().map { $0 * 1000 }, 3),
            NumberText.fixed(sigma?.rotation.max().map { $0 * 180 / .pi }, 4),
          ] + [axis.x, axis.y, axis.z].map { NumberText.fixed($0, 2) })
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
      ("right mm", .right), ("down mm", .right), ("forward mm", .right), ("+-", .right),
      ("turned deg", .right), ("+-", .right),
    ])
    for name in names where name != reference {
      guard let pose = cameras[name]?.referenceFromCamera?.transform else {
        table.add([Console.safe(name), "unknown", "-", "-", "-", "-", "-", "-"])
        continue
      }
      let place = pose.translation * 1000
      let sigma = cameras[name]?.certainty.poseSigma
      table.add(
        [Console.safe(name)]
          + [place.length, place.x, place.y, place.z].map { NumberText.fixed($0, 1) }
          + [NumberText.fixed(sigma?.translation.max().map { $0 * 1000 }, 3)]
          + [NumberText.fixed(pose.rotation.angle * 180 / .pi, 2)]
          + [NumberText.fixed(sigma?.rotation.max().map { $0 * 180 / .pi }, 3)])
    }
    return table.lines
  }

  /// The larger of two standard deviations; a dash where one is open or unknown.
  private static func larger(_ a: Double?, _ b: Double?) -> String {
    guard let a, let b else { return "-" }
    return NumberText.fixed(max(a, b), 2)
  }
}
