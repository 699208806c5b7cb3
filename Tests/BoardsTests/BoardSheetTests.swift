import Boards
import Testing

@Suite struct BoardSheetTests {
  private static func sheet(_ word: String, paper: String? = nil) throws -> BoardSheet {
    try BoardSheet(
      BoardSpec(word: word), paper: try paper.map { try PaperSize(word: $0) }, software: "test")
  }

  /// What an outline encloses, positive where it runs clockwise on the paper.
  private static func area(_ outline: BoardSheet.Outline) -> Double {
    var sum = 0.0
    for (index, a) in outline.points.enumerated() {
      let b = outline.points[(index + 1) % outline.points.count]
      sum += 0.5 * (a.x * b.y - b.x * a.y)
    }
    return sum
  }

  /// Whether a place of the paper is inside an odd number of outlines.
  private static func isInside(_ place: SIMD2<Double>, _ outlines: [BoardSheet.Outline]) -> Bool {
    var isInside = false
    for outline in outlines {
      for (index, a) in outline.points.enumerated() {
        let b = outline.points[(index + 1) % outline.points.count]
        guard (a.y > place.y) != (b.y > place.y) else { continue }
        if place.x < a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
      }
    }
    return isInside
  }

  @Test(arguments: [
    "charuco:11x8:25mm:18mm:DICT_5X5_100", "charuco:6x6:20mm:14mm:DICT_4X4_50:legacy",
    "charuco:7x5:30mm:21mm:DICT_APRILTAG_36h11:inverted", "checkerboard:9x6:25mm",
  ])
  func everySquareAndBitIsWhereItBelongs(word: String) throws {
    let sheet = try Self.sheet(word)
    let board = sheet.board
    let square = board.squareSize * 1000
    let markers = board.charuco
    let layout = CharucoLayout(
      columns: board.columns + 1, rows: board.rows + 1, isLegacy: markers?.isLegacy ?? false)
    for y in 0...board.rows {
      for x in 0...board.columns {
        let corner = sheet.origin + SIMD2(Double(x), Double(y)) * square
        guard let id = layout.marker(x: x, y: y) else {
          // To a micrometre at each side.
          for (u, v) in [(0.5, 1e-3), (0.5, square - 1e-3), (1e-3, 0.5), (square - 1e-3, 0.5)] {
            #expect(Self.isInside(corner + SIMD2(u, v), sheet.shapes))
          }
          continue
        }
        #expect(!Self.isInside(corner + 0.01, sheet.shapes))
        guard let markers else { continue }
        let bits = markers.dictionary.bitsPerSide
        let code = markers.dictionary.codes(id + 1)[id]
        let size = markers.markerSize * 1000
        let start = corner + 0.5 * (square - size)
        let module = size / Double(bits + 2)
        for row in -1...bits {
          for column in -1...bits {
            let isBorder = row < 0 || column < 0 || row == bits || column == bits
            let isDark =
              isBorder || !markers.dictionary.isWhite(code, column: column, row: row)
            for (u, v) in [(0.02, 0.02), (0.98, 0.98), (0.5, 0.5)] {
              let place = start + SIMD2(Double(column) + 1 + u, Double(row) + 1 + v) * module
              #expect(Self.isInside(place, sheet.shapes) == isDark)
            }
          }
        }
      }
    }
    #expect((sheet.ground != nil) == (markers?.isInverted ?? false))
  }

  @Test func darkAreasAreExact() throws {
    let sheet = try Self.sheet("charuco:11x8:25mm:18mm:DICT_5X5_100")
    let markers = try #require(sheet.board.charuco)
    var expected = 44 * 25.0 * 25
    for code in markers.dictionary.codes(44) {
      let module = 18.0 / 7
      expected += Double(49 - code.nonzeroBitCount) * module * module
    }
    let drawn = sheet.shapes.reduce(0) { $0 + Self.area($1) }
    #expect(abs(drawn - expected) < 1e-6 * expected)
  }

  @Test func theRulerIsTrue() throws {
    let sheet = try Self.sheet("charuco:11x8:25mm:18mm:DICT_5X5_100")
    #expect(sheet.texts.contains { $0.words.hasPrefix("200 mm") })
    let lefts = sheet.marks.compactMap { $0.points.map(\.x).min() }
    let first = try #require(lefts.min())
    let last = try #require(lefts.max())
    #expect(abs(last - first - 200) < 1e-9 && lefts.count == 201)
    #expect(sheet.texts.contains { $0.words.contains(sheet.board.word) })
  }

  @Test func paperIsChosenTurnedAndRefused() throws {
    #expect(try Self.sheet("checkerboard:6x5:25mm").paper.name == "a4")
    let turned = try Self.sheet("checkerboard:9x6:25mm").paper
    #expect(turned.name == "a4" && turned.width == 297)
    #expect(try Self.sheet("charuco:11x8:25mm:18mm:DICT_5X5_100").paper.name == "a3")
    #expect(try Self.sheet("checkerboard:6x5:25mm", paper: "LETTER").paper.name == "letter")
    #expect(try Self.sheet("checkerboard:6x5:25mm", paper: "500x400").paper.width == 500)
    #expect {
      try Self.sheet("charuco:11x8:25mm:18mm:DICT_5X5_100", paper: "a4")
    } throws: {
      "\($0)".contains("--paper a3")
    }
    #expect {
      try Self.sheet("checkerboard:64x63:1m")
    } throws: {
      if case BoardPrintError.tooLarge = $0 { true } else { false }
    }
    for word in ["", "a9", "0x0", "nanx100", "100", "100x", "1e9x100", "100x100x100"] {
      #expect(throws: BoardPrintError.unknownPaper(word)) { try PaperSize(word: word) }
    }
  }

  @Test func boardsThatServeNobodyAreRefused() throws {
    let even = try BoardSpec(word: "checkerboard:8x6:25mm")
    #expect(throws: BoardPrintError.ambiguous(even)) { try Self.sheet(even.word) }
    #expect(throws: BoardPrintError.onlyOneLayout(rows: 7)) {
      try Self.sheet("charuco:10x7:25mm:18mm:DICT_5X5_100:legacy")
    }
    // 5 bits and border: white = 2.5, bit = 3: the largest marker that leaves 0.7 bits is 20.8 mm.
    #expect {
      try Self.sheet("charuco:10x7:25mm:21mm:DICT_5X5_100")
    } throws: {
      "\($0)".contains("at most 20.8 mm")
    }
    #expect(try Self.sheet("charuco:10x7:25mm:20.8mm:DICT_5X5_100").shapes.count > 35)
  }

  @Test func filesAreWhole() throws {
    let sheet = try Self.sheet("charuco:11x8:25mm:18mm:DICT_5X5_100")
    let pdf = sheet.pdf
    let text = String(decoding: pdf, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-1.6\n") && text.hasSuffix("%%EOF\n"))
    #expect(text.contains("/PrintScaling /None"))
    // Offsets of the cross-reference table point at their objects.
    let table = try #require(text.firstRange(of: "xref\n0 7\n"))
    let entries = text[table.upperBound...].split(separator: "\n").dropFirst().prefix(6)
    for (index, entry) in entries.enumerated() {
      let offset = try #require(Int(entry.prefix(10)))
      #expect(String(decoding: pdf[offset...].prefix(7), as: UTF8.self) == "\(index + 1) 0 obj")
    }
    let svg = sheet.svg
    #expect(svg.contains("width=\"420mm\" height=\"297mm\" viewBox=\"0 0 420 297\""))
    #expect(svg.hasSuffix("</svg>\n"))
  }
}
