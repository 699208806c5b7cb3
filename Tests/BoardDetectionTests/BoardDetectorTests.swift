import Boards
import Imaging
import Testing

@testable import BoardDetection

@Suite struct BoardDetectorTests {
  /// The view that most tests look at: squares of about 24 pixels, turned and tilted.
  static let view = Homography(
    x: 90, y: 80, u: (23, 4), v: (-3, 25), tilt: (0.01, 0.005))

  @Test func findsEveryCornerWithinAHundredthOfAPixel() throws {
    let board = try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)
    var renderer = BoardRenderer(width: 400, height: 300)
    renderer.paint(columns: 9, rows: 6, at: Self.view)
    let result = BoardDetector(board: board).detect(in: renderer.picture())
    #expect(result.status == .complete)
    #expect(result.reason == nil)
    #expect(!result.ambiguous)
    let corners = try #require(result.boards.first).corners
    #expect(corners.count == 54)
    var squares = 0.0
    for corner in corners {
      let truth = Self.view.project(Double(corner.column), Double(corner.row))
      let dx = corner.x - truth.x
      let dy = corner.y - truth.y
      #expect(abs(dx) < 0.06 && abs(dy) < 0.06)
      squares += dx * dx + dy * dy
    }
    #expect((squares / Double(2 * corners.count)).squareRoot() < 0.01)
  }

  @Test func noiseAndPlainPicturesHaveNoBoard() throws {
    let board = try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)
    let detector = BoardDetector(board: board)
    for grey in [0.0, 128, 255] {
      let plain = BoardRenderer(width: 320, height: 240, background: grey)
      let result = detector.detect(in: plain.picture(noise: 0))
      #expect(result.boards.isEmpty)
      #expect(result.reason == .noCorners)
    }
    let noisy = BoardRenderer(width: 320, height: 240).picture(blur: 0, noise: 40)
    let result = detector.detect(in: noisy)
    #expect(result.boards.isEmpty)
    #expect(result.reason != nil)
  }
}
