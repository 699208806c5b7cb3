import Geometry
import LensModels
import LinearAlgebra
import Testing

@testable import CameraCalibration

struct ProjectionUncertaintyTests {
  private func lens(_ parameters: [Double]) throws -> Lens {
    try Lens(kind: .opencv5, width: 1280, height: 800, parameters: parameters)
  }

  private let parameters = [800.0, 805, 641, 397, -0.2, 0.05, 1e-4, -2e-4, 0.01]

  private func covariance(_ deviations: [Double]) -> Matrix {
    var matrix = Matrix(rows: deviations.count, columns: deviations.count)
    for (index, deviation) in deviations.enumerated() {
      matrix[index, index] = deviation * deviation
    }
    return matrix
  }

  private func full() -> PictureCoverage {
    var coverage = PictureCoverage(width: 1280, height: 800)
    for cell in coverage.counts.indices {
      let centre = coverage.centre(cell: cell)
      coverage.add(x: centre.x, y: centre.y)
    }
    return coverage
  }

  /// The linear gauge against a lens that is really changed, and a rotation that is really fitted.
  @Test func whatIsLeftIsWhatARotationCannotMakeGood() throws {
    let lens = try lens(parameters)
    let coverage = full()
    let pixels = coverage.counts.indices.map { coverage.centre(cell: $0) }
    let gauge = try #require(PoseFollowingLens(lens, pixels: pixels, ranges: [nil]))
    for (index, size) in [1e-2, 1e-2, 1e-1, 1e-1, 1e-4, 1e-4, 1e-5, 1e-5, 1e-4].enumerated() {
      var moved = parameters
      moved[index] += size
      let other = try self.lens(moved)
      let rotation = try #require(bestRotation(from: lens, to: other, pixels: pixels))
      var deviations = Array(repeating: 0.0, count: 9)
      deviations[index] = size
      for pixel in [pixels[0], pixels[19], pixels[45]] {
        let direction = try #require(lens.unproject(pixel))
        let seen = try #require(other.project(rotation * direction))
        let left = (seen - pixel).length
        let foretold = try #require(
          gauge.covariance(lens, pixel: pixel, range: nil, covariance(deviations)))
        #expect(abs(foretold.worstDeviation - left) < 0.02 * left + 1e-7)
      }
    }
  }

  @Test func aMovedPrincipalPointIsMostlyATurnedCamera() throws {
    let lens = try lens([800, 800, 640, 400, 0, 0, 0, 0, 0])
    let uncertainty = try #require(
      ProjectionUncertainty(
        lens, covariance: covariance([0, 0, 1, 1, 0, 0, 0, 0, 0]), coverage: full(),
        boardDistances: [0.3, 0.5, 0.9]))
    let infinity = try #require(uncertainty.ranges.last)
    #expect(infinity.range == nil)
    #expect(try #require(infinity.centre) < 0.3)
    #expect(try #require(infinity.worstCovered) < 1)
    #expect(uncertainty.ranges.map(\.range) == [0.3, 0.5, nil])
    // A motion can do all that a rotation can, at least on the whole.
    #expect(try #require(uncertainty.ranges[1].centre) < 0.35)
  }

  @Test func aPlainFocalLengthIsADistance() throws {
    // Of boards at one distance, on a narrow picture, a longer focal length is a nearer board.
    let lens = try Lens(
      kind: .pinhole, width: 1280, height: 800, parameters: [12_000, 12_000, 640, 400])
    let sizes = [1.0, 1, 0, 0]
    var coupled = covariance(sizes)
    (coupled[0, 1], coupled[1, 0]) = (1, 1)
    let uncertainty = try #require(
      ProjectionUncertainty(
        lens, covariance: coupled, coverage: full(), boardDistances: [2, 2, 2]))
    let near = try #require(uncertainty.ranges.first?.worstCovered)
    let far = try #require(uncertainty.ranges.last?.worstCovered)
    #expect(far > 0.04)
    #expect(near < 0.01 * far)
  }

  @Test func tooLittleCoverageHasNoAnswer() throws {
    let lens = try lens(parameters)
    var coverage = PictureCoverage(width: 1280, height: 800)
    #expect(
      ProjectionUncertainty(
        lens, covariance: covariance(parameters), coverage: coverage, boardDistances: [1]) == nil)
    coverage.add(x: 100, y: 100)
    #expect(
      ProjectionUncertainty(
        lens, covariance: covariance(parameters), coverage: coverage, boardDistances: [1]) == nil)
    #expect(coverage.counts.reduce(0, +) == 1)
    #expect(abs(coverage.fraction - 1.0 / 48) < 1e-12)
  }

  @Test func cornersAtTheEdgeCount() {
    var coverage = PictureCoverage(width: 640, height: 480)
    for (x, y) in [(-1.9, -1.9), (640.9, 480.9), (319.4, 239.4), (319.6, 239.6)] {
      coverage.add(x: x, y: y)
    }
    #expect(coverage.counts.indices.filter { coverage.counts[$0] > 0 } == [0, 19, 28, 47])
    #expect(coverage.centre(cell: 0) == Vector2(39.5, 39.5))
    #expect(coverage.centre(cell: 47) == Vector2(599.5, 439.5))
  }
}
