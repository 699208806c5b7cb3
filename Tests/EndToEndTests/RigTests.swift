import Foundation
import TestSupport
import Testing

/// Cart designs, by the command line.
struct RigTests {
  /// The fixture's cameras above a cart's floor, the left one looking straight down.
  private let rig = """
    schema: cartcal.rig/1
    name: stereo
    board: checkerboard:8x5:27mm
    cameras:
      left:
        lens: {kind: pinhole, model: opencv4}
        size_px: [320, 240]
        cart_from_camera: {translation_m: [0, 0, 0.5], rotation_wxyz: [0, 1, 0, 0]}
        tolerance: {position_mm: 5, angle_deg: 1}
      right:
        lens: {kind: pinhole, model: opencv4}
        size_px: [320, 240]
        cart_from_camera:
          translation_m: [0.11, -0.004, 0.506]
          rotation_wxyz: [-0.005, 0.99814, -0.00999, -0.05996]
        tolerance: {position_mm: 5, angle_deg: 1}

    """

  private func solve(
    _ folder: TemporaryFolder, _ rig: String, _ more: [String] = []
  ) throws -> CommandOutcome {
    try folder.put("rig.yaml", rig)
    return try CommandRunner.run(
      [
        "solve", CommandRunner.stereo, "--rig", folder("rig.yaml"), "--json", folder("solve.json"),
        "--details",
      ] + more)
  }

  private func problems(_ file: String, _ schema: String) throws -> [String] {
    try SchemaFile(schema).problems(
      in: Array(try Data(contentsOf: URL(fileURLWithPath: file))))
  }

  @Test func aSolveWithARigIsInTheCart() throws {
    let folder = try TemporaryFolder()
    let store = ["--cart", "CART-1", "--store", folder("store")]
    var outcome = try solve(folder, rig, store)
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    var report = try JSONValue(file: folder("solve.json"))
    #expect(report["cart_frame"].text == "nominal" && report["rig"]["name"].text == "stereo")
    #expect(report["rig"]["sha256"].text?.count == 64)
    #expect(report["board"].text == "checkerboard:8x5:27mm")
    #expect(report["cameras"]["left"]["model"].text == "opencv4")
    #expect(report.findingCodes.contains("cart_frame_nominal"))
    #expect(outcome.output.contains("in the cart:"))
    let nominal = report["cameras"]["left"]["cart_from_camera"]["translation_m"].numbers
    for (solved, meant) in zip(nominal, [0, 0, 0.5]) { #expect(abs(solved - meant) < 1e-3) }

    // Where the solution has the board of the first frame is a datum like any other.
    let evidence = try JSONValue(file: folder("store/CART-1/000001/evidence/residuals.json"))
    let board = evidence["cameras"]["left"]["views"]["00.png"]["camera_from_board"]
    let (q, t) = (board["rotation_wxyz"].numbers, board["translation_m"].numbers)
    try #require(q.count == 4 && t.count == 3)
    // cart_from_left turns by half a turn about x.
    let datum = """
      datum:
        - frame: 0
          cart_from_board:
            translation_m: [\(t[0]), \(-t[1]), \(0.5 - t[2])]
            rotation_wxyz: [\(-q[1]), \(q[0]), \(-q[3]), \(q[2])]
          sigma: {position_mm: 0.02, angle_deg: 0.01}

      """
    outcome = try solve(folder, rig + datum, store)
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    report = try JSONValue(file: folder("solve.json"))
    #expect(report["cart_frame"].text == "datum" && report["datum"].array.count == 1)
    #expect(report["datum"][0]["used"].raw as? Bool == true)
    let left = report["cameras"]["left"]
    for (solved, meant) in zip(left["cart_from_camera"]["translation_m"].numbers, [0, 0, 0.5]) {
      #expect(abs(solved - meant) < 1e-5)
    }
    #expect(left["cart_pose_covariance"]["values"].numbers.count == 36)
    #expect(report.findingCodes.isEmpty, "\(outcome.output)")

    #expect(try problems(folder("solve.json"), "Procedures/Schemas/solve-1.schema.json") == [])
    let bundle = folder("store/CART-1/000002/bundle.json")
    #expect(try problems(bundle, "Bundles/Schemas/bundle-1.schema.json") == [])
    #expect(
      try JSONValue(file: bundle)["cameras"]["left"]["cart_from_camera"]["translation_m"].numbers
        == left["cart_from_camera"]["translation_m"].numbers)
    let shown = try CommandRunner.run([
      "bundle", "show", "CART-1", "--unsigned", "--store", folder("store"),
    ])
    #expect(shown.status == 0 && shown.output.contains("in the cart:"), "\(shown.errors)")
  }

  /// A weighing knows nothing of the rig, and must not take it from the cameras it carries over.
  @Test func aWeighingKeepsWhatTheCamerasKnowOfTheCart() throws {
    let folder = try TemporaryFolder()
    let store = ["--cart", "CART-1", "--store", folder("store")]
    let solved = try solve(folder, rig, store)
    #expect(solved.status == 0, "\(solved.errors)")
    try WeighTests.write(folder, "session")
    let weighed = try CommandRunner.run(["weigh", "--recorded", folder("session")] + store)
    #expect(weighed.status == 0, "\(weighed.errors)")
    let before = try JSONValue(file: folder("store/CART-1/000001/bundle.json"))
    let after = try JSONValue(file: folder("store/CART-1/000002/bundle.json"))
    #expect(before["cart_frame"].text == "nominal")
    for key in ["rig", "cart_frame", "datum", "board_scale", "cameras"] {
      let kept = try after[key].canonical(without: [])
      #expect(try kept == before[key].canonical(without: []), "\(key)")
    }
  }

