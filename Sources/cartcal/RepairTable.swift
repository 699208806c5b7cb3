import Bundles
import Documents

/// What became of the cameras of an earlier revision: millimetres and degrees.
enum RepairTable {
  static func lines(_ repair: RepairRecord, _ names: [String]) -> [String] {
    var table = TextTable([
      ("repair of revision \(repair.from.revision)", .left), ("", .left), ("moved mm", .right),
      ("turned deg", .right), ("sigmas", .right),
    ])
    for name in names {
      guard let camera = repair.cameras[name] else { continue }
      table.add([
        Console.safe(name), camera.outcome, NumberText.fixed(camera.shifted.map { $0 * 1000 }, 2),
        NumberText.fixed(camera.turned.map { $0 * 180 / .pi }, 3),
        NumberText.fixed(camera.shownDeviations, 1),
      ])
    }
    return table.lines
  }
}
