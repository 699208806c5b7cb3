import Foundation
import TestSupport
import Testing

/// Pictures to lenses, poses and bundle, by the command line.
struct SolveTests {
  /// Solves the fixture; `extra` words are appended.
  private func solveFixture(
    _ folder: TemporaryFolder, _ extra: [String], json: String = "solve.json"
  ) throws -> CommandOutcome {
    try CommandRunner.run(
      [
        "solve", CommandRunner.stereo,
        "--board", "checkerboard:8x5:27mm", "--json", folder(json),
      ] + extra)
  }

  @Test func aStereoPairIsRecovered() throws {
    let folder = try TemporaryFolder()
    let outcome = try solveFixture(folder, ["--lens", "opencv4"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try JSONValue(file: folder("solve.json"))
    let truth = try JSONValue(
      file: CommandRunner.stereo + "/truth.json")
    #expect(report["schema"].text == "cartcal.solve/1")
    #expect(report["verdict"].text == "pass")
    for name in ["left", "right"] {
      let camera = report["cameras"][name]
      #expect(camera["views"].number == 8)
      #expect(try #require(camera["corners"].number) >= 316)
      // Eight small pictures: the bounds are some three times the standard deviations.
      for key in ["fx", "fy", "cx", "cy"] {
        let solved = try #require(camera["parameters"][key].number)
        let exact = try #require(truth["cameras"][name][key].number)
        #expect(abs(solved - exact) < 1.0, "\(name) \(key): \(solved), truth \(exact)")
      }
      #expect(try #require(camera["rms_px"].number) < 0.08)
      #expect(try #require(camera["holdout_rms_px"].number) < 0.12)
    }
    let translation = report["cameras"]["right"]["reference_from_camera"]["translation_m"].numbers
    let exact = truth["left_from_right"]["translation_m"].numbers
    for (solved, exact) in zip(translation, exact) { #expect(abs(solved - exact) < 0.0005) }
    #expect(translation.count == 3)
    #expect(report["reference_camera"].text == "left")
    for stage in [
      "decode", "detect", "lens_choice", "start", "solve", "validate", "write", "total", "wall_s",
    ] {
      #expect(report["timing_s"][stage].number != nil, "\(stage)")
    }
    #expect(try #require(report["peak_rss_bytes"].number) > 1e6)
  }

  @Test func detectedCornersLieWhereTheyShould() throws {
    let folder = try TemporaryFolder()
    let truth = try JSONValue(file: CommandRunner.stereo + "/truth.json")
    let pictures = (0..<8).map { "\(CommandRunner.stereo)/left/0\($0).png" }
    let outcome = try CommandRunner.run(
      ["detect"] + pictures
        + ["--board", "checkerboard:8x5:27mm", "--json", folder("detect.json")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try JSONValue(file: folder("detect.json"))
    #expect(report["schema"].text == "cartcal.detect/1")
    var squares = 0.0
    var count = 0.0
    for (index, path) in pictures.enumerated() {
      let image = report["images"][path]
      #expect(image["status"].text == "complete")
      let exact = truth["corners"]["left"]["0\(index).png"].array
      for corner in image["corners"].array {
        let column = Int(try #require(corner["column"].number))
        let row = Int(try #require(corner["row"].number))
        let position = exact[row * 8 + column].numbers
        squares += pow(try #require(corner["x"].number) - position[0], 2)
        squares += pow(try #require(corner["y"].number) - position[1], 2)
        count += 2
      }
    }
    #expect(count == 8 * 40 * 2)
    #expect((squares / count).squareRoot() < 0.03)
  }

  @Test func everyRunGivesTheSameBytes() throws {
    let folder = try TemporaryFolder()
    var reports: [String] = []
    var corners: [Data] = []
    var bundles: [String] = []
    let volatile: Set<String> = ["timing_s", "peak_rss_bytes", "revision", "bundle"]
    for (run, threads) in ["1", "2", "2"].enumerated() {
      let outcome = try solveFixture(
        folder,
        [
          "--threads", threads, "--save-corners", folder("corners\(run).json"),
          "--cart", "CART-1", "--store", folder("store"),
        ], json: "solve\(run).json")
      #expect(outcome.status == 0, "\(outcome.errors)")
      reports.append(
        try JSONValue(file: folder("solve\(run).json")).canonical(without: volatile))
      corners.append(
        try Data(contentsOf: URL(fileURLWithPath: folder("corners\(run).json"))))
      bundles.append(
        try JSONValue(file: folder("store/CART-1/00000\(run + 1)/bundle.json"))
          .canonical(without: ["created", "cameras_created", "revision", "parent"]))
    }
    #expect(Set(reports).count == 1)
    #expect(Set(corners).count == 1)
    #expect(Set(bundles).count == 1)
  }

  @Test func savedCornersSolveAgainWithoutPictures() throws {
    let folder = try TemporaryFolder()
    let first = try solveFixture(
      folder, ["--lens", "opencv5", "--save-corners", folder("corners.json")])
    #expect(first.status == 0, "\(first.errors)")
    let second = try CommandRunner.run([
      "solve", "--corners", folder("corners.json"), "--lens", "opencv5", "--json",
      folder("again.json"),
    ])
    #expect(second.status == 0, "\(second.errors)")
    let before = try JSONValue(file: folder("solve.json"))
    let after = try JSONValue(file: folder("again.json"))
    #expect(before["rms_px"].number == after["rms_px"].number)
    #expect(
      try before["cameras"].canonical(without: []) == after["cameras"].canonical(without: []))
  }

  @Test func thePlainFormOfCornersIsRead() throws {
    let folder = try TemporaryFolder()
    let truth = try JSONValue(
      file: CommandRunner.stereo + "/truth.json")
    let plain = try truth["corners"].canonical(without: [])
    try folder.put("plain.json", plain)
    let outcome = try solveFixture(
      folder,
      [
        "--corners", folder("plain.json"), "--lens", "opencv5", "--no-rejection", "--no-warp",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try JSONValue(file: folder("solve.json"))
    // The corners are exact to 5 decimals, so the fit is, and so are the lenses.
    #expect(try #require(report["rms_px"].number) < 1e-5)
    for name in ["left", "right"] {
      let solved = try #require(report["cameras"][name]["parameters"]["fx"].number)
      let exact = try #require(truth["cameras"][name]["fx"].number)
      #expect(abs(solved - exact) < 1e-3)
    }
  }

  @Test func theSummaryIsReadAtOnce() throws {
    let folder = try TemporaryFolder()
    let outcome = try solveFixture(folder, ["--cart", "CART-1", "--store", folder("store")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count <= 8, "\(outcome.output)")
    #expect(lines[0].hasPrefix("verdict   "))
    for words in [
      "2 of 2 calibrated", "px rms", "on frames held out", "one sigma", "next      nothing to do",
      "now current", folder("store/CART-1/000001/report.html"), folder("solve.json"),
    ] {
      #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)")
    }
    // Nothing but plain text where no terminal is.
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func theDetailsNameWhatAnEngineerNeeds() throws {
    let folder = try TemporaryFolder()
    let outcome = try solveFixture(folder, ["--details", "--timing"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for words in [
      "left", "right", "hold-out", "from left", "+-", "bent by", "CPU ms", "peak memory",
    ] {
      #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)")
    }
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
    #expect(outcome.errors.isEmpty)
  }
}
