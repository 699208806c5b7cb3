import Foundation
import TestSupport
import Testing

/// A store that cannot be written, fills up, or whose writer is killed: nothing is ever lost.
struct StorageTests {
  /// Saves the fixture's corners to `corners.json`, so that later solves are quick.
  private func saveCorners(_ folder: TemporaryFolder) throws {
    let outcome = try CommandRunner.run([
      "solve", CommandRunner.stereo, "--board",
      "checkerboard:8x5:27mm", "--lens", "opencv4", "--save-corners", folder("corners.json"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  private func storing(_ folder: TemporaryFolder) -> [String] {
    [
      "solve", "--corners", folder("corners.json"), "--lens", "opencv4", "--cart", "CART-1",
      "--store", folder("store"),
    ]
  }

  @Test func aStoreThatIsAFile() throws {
    let folder = try TemporaryFolder()
    try saveCorners(folder)
    try folder.put("store", "not a folder")
    let outcome = try CommandRunner.run(storing(folder) + ["--json", folder("out.json")])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains(folder("store")), "\(outcome.errors)")
    #expect(try String(contentsOfFile: folder("store"), encoding: .utf8) == "not a folder")
  }

  @Test func aJSONFileThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    try saveCorners(folder)
    let outcome = try CommandRunner.run(
      storing(folder) + ["--json", folder("nowhere/out.json")])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("nowhere"), "\(outcome.errors)")
  }

  /// A limit on file size ends writes as a full disk does.
  @Test func aFullStoreKeepsWhatItHad() throws {
    let folder = try TemporaryFolder()
    try saveCorners(folder)
    #expect(try CommandRunner.run(storing(folder)).status == 0)
    let before = folder.contents("store")
    let words = storing(folder).map { "'\($0)'" }.joined(separator: " ")
    let outcome = try CommandRunner.shell("ulimit -f 8; exec \"$CARTCAL\" \(words)")
    #expect(outcome.status == 4, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains("store"), "\(outcome.errors)")
    #expect(folder.contents("store") == before)
    #expect(
      try CommandRunner.run(["bundle", "show", "CART-1", "--unsigned", "--store", folder("store")])
        .status == 0)
  }

  /// Kills the program at instants spread over its whole run; after each, the store must be whole.
  @Test func killingTheWriterLeavesTheStoreWhole() throws {
    let folder = try TemporaryFolder()
    try saveCorners(folder)
    #expect(try CommandRunner.run(storing(folder)).status == 0)
    let started = Date()
    #expect(try CommandRunner.run(storing(folder)).status == 0)
    let whole = Date().timeIntervalSince(started)
    for step in 0..<24 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandRunner.program)
      process.arguments = storing(folder)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      // The later half of the run holds the writing.
      Thread.sleep(forTimeInterval: whole * (0.4 + 0.7 * Double(step) / 24))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let shown = try CommandRunner.run([
        "bundle", "show", "CART-1", "--unsigned", "--store", folder("store"),
      ])
      #expect(shown.status == 0, "after kill \(step): \(shown.errors)")
    }
    // What the killed writers left behind is swept by the next one.
    #expect(try CommandRunner.run(storing(folder)).status == 0)
    let leftovers = folder.contents("store").filter { $0.contains("partial") }
    #expect(leftovers.isEmpty, "\(leftovers)")
  }

  @Test func aChangedFileIsNamed() throws {
    let folder = try TemporaryFolder()
    try saveCorners(folder)
    #expect(try CommandRunner.run(storing(folder)).status == 0)
    let file = "store/CART-1/000001/bundle.json"
    let text = try String(contentsOfFile: folder(file), encoding: .utf8)
    try folder.put(file, text.replacingOccurrences(of: "opencv4", with: "opencv5"))
    let outcome = try CommandRunner.run([
      "bundle", "show", "CART-1", "--unsigned", "--store", folder("store"),
    ])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("bundle.json"), "\(outcome.errors)")
  }

  @Test func aCartOrRevisionThatIsNotThere() throws {
    let folder = try TemporaryFolder()
    try saveCorners(folder)
    #expect(try CommandRunner.run(storing(folder)).status == 0)
    let store = ["--unsigned", "--store", folder("store")]
    let cart = try CommandRunner.run(["bundle", "show", "CART-2"] + store)
    #expect(cart.status == 2)
    #expect(cart.errors.contains("CART-2"))
    let revision = try CommandRunner.run(["bundle", "show", "CART-1", "--revision", "7"] + store)
    #expect(revision.status == 2)
    #expect(revision.errors.contains("7"))
    let list = try CommandRunner.run(["bundle", "list"] + store)
    #expect(list.status == 0)
    #expect(list.output.contains("CART-1"))
  }
}
