import Foundation
import TestSupport
import Testing

/// Virtual carts and what is held against them, by the command line.
struct SimulateTests {
  private static let rig = """
    schema: cartcal.rig/1
    name: small
    board: checkerboard:6x5:25mm
    basket: {size_m: [0.4, 0.3, 0.3]}
    cameras:
      left:
        lens: {kind: pinhole, focal_px: 330}
        size_px: [480, 360]
        cart_from_camera: {translation_m: [-0.15, -0.1, 0.4], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
      right:
        lens: {kind: pinhole, focal_px: 330}
        size_px: [480, 360]
        cart_from_camera: {translation_m: [0.15, 0.1, 0.4], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
    datum:
      - frame: 0
        cart_from_board: {translation_m: [-0.06, 0.05, 0.005], lies_turned_deg: 0}
        sigma: {position_mm: 0.1, angle_deg: 0.1}

    """

  private func simulate(
    _ folder: TemporaryFolder, _ out: String, _ more: [String] = []
  ) throws -> CommandOutcome {
    try CommandRunner.run(
      ["simulate", "session", "--rig", folder("rig.yaml"), "--out", folder(out)] + more)
  }

  private func problems(_ file: String, _ schema: String) throws -> [String] {
    try SchemaFile("Simulation/Schemas/\(schema).schema.json").problems(
      in: Array(try Data(contentsOf: URL(fileURLWithPath: file))))
  }

