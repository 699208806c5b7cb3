import Boards
import Testing

@Suite struct CharucoWordTests {
  @Test func squaresAreCountedAsOpenCVDoes() throws {
    let board = try BoardSpec(word: "charuco:11x8:25mm:18mm:DICT_5X5_100")
    #expect(board.columns == 10 && board.rows == 7)
    #expect(board.squareSize == 0.025)
    let markers = try #require(board.charuco)
    #expect(abs(markers.markerSize - 0.018) < 1e-12)
    #expect(markers.dictionary.name == "DICT_5X5_100")
    #expect(!markers.isLegacy && !markers.isInverted)
    #expect(board.isMarked && !board.isAmbiguous && board.startsBlack)
  }

  @Test(arguments: [
    ("charuco:11x8:25mm:18mm:DICT_5X5_100", true),
    ("charuco:11x8:25mm:18mm:DICT_5X5_100:legacy", false),
    ("charuco:11x8:25mm:18mm:DICT_5X5_100:inverted", false),
    ("charuco:11x8:25mm:18mm:DICT_5X5_100:legacy:inverted", true),
    ("charuco:8x11:1.5cm:10.5mm:DICT_APRILTAG_36h11", true),
    ("charuco:8x11:15mm:10.5mm:DICT_APRILTAG_36h11:legacy", true),
  ])
  func wordsReadBackTheSame(word: String, startsBlack: Bool) throws {
    let board = try BoardSpec(word: word)
    #expect(try BoardSpec(word: board.word) == board)
    #expect(board.startsBlack == startsBlack)
  }

  @Test(arguments: [
    ("charuco:11x8:25mm", "five parts"), ("charuco:11x8:25mm:18mm", "five parts"),
    ("charuco:11x8:25mm:18mm:DICT_5X5_100:legacy:inverted:x", "five parts"),
    ("charuco:11x8:25mm:18:DICT_5X5_100", "marker \"18\" needs a unit"),
    ("charuco:11x8:25mm:18mm:DICT_5X5_100:old", "legacy and inverted"),
    ("charuco:11x8:25mm:18mm:DICT_5X5_100:legacy:legacy", "legacy and inverted"),
    ("charuco:11*8:25mm:18mm:DICT_5X5_100", "\"11*8\""),
  ])
  func theWrongPartIsNamed(word: String, named: String) {
    do {
      _ = try BoardSpec(word: word)
      Issue.record("\(word) was accepted")
    } catch {
      #expect("\(error)".contains(named), "\(error)")
      #expect("\(error)".contains("charuco:11x8:25mm:18mm:DICT_5X5_100"), "\(error)")
    }
  }

  @Test func whatCannotBeIsNamed() throws {
    #expect(throws: BoardError.unknownDictionary("DICT_5X5_10")) {
      try BoardSpec(word: "charuco:11x8:25mm:18mm:DICT_5X5_10")
    }
    #expect(throws: BoardError.tooFewMarkers(dictionary: "DICT_4X4_50", count: 50, needed: 60)) {
      try BoardSpec(word: "charuco:12x10:25mm:18mm:DICT_4X4_50")
    }
    #expect(throws: BoardError.markerOutOfRange(marker: 0.025, square: 0.018)) {
      try BoardSpec(word: "charuco:11x8:18mm:25mm:DICT_5X5_100")
    }
    #expect(throws: BoardError.markerOutOfRange(marker: 0.025, square: 0.025)) {
      try BoardSpec(word: "charuco:11x8:25mm:25mm:DICT_5X5_100")
    }
    for word in ["0x8", "1x8", "2x2", "66x8"] {
      #expect {
        try BoardSpec(word: "charuco:\(word):25mm:18mm:DICT_5X5_1000")
      } throws: {
        if case BoardError.cornersOutOfRange = $0 { true } else { false }
      }
    }
    // The last one that fits: an odd number of squares has one marker less in the current layout.
    #expect(try BoardSpec(word: "charuco:10x10:25mm:18mm:DICT_4X4_50").cornerCount == 81)
  }
}
