import Boards
import Imaging
import Testing

@testable import BoardDetection

/// Pictures without a board, and pictures of odd shapes: no board, a reason, bounded work.
@Suite struct HostilePictureTests {
  private static func detector() throws -> BoardDetector {
    BoardDetector(board: try BoardSpec(columns: 9, rows: 6, squareSize: 0.025))
  }

  /// A picture of the given size from a function of the pixel.
  private static func picture(
    _ width: Int, _ height: Int, _ grey: (Int, Int) -> Int
  ) -> GreyImage {
    var pixels = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width { pixels[y * width + x] = UInt8(min(max(grey(x, y), 0), 255)) }
    }
    return GreyImage(width: width, height: height, pixels: pixels)
  }

  private static func expectNone(_ result: BoardDetection) {
    #expect(result.boards.isEmpty)
    #expect(result.status == BoardStatus.none)
    #expect(result.reason != nil)
    #expect(result.reason?.description.isEmpty == false)
    #expect(result.counts.candidates <= 6 * 6000)
  }

  @Test func plainPictures() throws {
    let detector = try Self.detector()
    for grey in [0, 128, 255] {
      let result = detector.detect(in: Self.picture(320, 240) { _, _ in grey })
      Self.expectNone(result)
      #expect(result.reason == .noContrast)
    }
  }

  @Test func noise() throws {
    let detector = try Self.detector()
    var generator = SeededGenerator(seed: 7)
    for amplitude in [5, 60, 255] {
      Self.expectNone(
        detector.detect(
          in: Self.picture(800, 600) { _, _ in
            128 + Int(generator.next() % UInt64(amplitude)) - amplitude / 2
          }))
    }
    Self.expectNone(
      detector.detect(in: Self.picture(800, 600) { _, _ in generator.next() & 1 == 0 ? 0 : 255 }))
  }

  @Test func gratings() throws {
    let detector = try Self.detector()
    for period in [2, 3, 8, 40] {
      Self.expectNone(
        detector.detect(in: Self.picture(640, 480) { x, _ in x / period & 1 == 0 ? 20 : 220 }))
      Self.expectNone(
        detector.detect(in: Self.picture(640, 480) { x, y in (x + y) / period & 1 == 0 ? 20 : 220 })
      )
      // Bright wires on dark, crossing at right angles.
      Self.expectNone(
        detector.detect(
          in: Self.picture(640, 480) { x, y in
            x % (4 * period) < period || y % (4 * period) < period ? 200 : 60
          }))
    }
  }

  @Test func endlessCheckerboardsAreAnotherPattern() throws {
    let detector = try Self.detector()
    for side in [12, 31] {
      let result = detector.detect(
        in: Self.picture(640, 480) { x, y in (x / side + y / side) & 1 == 0 ? 40 : 210 })
      Self.expectNone(result)
    }
    // Finer than any corner can be told: still an answer.
    for side in [1, 2, 3] {
      Self.expectNone(
        detector.detect(
          in: Self.picture(640, 480) { x, y in (x / side + y / side) & 1 == 0 ? 40 : 210 }))
    }
  }

  @Test func oddShapes() throws {
    let detector = try Self.detector()
    var generator = SeededGenerator(seed: 3)
    for width in [1, 2, 3, 15, 16, 17, 23, 24, 25, 31, 33, 67] {
      for height in [1, 2, 3, 15, 16, 17, 24, 29, 47, 48, 49] {
        let result = detector.detect(
          in: Self.picture(width, height) { _, _ in Int(generator.next() & 255) })
        #expect(result.boards.isEmpty)
        if min(width, height) < 24 {
          #expect(result.reason == .tooSmall(width: width, height: height))
        }
      }
    }
    Self.expectNone(detector.detect(in: Self.picture(20_000, 30) { x, y in (x ^ y) & 255 }))
    Self.expectNone(detector.detect(in: Self.picture(30, 20_000) { x, y in (x &* y) & 255 }))
  }

  @Test func boardsTouchingTheFrame() throws {
    // Corners right at the frame must not be read beyond it.
    let detector = try Self.detector()
    for offset in stride(from: -40.0, through: 40, by: 7.3) {
      var renderer = BoardRenderer(width: 260, height: 180)
      renderer.paint(
        columns: 9, rows: 6, at: Homography(x: offset, y: offset / 2, u: (25, 3), v: (-4, 26)))
      for corner in detector.detect(in: renderer.picture()).boards.flatMap(\.corners) {
        #expect(corner.x > 0 && corner.x < 259 && corner.y > 0 && corner.y < 179)
        #expect(corner.sigma > 0 && corner.sigma < 1)
      }
    }
  }
}
