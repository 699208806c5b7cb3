import Foundation
import TestSupport
import Testing

/// Places to write to that are not what they should be, streams that are gone, limits that are
/// tight: nothing that is read is written over, and nothing is lost without a word.
struct HostileOutputTests {
  private let board = ["--board", "checkerboard:8x5:27mm"]

  private func detectWords(_ folder: TemporaryFolder) -> String {
    "'\(CommandRunner.stereo)/left/00.png' --board checkerboard:8x5:27mm"
  }

  // MARK: files that are read

  @Test func whatIsReadIsNotWrittenOver() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    let picture = folder("session/left/00.png")
    let before = try Data(contentsOf: URL(fileURLWithPath: picture))
    try folder.put("corners.json", "{}")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.json"), withDestinationPath: "corners.json")
    let session = folder("session")
    for words in [
      ["detect", picture, "--json", folder("session/right/../left/00.png")],
      ["solve", session, "--json", picture],
      ["solve", session, "--save-corners", picture],
      ["solve", session, "--corners", folder("corners.json"), "--json", folder("link.json")],
    ] {
      let outcome = try CommandRunner.run(words + board)
      #expect(outcome.status == 2, "\(words): \(outcome.output)")
      #expect(outcome.errors.contains("write over"), "\(outcome.errors)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: picture)) == before)
    #expect(try String(contentsOfFile: folder("corners.json"), encoding: .utf8) == "{}")
  }

  @Test func annotatedPicturesDoNotReplacePictures() throws {
    let folder = try TemporaryFolder()
    let picture = try Data(
      contentsOf: URL(fileURLWithPath: CommandRunner.stereo + "/left/00.png"))
    try folder.put("pictures/a", picture)
    try folder.put("pictures/a.png", picture)
    let outcome = try CommandRunner.run(
      ["detect", folder("pictures/a"), folder("pictures/a.png"), "--annotate", folder("pictures")]
        + board)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("a.png"), "\(outcome.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("pictures/a.png"))) == picture)
    #expect(folder.contents("pictures") == ["a", "a.png"])
  }

  @Test func oneFileForTwoOutputs() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(
      [
        "solve", CommandRunner.stereo, "--json", folder("x.json"), "--save-corners",
        folder("./x.json"),
      ] + board)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--save-corners"), "\(outcome.errors)")
    #expect(folder.contents().isEmpty)
  }

  @Test func nothingIsMadeForPicturesThatCannotBeRead() throws {
    let folder = try TemporaryFolder()
    try folder.put("bad.png", "text")
    let outcome = try CommandRunner.run(
      ["detect", folder("bad.png"), "--annotate", folder("new/drawn")] + board)
    #expect(outcome.status == 2)
    #expect(folder.contents() == ["bad.png"])
  }

  @Test(arguments: ["--json", "--corners", "--save-corners", "--store"])
  func anEmptyPlace(option: String) throws {
    let outcome = try CommandRunner.run(
      ["solve", CommandRunner.stereo, "--cart", "C", option, ""] + board)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("\(option) needs a value"), "\(outcome.errors)")
  }

  @Test func aFileInPlaceOfAStoreIsCalledSo() throws {
    let folder = try TemporaryFolder()
    try folder.put("store", "text")
    let outcome = try CommandRunner.run([
      "bundle", "list", "--unsigned", "--store", folder("store"),
    ])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("not a folder"), "\(outcome.errors)")
  }

  // MARK: streams

  @Test func aFullStandardOutputIsNotSilent() throws {
    let outcome = try CommandRunner.shell("exec \"$CARTCAL\" --help >/dev/full")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("standard output"), "\(outcome.errors)")
  }

  @Test func closedStreamsDoNotEndUpInFiles() throws {
    let folder = try TemporaryFolder()
    let json = folder("out.json")
    let outcome = try CommandRunner.shell(
      "exec \"$CARTCAL\" detect \(detectWords(folder)) --json '\(json)' <&- >&- 2>&-")
    #expect(outcome.status == 0)
    #expect(try JSONValue(file: json)["schema"].text == "cartcal.detect/1")
  }

  @Test func longNamesKeepTheRemedy() throws {
    let outcome = try CommandRunner.run(
      ["solve", String(repeating: "x", count: 20_000)] + board)
    #expect(outcome.status == 2)
    #expect(outcome.errors.count < 5000)
    #expect(outcome.errors.hasSuffix(".\n"), "\(outcome.errors.suffix(200))")
  }

  @Test func namesThatAreNoText() throws {
    let outcome = try CommandRunner.shell("exec \"$CARTCAL\" detect $'n\\xff.png' --board x")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("UTF-8"), "\(outcome.errors)")
  }

  @Test func controlCharactersAreShownOnce() throws {
    let outcome = try CommandRunner.run(["\u{1B}[31m"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("\"\\u{1B}[31m\""), "\(outcome.errors)")
  }

  // MARK: limits

  /// A program that waits for threads or descriptors that it does not get would never end.
  @Test(arguments: ["ulimit -n 5", "ulimit -v 700000", "ulimit -s 64"])
  func tightLimits(limit: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.shell(
      "\(limit); exec timeout 60 \"$CARTCAL\" detect \(detectWords(folder)) "
        + "'\(CommandRunner.stereo)/left/01.png' '\(CommandRunner.stereo)/left/02.png' --threads 64"
    )
    #expect([0, 5].contains(outcome.status), "\(limit): \(outcome.errors)")
    #expect(outcome.status == 0 || outcome.errors.contains("--threads"), "\(outcome.errors)")
  }

  @Test func tooLittleMemoryIsSaid() throws {
    let outcome = try CommandRunner.shell(
      "ulimit -v 300000; exec timeout 60 \"$CARTCAL\" solve '\(CommandRunner.stereo)' "
        + "--board checkerboard:8x5:27mm --threads 8")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("ulimit"), "\(outcome.errors)")
  }
}
