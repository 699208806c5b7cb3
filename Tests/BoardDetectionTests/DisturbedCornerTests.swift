import Boards
import Glibc
import Imaging
import Testing

@testable import BoardDetection

/// What lies over a board or shines on it must not move its corners unnoticed.
@Suite struct DisturbedCornerTests {
  private static let view = Homography(
    x: 90, y: 80, u: (27, 4), v: (-3, 29), tilt: (0.01, 0.005))

  private static func board() throws -> BoardSpec {
    try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)
  }

  /// A board in noise of two grey levels after `disturb` has changed its light.
  private static func picture(
    seed: UInt64, _ disturb: (_ x: Double, _ y: Double, _ light: Double) -> Double
  ) -> GreyImage {
    var renderer = BoardRenderer(width: 420, height: 320)
    renderer.paint(columns: 9, rows: 6, at: view)
    renderer.relight(disturb)
    return renderer.picture(blur: 1.1, noise: 2, seed: seed)
  }

  /// Corners by their distance from the nearest true one, and their stated standard deviation.
  private static func errors(_ image: GreyImage) throws -> [(distance: Double, sigma: Double)] {
    let result = BoardDetector(board: try board()).detect(in: image)
    let corners = try #require(result.boards.first).corners
    return corners.map { corner in
      var least = Double.infinity
      for row in 0..<6 {
        for column in 0..<9 {
          let truth = view.project(Double(column), Double(row))
          least = min(least, hypot(corner.x - truth.x, corner.y - truth.y))
        }
      }
      return (least, corner.sigma)
    }
  }

  /// A finger's round tip, `gap` pixels from a corner, from `angle`.
  private static func finger(_ column: Int, _ row: Int, gap: Double, angle: Double) -> (
    (Double, Double, Double) -> Double
  ) {
    let corner = view.project(Double(column), Double(row))
    let radius = 12.0
    let x = corner.x + (radius + gap) * cos(angle)
    let y = corner.y + (radius + gap) * sin(angle)
    return { px, py, light in hypot(px - x, py - y) < radius ? 95 : light }
  }

  @Test func aFingerBesideACornerDoesNotPullIt() throws {
    var worst = 0.0
    for (seed, angle) in [0.3, 1.1, 2.0, 2.9, 4.2, 5.5].enumerated() {
      let image = Self.picture(
        seed: UInt64(seed), Self.finger(4, 3, gap: 6, angle: angle))
      let errors = try Self.errors(image)
      #expect(errors.count >= 50)
      worst = max(worst, errors.map(\.distance).max() ?? .infinity)
    }
    #expect(worst < 0.25, "\(worst) px")
  }

  @Test func aFingerOverACornerLeavesTheOthersAlone() throws {
    for (seed, angle) in [0.3, 2.0, 4.2].enumerated() {
      let image = Self.picture(
        seed: UInt64(seed), Self.finger(4, 3, gap: -6, angle: angle))
      let errors = try Self.errors(image)
      #expect(errors.count >= 45 && errors.count <= 53)
      #expect(errors.allSatisfy { $0.distance < 0.3 || $0.distance < 4 * $0.sigma })
    }
  }

  @Test func glareIsToldFromShape() throws {
    let spot = Self.view.project(4.4, 2.3)
    var squares = 0.0
    var count = 0
    for seed in 0..<4 {
      let image = Self.picture(seed: UInt64(seed)) { x, y, light in
        let d = hypot(x - spot.x, y - spot.y) / 18
        return min(250, light + 70 * exp(-0.5 * d * d))
      }
      let errors = try Self.errors(image)
      #expect(errors.count >= 50)
      #expect(errors.allSatisfy { $0.distance < 0.3 })
      for error in errors {
        squares += error.distance * error.distance / (2 * error.sigma * error.sigma)
        count += 1
      }
    }
    let ratio = (squares / Double(count)).squareRoot()
    #expect(ratio > 0.7 && ratio < 1.4, "\(ratio)")
  }

  @Test func aToneCurveIsNoNoise() throws {
    // A gamma of 2.2 leaves corners where they are, and their standard deviations true.
    var squares = 0.0
    var count = 0
    for seed in 0..<4 {
      let image = Self.picture(seed: UInt64(seed)) { _, _, light in light }
      let curved = GreyImage(
        width: image.width, height: image.height,
        pixels: image.pixels.map { UInt8((255 * pow(Double($0) / 255, 1 / 2.2)).rounded()) })
      for error in try Self.errors(curved) {
        #expect(error.distance < 0.15)
        squares += error.distance * error.distance / (2 * error.sigma * error.sigma)
        count += 1
      }
    }
    let ratio = (squares / Double(count)).squareRoot()
    #expect(count == 4 * 54)
    #expect(ratio > 0.7 && ratio < 1.4, "\(ratio)")
  }
}
