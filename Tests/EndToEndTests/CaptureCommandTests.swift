import Foundation
import TestSupport
import Testing

/// `cartcal capture` where nothing can be recorded: what it says, how it ends, and what it leaves.
/// Recording itself is tested with made-up cameras (`CaptureTests`) and real drivers
/// (`factory/hil`).
struct CaptureCommandTests {
  /// Runs `cartcal capture --out FOLDER/session` with `options` in a machine made by `commands`.
  private func capture(
    _ options: String, _ folder: TemporaryFolder, _ commands: [String]
  ) throws -> CommandOutcome {
    let fixtures =
      CommandRunner.packageRoot.appendingPathComponent("Tests/EndToEndTests/Fixtures/devices").path
    let script = commands.map { $0 + "\n" }.joined().replacing("@", with: fixtures + "/")
    try folder.write("script", Array(script.utf8))
    return try CommandRunner.shell(
      "timeout -s KILL 100 \"$(dirname \"$CARTCAL\")/DeviceTestbed\" \"$CARTCAL\" capture "
        + "--out \(folder("session")) \(options) < \(folder("script"))")
  }

  @Test func withoutACameraNothingIsMade() throws {
    let folder = try TemporaryFolder()
    let outcome = try capture("--frames 3", folder, ["start"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("No camera is plugged in"))
    #expect(try folder.names() == ["script"])
  }

  @Test func aCameraThatDoesNotAnswerIsNamedWithItsRemedy() throws {
    let folder = try TemporaryFolder()
    let outcome = try capture(
      "--frames 3", folder, ["load @same-serials.umockdev", "start"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("cam0: /dev/video0 does not answer"))
    #expect(outcome.errors.contains("Unplug it and plug it in again"))
    #expect(try folder.names() == ["script"])
  }

  @Test func whatADeviceSaysCannotReachTheTerminal() throws {
    let folder = try TemporaryFolder()
    let outcome = try capture("--frames 3", folder, ["load @hostile.umockdev", "start"])
    #expect(outcome.status == 3)
    #expect(!outcome.errors.contains("\u{1B}") && !outcome.output.contains("\u{1B}"))
  }

  @Test func anExistingFolderIsBadInput() throws {
    let folder = try TemporaryFolder()
    try folder.write("session/note.txt")
    let outcome = try CommandRunner.run(["capture", "--out", folder("session")])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("exists already"))
    #expect(try folder.names(in: "session") == ["note.txt"])
  }

  @Test(arguments: [
    (["capture"], "--out DIR is needed"),
    (["capture", "--out", "x", "--frames", "0"], "a whole number from 1"),
    (["capture", "--out", "x", "--seconds", "1.5"], "a whole number from 1"),
    (["capture", "--out", "x", "--cart", "../x"], "cannot be a cart serial"),
    (["capture", "--out", "x", "--rig", "missing.yaml"], "missing.yaml"),
  ])
  func badUsageIsNamed(_ words: [String], _ said: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(words, in: URL(fileURLWithPath: folder.path))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(try folder.names() == [])
  }

  @Test func aFolderThatCannotBeMadeIsAStorageError() throws {
    let outcome = try CommandRunner.run(["capture", "--out", "/no/such/folder/session"])
    #expect(outcome.status == 4, "\(outcome.errors)")
  }
}
