import Testing

@testable import BoardDetection

struct CandidateIndexTests {
  /// Predictions go astray: whatever they are, a window holds cells that are there.
  @Test func windowsStayInThePicture() {
    var index = CandidateIndex()
    index.build([], width: 64, height: 48)
    let places: [Float] = [
      -.infinity, -1e30, -500, -1, 0, 30, 47, 63, 64, 79, 80, 500, 1e30, .infinity, .nan,
    ]
    for x in places {
      for y in places {
        for radius: Float in [0, 16, 1000] {
          let window = index.window(about: SIMD2(x, y), radius: radius)
          #expect(window.rows.upperBound <= 4 || window.rows.isEmpty, "\(x) \(y) \(radius)")
          #expect(window.columns.upperBound <= 5, "\(x) \(y) \(radius)")
          for row in window.rows { #expect(index.entries(window, row: row).isEmpty) }
        }
      }
    }
    let off = index.window(about: SIMD2(500, 20), radius: 16)
    #expect(off.columns.isEmpty)
  }
}