  @Test func exchangedFoldersAreNamed() throws {
    let folder = try TemporaryFolder()
    // The fixture's two cameras by themselves look much alike; where they are meant to be does not.
    let text = rig.replacing("  left:", with: "  x:", maxReplacements: 1)
      .replacing("  right:", with: "  left:", maxReplacements: 1)
      .replacing("  x:", with: "  right:", maxReplacements: 1)
    let outcome = try solve(folder, text)
    let report = try JSONValue(file: folder("solve.json"))
    #expect(outcome.status == 1 && report.findingCodes.contains("cameras_swapped"))
    #expect(outcome.output.contains("left and right look exchanged"), "\(outcome.output)")
  }

  @Test func rolesAreHeldAgainstTheSession() throws {
    let folder = try TemporaryFolder()
    var outcome = try solve(folder, rig.replacing("  right:", with: "  rigth:"))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("a camera right") && outcome.errors.contains("mean rigth?"))
    #expect(!FileManager.default.fileExists(atPath: folder("solve.json")))

    let third =
      rig + """
          rear:
            lens: {kind: wide}
            size_px: [320, 240]
            cart_from_camera: {translation_m: [0, 1, 1], looks_at_m: [0, 0, 0]}
            tolerance: {position_mm: 5, angle_deg: 1}

        """
    outcome = try solve(folder, third)
    #expect(outcome.status == 1, "\(outcome.errors)")
    let report = try JSONValue(file: folder("solve.json"))
    #expect(report.findingCodes.contains("camera_missing"))
    #expect(report["verdict"].text == "not_determined")
    #expect(report["cameras"]["left"]["model"].text == "opencv4")

    outcome = try solve(folder, rig.replacing("[320, 240]", with: "[640, 480]"))
    #expect(outcome.status == 1)
    #expect(
      try JSONValue(file: folder("solve.json")).findingCodes.contains("picture_size_unexpected"))
  }

  @Test func optionsThatContradictTheRigAreRefused() throws {
    let folder = try TemporaryFolder()
    var outcome = try solve(folder, rig, ["--board", "checkerboard:8x5:27mm"])
    #expect(outcome.status == 2 && outcome.errors.contains("Leave --board out"))
    outcome = try solve(folder, rig, ["--save-corners", folder("rig.yaml")])
    #expect(outcome.status == 2 && outcome.errors.contains("write over"))
    outcome = try CommandRunner.run(["solve", CommandRunner.stereo, "--rig", folder("no.yaml")])
    #expect(outcome.status == 2 && outcome.errors.contains("no.yaml cannot be read"))
    outcome = try solve(folder, "schema: cartcal.rig/1\nnam: x\n")
    #expect(outcome.status == 2 && outcome.errors.contains("rig.yaml:2:1: "), "\(outcome.errors)")
    // A lens asked for goes before the rig's.
    outcome = try solve(folder, rig, ["--lens", "opencv5"])
    #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
    let report = try JSONValue(file: folder("solve.json"))
    #expect(report["cameras"]["right"]["model"].text == "opencv5")
  }

  @Test func rigsAreCheckedAndImported() throws {
    let folder = try TemporaryFolder()
    for name in ["virtual-cart4", "virtual-cart6"] {
      let path = CommandRunner.packageRoot.appendingPathComponent("rigs/\(name).yaml").path
      let outcome = try CommandRunner.run(["rig", "check", path])
      #expect(outcome.status == 0 && outcome.output.contains("can be used"), "\(outcome.errors)")
    }
    try folder.put("rig.yaml", rig.replacing("8x5", with: "8x6"))
    var outcome = try CommandRunner.run(["rig", "check", folder("rig.yaml")])
    #expect(outcome.status == 1 && outcome.output.contains("half a turn"), "\(outcome.output)")

    try folder.put(
      "plain.json",
      """
      {"cameras": [{"name": "cam0", "width": 640, "height": 480, "lens": "wide",
        "nominal_focal_px": 300, "nominal_pose_cart_from_camera":
          {"rotation": [1, 0, 0, 0, -1, 0, 0, 0, -1], "translation": [0, 0, 0.5]}}],
       "board": {"columns": 8, "rows": 5, "square_m": 0.027}, "datum": []}
      """)
    outcome = try CommandRunner.run(
      ["rig", "new", "--from", folder("plain.json"), "-o", folder("new.yaml")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    outcome = try CommandRunner.run(["rig", "check", folder("new.yaml")])
    #expect(outcome.status == 0 && outcome.output.contains("rig new, board checkerboard:8x5:27mm"))
    outcome = try CommandRunner.run(
      ["rig", "new", "--from", folder("plain.json"), "-o", folder("plain.json")])
    #expect(outcome.status == 2 && outcome.errors.contains("write over"))
    #expect(try CommandRunner.run(["rig", "new", "-o", folder("x.yaml")]).status == 2)
    #expect(try CommandRunner.run(["rig"]).status == 2)
    #expect(try CommandRunner.run(["rig", "chekc"]).status == 2)
  }
}
