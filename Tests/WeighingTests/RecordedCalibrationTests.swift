import Documents
import Foundation
import LinearAlgebra
import ScaleModels
import Testing

@testable import Weighing

/// The weighing session beside the package, in `../shared`.
private let folder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("shared/data/simulated/scale_normal").path

struct RecordedCalibrationTests {
  struct Truth: Decodable {
    struct Step: Decodable {
      let step: Int
      let mass_g: Double
      let xy_m: [Double]
    }
    let steps: [Step]
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: folder),
      "../shared/data/simulated/scale_normal is not there"))
  func sharedSessionAgainstItsTruth() throws {
    let recorded = try RecordedFolder(folder)
    let truth = try JSONDocument.decode(Truth.self, file: folder + "/truth.json")
    let calibration = try RecordedCalibration(recorded.samples, recorded.procedure)
    #expect(calibration.estimates.count == 24)
    var errors: [Double] = []
    var (mass, place, heavy) = (0.0, 0.0, 0.0)
    for estimate in calibration.estimates {
      let step = try #require(truth.steps.first { $0.step == estimate.step })
      let reading = estimate.reading
      let error = [
        reading.mass - step.mass_g / 1000, reading.x - step.xy_m[0], reading.y - step.xy_m[1],
      ]
      errors += error
      mass += error[0] * error[0]
      guard step.mass_g > 1000 else { continue }
      place += error[1] * error[1] + error[2] * error[2]
      heavy += 1
    }
    mass = (mass / 24).squareRoot()
    place = (place / heavy).squareRoot()
    var covariance = Matrix(rows: errors.count, columns: errors.count)
    covariance.elements = calibration.estimateCovariance
    let distance = zip(errors, try Cholesky(covariance).solve(errors)).reduce(0) {
      $0 + $1.0 * $1.1
    }
    #expect(mass < 0.00015)
    #expect(place < 0.001)
    // 99.9 % of chi-square with 72 degrees of freedom.
    #expect((37.0...120).contains(distance))
    #expect(calibration.findings.map(\.code) == ["span_temperature_not_determined"])
  }
}
