import Boards
import Testing

struct BoardWordTests {
  @Test(arguments: [
    ("checkerboard:9x6:25mm", 9, 6, 0.025), ("checkerboard:10x7:2.5cm", 10, 7, 0.025),
    ("checkerboard:3x2:0.02m", 3, 2, 0.02), ("checkerboard:64x64:1m", 64, 64, 1.0),
    ("checkerboard:8x5:12.7mm", 8, 5, 0.0127), ("checkerboard:8X5:12.7mm", 8, 5, 0.0127),
  ])
  func wordsThatMakeSense(word: String, columns: Int, rows: Int, square: Double) throws {
    let board = try BoardSpec(word: word)
    #expect(board.columns == columns)
    #expect(board.rows == rows)
    #expect(abs(board.squareSize - square) < 1e-12)
    #expect(try BoardSpec(word: board.word) == board)
  }

  @Test(arguments: [
    "", "checkerboard", "checkerboard:", "checkerboard:9x6", "checkerboard:9x6:",
    "chessboard:9x6:25mm",
    "checkerboard:9x6:25", "checkerboard:9x6:25in", "checkerboard:9x6:mm", "checkerboard:9*6:25mm",
    "checkerboard:9x6x3:25mm", "checkerboard:-9x6:25mm", "checkerboard:9x6:-25mm",
    "checkerboard:9x6:nanmm", "checkerboard:9x6:infm", "checkerboard:9x6:1e3mm",
    "checkerboard:9x6:25mm:", "checkerboard:99999999999999999999x6:25mm", "checkerboard:x:mm",
    "checkerboard:९x6:25mm",
  ])
  func wordsThatMakeNone(word: String) {
    #expect {
      try BoardSpec(word: word)
    } throws: { error in
      if case BoardError.malformed(word, _) = error { true } else { false }
    }
  }

  @Test(arguments: [
    ("checkerboard:9x6:25", "needs a unit"), ("checkerboard:9x6:25,4mm", "comma"),
    ("checkerboard:9*6:25mm", "\"9*6\""),
    ("chessboard:9x6:25mm", "begins neither with checkerboard"),
    ("checkerboard:9x6", "three parts"), ("checkerboard:9x6:1in", "mm, cm or m"),
  ])
  func theWrongPartIsNamed(word: String, named: String) throws {
    do {
      _ = try BoardSpec(word: word)
      Issue.record("\(word) was accepted")
    } catch {
      #expect("\(error)".contains(named), "\(error)")
    }
  }

  @Test func boundsAreNamed() {
    #expect(throws: BoardError.cornersOutOfRange(columns: 1, rows: 6)) {
      try BoardSpec(word: "checkerboard:1x6:25mm")
    }
    #expect(throws: BoardError.cornersOutOfRange(columns: 2, rows: 2)) {
      try BoardSpec(word: "checkerboard:2x2:25mm")
    }
    #expect(throws: BoardError.cornersOutOfRange(columns: 9, rows: 65)) {
      try BoardSpec(word: "checkerboard:9x65:25mm")
    }
    #expect(throws: BoardError.squareOutOfRange(25)) {
      try BoardSpec(word: "checkerboard:9x6:25m")
    }
  }

  @Test func everyErrorSaysWhatToWrite() {
    let errors: [BoardError] = [
      .malformed(word: "x", .kind),
      .cornersOutOfRange(columns: 1, rows: 1), .squareOutOfRange(25),
    ]
    for error in errors { #expect("\(error)".contains("checkerboard:9x6:25mm")) }
  }

  @Test func onlyOddSumsTellTheirEnds() throws {
    #expect(try !BoardSpec(word: "checkerboard:9x6:25mm").isAmbiguous)
    #expect(try BoardSpec(word: "checkerboard:8x6:25mm").isAmbiguous)
  }
}