  @Test func aVirtualCartIsSolvedAndHeldToItsTruth() throws {
    let folder = try TemporaryFolder()
    try folder.put("rig.yaml", Self.rig)
    let made = try simulate(folder, "session", ["--disturb", "clean", "--frames", "24"])
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("truth.json"))
    #expect(try problems(folder("session/truth.json"), "truth-1") == [])
    let solved = try CommandRunner.run([
      "solve", folder("session"), "--rig", folder("rig.yaml"), "--json", folder("solve.json"),
      "--cart", "V-1", "--store", folder("store"),
    ])
    #expect([0, 1].contains(solved.status), "\(solved.errors)\(solved.output)")
    let compared = try CommandRunner.run([
      "simulate", "compare", folder("session/truth.json"), folder("solve.json"), "--json",
      folder("errors.json"),
    ])
    #expect(compared.status == 0, "\(compared.errors)")
    #expect(try problems(folder("errors.json"), "comparison-1") == [])
    let errors = try JSONValue(file: folder("errors.json"))
    #expect(errors["cameras"].number == 2)
    #expect(try #require(errors["trans_max_mm"].number) < 0.5)
    #expect(try #require(errors["eff_rot_max_deg"].number) < 0.02)
    #expect(try #require(errors["cart_trans_max_mm"].number) < 1)
    #expect(compared.output.contains("rot_mean_deg"))
    // A bundle says the same of its cameras.
    let bundle = try CommandRunner.run([
      "simulate", "compare", folder("session/truth.json"), folder("store/V-1/000001/bundle.json"),
    ])
    #expect(bundle.status == 0, "\(bundle.errors)")
    let own = compared.output.split(separator: "\n").filter { !$0.hasPrefix("rms_px") }
    #expect(bundle.output.split(separator: "\n").filter { !$0.hasPrefix("rms_px") } == own)
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let folder = try TemporaryFolder()
    try folder.put("rig.yaml", Self.rig)
    for (out, threads) in [("a", "1"), ("b", "2")] {
      let made = try simulate(
        folder, out, ["--disturb", "hard", "--seed", "9", "--frames", "4", "--threads", threads])
      #expect(made.status == 0, "\(made.errors)")
    }
    #expect(try problems(folder("a/truth.json"), "truth-1") == [])
    let same = try CommandRunner.shell("diff -r \(folder("a")) \(folder("b"))")
    #expect(same.status == 0 && same.output.isEmpty)
    let other = try simulate(
      folder, "c", ["--disturb", "hard", "--seed", "9", "--frames", "4", "--replace", "right"])
    #expect(other.status == 0)
    let (before, after) = (
      try JSONValue(file: folder("a/truth.json")), try JSONValue(file: folder("c/truth.json"))
    )
    #expect(after["replaced"].text == "right")
    #expect(
      before["cameras"]["left"]["parameters"]["fx"].number
        == after["cameras"]["left"]["parameters"]["fx"].number)
    #expect(
      before["cameras"]["right"]["parameters"]["fx"].number
        != after["cameras"]["right"]["parameters"]["fx"].number)
  }

  @Test func badUsageWritesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.put("rig.yaml", Self.rig)
    try folder.put("there/file", "mine")
    var outcome = try simulate(folder, "there")
    #expect(outcome.status == 2 && outcome.errors.contains("exists already"), "\(outcome.errors)")
    #expect(try folder.names(in: "there") == ["file"])
    outcome = try simulate(folder, "rig.yaml")
    #expect(outcome.status == 2)
    outcome = try simulate(folder, "x", ["--disturb", "wild"])
    #expect(outcome.status == 2 && outcome.errors.contains("clean, line or hard"))
    for options in [
      ["--seed", "-1"], ["--seed", "1e3"], ["--frames", "0"], ["--frames", "99999"],
      ["--clocks", "x"], ["--replace", "top"], ["--threads", "0"], ["extra"],
    ] {
      #expect(try simulate(folder, "x", options).status == 2, "\(options)")
    }
    try folder.put("bad.yaml", "schema: cartcal.rig/1\n")
    outcome = try CommandRunner.run(
      ["simulate", "session", "--rig", folder("bad.yaml"), "--out", folder("x")])
    #expect(outcome.status == 2)
    #expect(
      try CommandRunner.run(["simulate", "session", "--rig", folder("rig.yaml")]).status == 2)
    #expect(try CommandRunner.run(["simulate"]).status == 2)
    #expect(try CommandRunner.run(["simulate", "sesion"]).status == 2)
    // Nothing is left behind, hidden or not.
    #expect(try folder.names() == ["bad.yaml", "rig.yaml", "there"])
    outcome = try CommandRunner.run([
      "simulate", "session", "--rig", folder("rig.yaml"), "--out", "/proc/none/session",
    ])
    #expect(outcome.status == 4, "\(outcome.errors)")
  }

  /// A disk that is full in the middle leaves nothing behind.
  @Test func aFullDiskLeavesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.put("rig.yaml", Self.rig)
    let outcome = try CommandRunner.shell(
      "ulimit -f 40; $CARTCAL simulate session --rig \(folder("rig.yaml")) --disturb clean "
        + "--frames 4 --out \(folder("session"))")
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(outcome.errors.contains("session/left/") && !outcome.errors.contains(".partial"))
    #expect(try folder.names() == ["rig.yaml"])
  }

  @Test func hostileTruthsAreRefused() throws {
    let folder = try TemporaryFolder()
    let truth = """
      {"cameras": {"a": {"model": "opencv5", "width": 640, "height": 480, "fx": 500, "fy": 500,
        "cx": 320, "cy": 240, "distortion": [0, 0, 0, 0, 0], "pose_cart_from_camera":
        {"rotation": [1, 0, 0, 0, 1, 0, 0, 0, 1], "translation": [0, 0, 0]}}},
       "corners": {"a": {"0": [[1, 2], null, [300, 20], [200, 400]]}}}
      """
    let result = """
      {"cameras": {"a": {"model": "opencv5", "width": 640, "height": 480, "parameters":
        {"fx": 500, "fy": 500, "cx": 320, "cy": 240, "distortion": [0, 0, 0, 0, 0]},
        "reference_from_camera": {"rotation_wxyz": [1, 0, 0, 0], "translation_m": [0, 0, 0]}}}}
      """
    try folder.put("good.json", truth)
    try folder.put("result.json", result)
    func compare(_ truth: String, _ result: String) throws -> CommandOutcome {
      try CommandRunner.run(["simulate", "compare", folder(truth), folder(result)])
    }
    #expect(try compare("good.json", "result.json").status == 0)
    let changes = [
      ("opencv5", "rays"), ("640", "0"), ("640", "99999999"), ("500", "-1"),
      ("\"fx\": 500", "\"fx\": \"x\""),
      ("[1, 0, 0, 0, 1, 0, 0, 0, 1]", "[1, 0]"), ("[0, 0, 0, 0, 0]", "[0]"), ("{\"a\"", "{\"b\""),
      ("{\"cameras\"", "{\"schema\": \"cartcal.truth/2\", \"cameras\""),
      ("{\"cameras\"", "{\"schema\": \"cartcal.rig/1\", \"cameras\""), ("]", ""),
    ]
    for (index, (from, to)) in changes.enumerated() {
      try folder.put("truth\(index).json", truth.replacing(from, with: to, maxReplacements: 1))
      let outcome = try compare("truth\(index).json", "result.json")
      #expect(outcome.status == 2 && !outcome.errors.isEmpty, "\(from) -> \(to): \(outcome.output)")
      try folder.put("result\(index).json", result.replacing(from, with: to, maxReplacements: 1))
      let other = try compare("good.json", "result\(index).json")
      #expect([0, 2].contains(other.status), "\(from) -> \(to): \(other.errors)")
    }
    #expect(try compare("none.json", "result.json").status == 2)
    // Numbers far beyond reason end in numbers or dashes, not in a crash.
    for value in ["1e300", "-1e300", "1e-300"] {
      try folder.put("wild.json", result.replacing("[0, 0, 0]", with: "[\(value), 0, 0]"))
      #expect(try compare("good.json", "wild.json").status == 0)
      try folder.put(
        "wild2.json", result.replacing("[0, 0, 0, 0, 0]", with: "[\(value), 0, 0, 0, 0]"))
      #expect(try compare("good.json", "wild2.json").status == 0)
    }
    var outcome = try CommandRunner.run([
      "simulate", "compare", folder("good.json"), folder("result.json"), "--json",
      folder("good.json"),
    ])
    #expect(outcome.status == 2 && outcome.errors.contains("write over"))
    outcome = try CommandRunner.run(["simulate", "compare", folder("good.json")])
    #expect(outcome.status == 2)
  }
}

