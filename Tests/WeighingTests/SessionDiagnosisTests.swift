import Measurements
import Simulation
import Testing

@testable import Weighing

/// Faults planted in simulated sessions; the campaign `weighing-faults` has the large numbers.
struct SessionDiagnosisTests {
  static let faults: [(fault: ScaleFault, code: String, subject: String?)] = [
    (.deadCell(2), "cell_not_loaded", "cell 2"),
    (.swappedCells(0, 3), "cells_swapped", "cells 0 and 3"),
    (.swappedCells(0, 2), "cells_swapped", "cells 0 and 2"),
    (.bind(1, part: 0.02), "corner_bind", "cell 1"),
    (.saturation(3, counts: 250_000), "cell_saturated", "cell 3"),
    (.wrongMass(nominal: 20, part: -0.05), "mass_wrong", "20.0 kg, number 1"),
    (.wrongMass(nominal: 5, part: 0.05), "mass_wrong", "5.0 kg, number 1"),
    (.wrongPlace(step: 2, SIMD2(-0.2, 0.14)), "mass_misplaced", "step 2"),
    (.zeroDrift(-0.002), "zero_drifting", "cell 0"),
    (.twist(0.001), "frame_twisted", nil),
    (.slope(SIMD2(0.03, -0.043)), "floor_slope", nil),
  ]

  @Test(arguments: 0..<11) func aPlantedFaultIsNamed(number: Int) throws {
    let (fault, code, subject) = Self.faults[number]
    var conditions = WeighingConditions()
    conditions.faults = [fault]
    conditions.rigid = true
    conditions.hasAccelerometer = true
    // Step 2 is an eccentricity step of the short session; its seventh minute shows a drift.
    let script = fault.word == "wrong_place" ? WeighingScript.line : .full
    let session = SimulatedWeighing(seed: UInt64(40 + number), script, conditions)
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    let finding = try #require(calibration.findings.first)
    #expect(finding.code == code, "\(finding.text)")
    #expect(finding.subject == subject)
    #expect(finding.severity != .note && !finding.remedy.isEmpty)
  }

  @Test(arguments: [true, false]) func healthyScalesAreLeftAlone(rigid: Bool) throws {
    for seed in 1...4 {
      for script in [WeighingScript.full, .line] {
        var conditions = WeighingConditions()
        conditions.rigid = rigid
        conditions.warming = seed % 2 == 0 ? 14 : 2
        let session = SimulatedWeighing(seed: UInt64(seed), script, conditions)
        let calibration = try RecordedCalibration(session.samples, session.procedure)
        #expect(calibration.findings.allSatisfy { $0.severity == .note })
      }
    }
  }

  /// With an accelerometer a slope is taken into account.
  @Test func aSlopeThatIsKnownDoesNotSpoilTheMasses() throws {
    var conditions = WeighingConditions()
    conditions.faults = [.slope(SIMD2(0.04, 0.03))]
    conditions.hasAccelerometer = true
    let session = SimulatedWeighing(seed: 9, .full, conditions)
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    for estimate in calibration.estimates {
      let load = try #require(session.loads.first { $0.step == estimate.step })
      #expect(abs(estimate.reading.mass - load.mass) < 0.0002 + 1e-4 * load.mass)
    }
  }
}
