import Execution
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct CrossValidationTests {
  private func rig(_ seed: UInt64) throws -> (SimulatedRig, SeededNumbers) {
    var numbers = SeededNumbers(seed)
    let lenses = try [LensKind.opencv5, .opencv4].map {
      try Lens.drawn($0, focal: 0.6, &numbers)
    }
    var rig = SimulatedRig.around(
      lenses, board: try SimulatedRig.standardBoard(), spread: 0.25, &numbers)
    rig.addFrames(30, &numbers)
    return (rig, numbers)
  }

  /// Over draws, pixels err as much as foretold, and halves differ as much as foretold.
  @Test func noiseExplainsErrorsAndDifferences() throws {
    let draws = 40
    let cells = [9, 20, 37]
    var sums = Array(repeating: 0.0, count: cells.count)
    var squaredRatio = 0.0
    for draw in 0..<draws {
      var (rig, numbers) = try rig(500 + UInt64(draw))
      let result = try calibrate(
        rig.input(noise: 0.2, &numbers),
        options: CalibrationOptions(
          lens: .perCamera(["camera0": .opencv5, "camera1": .opencv4])))
      for (index, camera) in result.cameras.enumerated() {
        let certainty = try #require(camera.certainty)
        let ratio = try #require(certainty.crossValidation?.ratio)
        squaredRatio += ratio * ratio / Double(2 * draws)
        #expect(ratio < 3)
        guard index == 0 else { continue }
        let lens = try #require(camera.lens)
        let pixels = certainty.coverage.counts.indices
          .filter { certainty.coverage.counts[$0] > 0 }
          .map { certainty.coverage.centre(cell: $0) }
        let gauge = try #require(PoseFollowingLens(lens, pixels: pixels, ranges: [nil]))
        let truth = rig.lenses[0]
        let rotation = try #require(bestRotation(from: lens, to: truth, pixels: pixels))
        for (place, cell) in cells.enumerated() {
          let pixel = certainty.coverage.centre(cell: cell)
          let direction = try #require(lens.unproject(pixel))
          let error = try #require(truth.project(rotation * direction)) - pixel
          let c = try #require(
            gauge.covariance(
              lens, pixel: pixel, range: nil, try matrix(certainty.lensCovariance, count: 9)))
          let determinant = c.xx * c.yy - c.xy * c.xy
          sums[place] +=
            (c.yy * error.x * error.x - 2 * c.xy * error.x * error.y + c.xx * error.y * error.y)
            / determinant
        }
      }
    }
    for sum in sums { #expect(chiSquareBounds(2 * draws).contains(sum)) }
    // The mean of 80 values, each the mean square of about five normal numbers.
    #expect(abs(squaredRatio - 1) < 0.3)
  }

  @Test func aLensTooSimpleDiffersMoreThanItsNoise() throws {
    var squaredRatio = 0.0
    for seed in 0..<5 {
      var (rig, numbers) = try rig(700 + UInt64(seed))
      let result = try calibrate(
        rig.input(noise: 0.05, &numbers),
        options: CalibrationOptions(lens: .fixed(.pinhole), rejectsOutliers: false))
      for camera in result.cameras {
        let ratio = try #require(camera.certainty?.crossValidation?.ratio)
        squaredRatio += ratio * ratio / 10
      }
    }
    #expect(squaredRatio > 2)
  }

  @Test func rotationsAreFound() throws {
    var numbers = SeededNumbers(1)
    let lens = try Lens.drawn(.kannalaBrandt4, focal: 0.35, &numbers)
    let coverage = PictureCoverage(width: lens.width, height: lens.height)
    let pixels = coverage.counts.indices.map { coverage.centre(cell: $0) }
    let rotation = try #require(bestRotation(from: lens, to: lens, pixels: pixels))
    #expect(rotation.angle < 1e-9)
    #expect(bestRotation(from: lens, to: lens, pixels: [pixels[0]]) == nil)
  }

  @Test func aCameraWithoutCornersHasNoAnswerAndSpoilsNoOther() throws {
    var (rig, numbers) = try rig(3)
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    var joint = try run.solvedJoint([.opencv5, .opencv4])
    for view in joint.problem.views where view.camera == 1 {
      for corner in view.corners { joint.problem.corners[corner].weight = 0 }
    }
    let certainty = run.jointCertainty(joint)
    #expect(certainty.crossValidation[0] != nil)
    #expect(certainty.crossValidation[1] == nil)
    let covariance = try #require(certainty.covariance)
    #expect(covariance.block(covariance.lensPlaces(camera: 0)) != nil)
    #expect(covariance.block(covariance.lensPlaces(camera: 1)) == nil)
    #expect(covariance.block(covariance.posePlaces(camera: 1)) == nil)
  }

  @Test func sameForAnyNumberOfThreads() throws {
    var (rig, numbers) = try rig(12)
    var run = CalibrationRun(rig.input(noise: 0.1, &numbers), CalibrationOptions())
    let joint = try run.solvedJoint([.opencv5, .opencv4])
    let all = [1, 2, 3].map { threads in
      CalibrationRun(run.input, CalibrationOptions(threads: ThreadCount(threads)))
        .jointCertainty(joint).crossValidation
    }
    #expect(all[0].allSatisfy { $0 != nil })
    #expect(all[0] == all[1] && all[0] == all[2])
  }
}