/// The same numbers from the tool that judges simulated sets, where it lies beside the checkout.
struct JudgeTests {
  private static let shared = CommandRunner.packageRoot.deletingLastPathComponent()
    .appendingPathComponent("shared")
  private static let judge = shared.appendingPathComponent("tools/judge.py").path
  private static let set = shared.appendingPathComponent("data/simulated/easy").path

  @Test(
    .enabled(
      if: try CommandRunner.shell(
        "test -f \(judge) && test -d \(set) && python3 -c 'import numpy, scipy'"
      ).status == 0, "skipped: no ../shared/tools/judge.py with its data, numpy and scipy"))
  func theNumbersAreThoseOfTheJudge() throws {
    let folder = try TemporaryFolder()
    let solved = try CommandRunner.run([
      "solve", Self.set, "--board", "checkerboard:10x7:25mm", "--json", folder("solve.json"),
    ])
    #expect([0, 1].contains(solved.status), "\(solved.errors)")
    let compared = try CommandRunner.run([
      "simulate", "compare", Self.set + "/truth.json", folder("solve.json"), "--json",
      folder("errors.json"),
    ])
    #expect(compared.status == 0, "\(compared.errors)")
    let own = try JSONValue(file: folder("errors.json"))
    let judged = try CommandRunner.shell(
      "python3 \(Self.judge) \(Self.set) \(folder("solve.json"))")
    #expect(judged.status == 0, "\(judged.errors)")
    var count = 0
    for line in judged.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let value = Double(words[1]) else { continue }
      let found = try #require(own[String(words[0])].number, "\(words[0])")
      // The judge prints five digits.
      #expect(abs(found - value) <= 1e-6 + 6e-5 * abs(value), "\(line): \(found)")
      count += 1
    }
    #expect(count >= 15)
  }
}
