import Geometry
import Testing

@testable import Reports

struct PictureFrameTests {
  @Test(arguments: [(640, 480), (1280, 800), (1, 65536), (65536, 1), (480, 640)])
  func everyPixelHasACell(_ width: Int, _ height: Int) {
    let frame = PictureFrame(width: width, height: height)
    #expect(frame.size.x <= 600 && frame.size.y <= 480)
    #expect(frame.cellCount <= 200)
    #expect(frame.cellIndex(Vector2(0, 0)) == 0)
    #expect(
      frame.cellIndex(Vector2(Double(width) - 1, Double(height) - 1)) == frame.cellCount - 1)
    #expect(frame.cellIndex(Vector2(-1e9, -1e9)) == 0)
    #expect(frame.cellIndex(Vector2(1e9, 1e9)) == frame.cellCount - 1)
  }
}
