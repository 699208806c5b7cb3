import Boards
import Testing

@Suite struct MarkerDictionaryTests {
  /// First markers as OpenCV's tables of bytes have them, bits row by row.
  @Test(
    arguments: [
      ("DICT_4X4_50", 4, 50, 0xb532), ("DICT_5X5_100", 5, 100, 0x145b2bc),
      ("DICT_6X6_250", 6, 250, 0x1e3dd82a6), ("DICT_ARUCO_ORIGINAL", 5, 1024, 0x1084210),
    ] as [(String, Int, Int, UInt64)])
  func firstMarkersAreOpenCVs(name: String, bits: Int, count: Int, first: UInt64) throws {
    let dictionary = try #require(MarkerDictionary(name: name))
    #expect(dictionary.bitsPerSide == bits && dictionary.count == count)
    #expect(dictionary.codes(1) == [first])
  }

  @Test func everyDictionaryHasDistinctMarkersWhicheverWayTheyLie() throws {
    for name in MarkerDictionary.names {
      let dictionary = try #require(MarkerDictionary(name: name))
      let codes = dictionary.codes(.max)
      #expect(codes.count == dictionary.count)
      let n = dictionary.bitsPerSide
      var seen: Set<UInt64> = []
      for code in codes {
        var turned = code
        var own: Set<UInt64> = []
        for _ in 0..<4 {
          own.insert(turned)
          var next: UInt64 = 0
          for row in 0..<n {
            for column in 0..<n {
              next =
                next << 1 | (dictionary.isWhite(turned, column: row, row: n - 1 - column) ? 1 : 0)
            }
          }
          turned = next
        }
        #expect(turned == code, "four quarter turns are none")
        // ARUCO_ORIGINAL holds a few that look the same after a turn.
        #expect(name == "DICT_ARUCO_ORIGINAL" || seen.isDisjoint(with: own), "\(name)")
        seen.formUnion(own)
      }
    }
  }

  @Test func smallerDictionariesAreBeginnings() throws {
    let small = try #require(MarkerDictionary(name: "dict_6x6_50"))
    let large = try #require(MarkerDictionary(name: "DICT_6X6_1000"))
    #expect(small.codes(50) == large.codes(50))
    #expect(MarkerDictionary(name: "DICT_8X8_50") == nil)
  }
}

@Suite struct CharucoLayoutTests {
  /// Counted out square by square, as OpenCV numbers them.
  @Test(arguments: [(11, 8), (8, 11), (10, 8), (7, 7), (3, 4), (4, 3)], [false, true])
  func markersAreNumberedRowByRow(size: (Int, Int), isLegacy: Bool) {
    let layout = CharucoLayout(columns: size.0, rows: size.1, isLegacy: isLegacy)
    let isOld = isLegacy && size.1.isMultiple(of: 2)
    var next = 0
    for y in 0..<size.1 {
      for x in 0..<size.0 {
        guard (x + y).isMultiple(of: 2) == isOld else {
          #expect(layout.marker(x: x, y: y) == nil)
          continue
        }
        #expect(layout.marker(x: x, y: y) == next)
        next += 1
      }
    }
    #expect(layout.markerCount == next)
    #expect(layout.marker(x: -1, y: 0) == nil && layout.marker(x: 0, y: size.1) == nil)
  }
}
