import Foundation
import TestSupport
import Testing

/// The report in a bundle, and drawn again.
struct ReportTests {
  private func solve(
    _ folder: TemporaryFolder, revision: Int = 1, session: String = CommandRunner.stereo
  ) throws {
    let outcome = try CommandRunner.run([
      "solve", session, "--board", "checkerboard:8x5:27mm", "--lens", "opencv4",
      "--cart", "CART-1", "--store", folder("store"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains("store/CART-1/00000\(revision)/report.html"), "\(outcome.output)")
  }

  private func report(_ folder: TemporaryFolder, _ words: [String] = []) throws -> CommandOutcome {
    try CommandRunner.run(
      [
        "bundle", "report", "CART-1", "--unsigned", "--store", folder("store"), "-o",
        folder("again.html"),
      ]
        + words)
  }

  private func bytes(_ file: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: file))
  }

  @Test func drawnAgainItIsTheSame() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    let outcome = try report(folder, ["--revision", "1"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains(folder("again.html")))
    let first = try bytes(folder("store/CART-1/000001/report.html"))
    #expect(try bytes(folder("again.html")) == first)
    let sums = try bytes(folder("store/CART-1/000001/SHA256SUMS"))
    #expect(String(decoding: sums, as: UTF8.self).contains("  report.html\n"))
  }

  @Test func prunedEvidenceIsNamed() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    try FileManager.default.removeItem(atPath: folder("store/CART-1/000001/evidence"))
    let outcome = try report(folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("evidence/residuals.json is no longer in"))
    #expect(
      String(decoding: try bytes(folder("again.html")), as: UTF8.self).contains("cannot be shown"))
  }

  /// Evidence and the report may be pruned; every command says so and ends well.
  @Test(arguments: [
    ["evidence"], ["evidence/corners.json"], ["evidence/residuals.json"], ["report.html"],
    ["evidence", "report.html"],
  ])
  func prunedBundlesStayInForce(_ pruned: [String]) throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    for name in pruned {
      try FileManager.default.removeItem(atPath: folder("store/CART-1/000001/" + name))
    }
    for command in ["show", "list"] {
      let words = ["bundle", command, "--unsigned"] + (command == "show" ? ["CART-1"] : [])
      let outcome = try CommandRunner.run(words + ["--store", folder("store")])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output.contains("pruned"), "\(outcome.output)")
      #expect(outcome.output.contains("whole"), "\(outcome.output)")
    }
    #expect(try report(folder).status == 0)
    // A pruned bundle is a parent like any other.
    try solve(folder, revision: 2)
  }

  @Test func whatIsAlteredIsRefusedByAll() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    try folder.put("store/CART-1/000001/report.html", "<p>Pass</p>")
    for words in [["show", "CART-1"], ["list"]] {
      let outcome = try CommandRunner.run(
        ["bundle"] + words + ["--unsigned", "--store", folder("store")])
      #expect(outcome.status == 4)
      #expect(outcome.errors.contains("report.html is damaged"), "\(outcome.errors)")
    }
    try FileManager.default.removeItem(atPath: folder("store/CART-1/000001/bundle.json"))
    #expect(
      try CommandRunner.run(["bundle", "show", "CART-1", "--unsigned", "--store", folder("store")])
        .status == 4)
  }

  /// Pictures that came to the same place later are another calibration's.
  @Test func picturesAreShownWhileTheyAreTheSame() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    try shiftOneCorner(folder)
    let outcome = try CommandRunner.run([
      "solve", folder("session"), "--corners", folder("corners.json"), "--lens", "opencv4",
      "--cart", "CART-1", "--store", folder("store"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let first = String(
      decoding: try bytes(folder("store/CART-1/000001/report.html")), as: UTF8.self)
    #expect(first.contains("left/00.png</div><div>corner 3, 2, off by 3.0 px"))
    #expect(first.contains("href=\"data:image/png;base64,"))
    #expect(try report(folder).status == 0)
    #expect(try bytes(folder("again.html")) == Data(first.utf8))

    let later = Date().addingTimeInterval(3600)
    for camera in ["left", "right"] {
      for number in 0..<8 {
        try FileManager.default.setAttributes(
          [.modificationDate: later], ofItemAtPath: folder("session/\(camera)/0\(number).png"))
      }
    }
    for isThere in [true, false] {
      if !isThere { try FileManager.default.removeItem(atPath: folder("session")) }
      #expect(try report(folder).status == 0)
      let again = String(decoding: try bytes(folder("again.html")), as: UTF8.self)
      #expect(!again.contains("data:image"))
      #expect(again.contains("The pictures cannot be shown"))
      #expect(again.contains("does not fit its view"))
    }
  }

  /// Finds the corners of `session`, and writes them to `corners.json` with corner (3, 2) of
  /// left/00.png 3 px further right.
  private func shiftOneCorner(_ folder: TemporaryFolder) throws {
    let found = try CommandRunner.run([
      "solve", folder("session"), "--board", "checkerboard:8x5:27mm", "--lens", "opencv4",
      "--save-corners", folder("found.json"),
    ])
    #expect(found.status == 0, "\(found.errors)")
    let text = String(decoding: try bytes(folder("found.json")), as: UTF8.self)
    let picture = try #require(text.firstRange(of: "\"00.png\""))
    let corner = /"column": 3, "row": 2, "sigma": [0-9.]+, "x": ([0-9.]+)/
    let match = try #require(text[picture.upperBound...].firstMatch(of: corner))
    let x = try #require(Double(match.1))
    let place = match.1.startIndex..<match.1.endIndex
    try folder.put("corners.json", text.replacingCharacters(in: place, with: "\(x + 3)"))
  }

  @Test func damagedEvidenceIsRefused() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    try folder.put("store/CART-1/000001/evidence/residuals.json", "{}")
    let outcome = try report(folder)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("residuals.json is damaged"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("again.html")))
  }

  @Test func aBundleIsNeverWrittenOver() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    for name in ["bundle.json", "report.html", "evidence/corners.json", "SHA256SUMS"] {
      let path = folder("store/CART-1/000001/" + name)
      let before = try bytes(path)
      let outcome = try CommandRunner.run([
        "bundle", "report", "CART-1", "--unsigned", "--store", folder("store"), "--output", path,
      ])
      #expect(outcome.status == 2, "\(outcome.errors)")
      #expect(try bytes(path) == before)
    }
  }

  @Test func anUnknownCart() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    let outcome = try CommandRunner.run([
      "bundle", "report", "CART-2", "--unsigned", "--store", folder("store"), "-o",
      folder("again.html"),
    ])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("CART-2"))
  }
}
