import Documents
import Procedures
import Simulation

/// Simulated sessions and comparisons for people.
enum SimulatePrinter {
  static func lines(_ made: SimulatedPictures, folder: String) -> [String] {
    let cart = made.cart
    var table = TextTable([
      ("camera", .left), ("lens", .left), ("focal px", .right), ("whole", .right),
      ("part", .right), ("no board", .right), ("bound px", .right),
    ])
    for (camera, counts) in zip(cart.scene.cameras, made.cameras) {
      table.add([
        camera.name, camera.lens.kind.rawValue, NumberText.fixed(camera.lens.parameters[0], 1),
        "\(counts.whole)", "\(counts.partial)", "\(counts.empty)",
        NumberText.fixed(counts.bound, 4),
      ])
    }
    let total = made.cameras.reduce(0) { $0 + $1.whole + $1.partial + $1.empty }
    let changed = cart.replaced.map { ", another unit as \($0)" } ?? ""
    return ["cart \(cart.rig.name), seed \(cart.seed), \(cart.disturbance.rawValue)\(changed)", ""]
      + table.lines + [
        "",
        "written   \(NumberText.count(total, "picture")) of "
          + "\(NumberText.count(cart.frameNames.count, "frame")), and truth.json, in "
          + Console.safe(folder),
      ]
  }

  /// The lines of `judge.py`'s table.
  static func lines(_ comparison: ComparisonDocument) -> [String] {
    comparison.rows.map { name, value in
      name.padded(to: 24) + " " + value
    }
  }
}
