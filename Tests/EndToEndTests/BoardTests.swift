import Foundation
import TestSupport
import Testing

/// Boards on paper, by the command line.
@Suite struct BoardTests {
  private static let word = "charuco:11x8:25mm:18mm:DICT_5X5_100"

  private func print(_ words: String...) throws -> CommandOutcome {
    try CommandRunner.run(["board", "print"] + words)
  }

  @Test func aBoardIsWrittenOnce() throws {
    let folder = try TemporaryFolder()
    for file in ["board.pdf", "board.SVG"] {
      let outcome = try print("--board", Self.word, "-o", folder(file))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("a3, 420.0 x 297.0 mm"))
      let again = try print("--board", Self.word, "-o", folder(file))
      #expect(again.status == 2)
      #expect(again.errors.contains("already"))
    }
    #expect(Set(folder.contents()) == ["board.pdf", "board.SVG"])
  }

  @Test(arguments: [
    (["--board", "checkerboard:8x6:25mm", "-o", "b.pdf"], 2, "half a turn"),
    (["--board", "charuco:11x8:25mm:18mm:DICT_9X9", "-o", "b.pdf"], 2, "DICT_4X4_50"),
    (["--board", "charuco:12x10:25mm:18mm:DICT_4X4_50", "-o", "b.pdf"], 2, "needs 60 markers"),
    (["--board", "charuco:11x8:18mm:25mm:DICT_5X5_100", "-o", "b.pdf"], 2, "0.3 to 0.9"),
    (["--board", "charuco:11x8:25mm:22mm:DICT_5X5_100", "-o", "b.pdf"], 2, "at most"),
    (["--board", "charuco:11x7:25mm:18mm:DICT_5X5_100:legacy", "-o", "b.pdf"], 2, ":legacy"),
    (["--board", "charuco:11x8:25mm:18mm:DICT_5X5_100", "-o", "b.png"], 2, ".svg"),
    (["--board", "charuco:11x8:25mm:18mm:DICT_5X5_100", "-o", "no/b.pdf"], 4, "no"),
    (
      ["--board", "charuco:11x8:25mm:18mm:DICT_5X5_100", "-o", "b.pdf", "--paper", "a4"], 2, "a3"
    ),
    (["--board", "charuco:11x8:25mm:18mm:DICT_5X5_100", "--paper", "x", "-o", "b.pdf"], 2, "a0"),
    (["--board", "charuco:11x8:25mm:18mm:DICT_5X5_100"], 2, "--output"),
    (["-o", "b.pdf"], 2, "--board"),
  ])
  func whatCannotBePrintedIsNamed(words: [String], status: Int32, named: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(
      ["board", "print"] + words, in: URL(fileURLWithPath: folder.path))
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(named), "\(outcome.errors)")
    #expect(folder.contents().isEmpty)
  }
}
