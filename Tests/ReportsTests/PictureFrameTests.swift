import Bundles
import Geometry
import Testing

@testable import Reports

struct PictureFrameTests {
  @Test(arguments: [(640, 480), (1280, 800), (1, 65536), (65536, 1), (480, 640)])
  func everyPixelHasACell(_ width: Int, _ height: Int) {
    let frame = PictureFrame(width: width, height: height)
    #expect(frame.size.x <= 600 && frame.size.y <= 450)
    #expect(frame.columns == 8 && frame.rows == 6)
    #expect(frame.cellIndex(Vector2(0, 0)) == 0)
    let last = frame.cellIndex(Vector2(Double(width) - 1, Double(height) - 1))
    #expect(last == 47 || min(width, height) == 1 && (0..<48).contains(last))
    #expect(frame.cellIndex(Vector2(-1e9, -1e9)) == 0)
    #expect(frame.cellIndex(Vector2(1e9, 1e9)) == 47)
  }

  /// The cells are those of the coverage, unless nobody could tell them apart.
  @Test(arguments: [(4, 3, 4, 3), (16, 12, 16, 12), (1000, 1000, 8, 6)])
  func cellsAreTheCoverages(_ columns: Int, _ rows: Int, _ drawn: Int, _ down: Int) {
    let coverage = CoverageRecord(
      columns: columns, rows: rows, fraction: 0,
      corners: Array(repeating: 0, count: columns * rows))
    let frame = PictureFrame(width: 640, height: 480, coverage: coverage)
    #expect(frame.columns == drawn && frame.rows == down)
    // The middle of the picture lies at the same part of it in every division.
    let middle = frame.cellIndex(Vector2(319.4, 239.4))
    #expect(frame.origin(of: middle).x < frame.size.x / 2)
    #expect(frame.origin(of: middle).x + frame.cell.x >= frame.size.x / 2 - 1e-9)
  }
}
