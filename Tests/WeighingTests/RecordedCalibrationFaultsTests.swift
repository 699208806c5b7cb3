import Documents
import Testing

@testable import Weighing

/// Sessions made here: what they say when something is wrong or missing.
struct RecordedCalibrationFaultsTests {
  /// Ten seconds each: empty, 5 kg on each corner, empty, one unknown load of 2 kg; 10 Hz.
  static func session(
    seed: UInt64, dead: Int? = nil, steps: Int = 7, clip: Double = .infinity
  ) throws -> (RecordedSamples, RecordedProcedure) {
    var scale = SettledScale(seed: seed, flex: 0.2)
    var csv = "t,temperature,adc0,adc1,adc2,adc3,step\n"
    var list: [String] = []
    for step in 0..<steps {
      let place = (1...4).contains(step) ? ScaleFitTests.corners[step - 1] : SIMD2(0.05, 0.05)
      let mass = step == 0 || step == 5 ? 0.0 : step == 6 ? 2 : 5
      for sample in 0..<100 {
        let counts = scale.signals(mass: mass, at: place, kelvin: 0, noise: 3).enumerated().map {
          $0.offset == dead ? 1000 : min(clip, ($0.element + 1000).rounded())
        }
        let time = Double(10 * step) + Double(sample) / 10
        csv += "\(time),20," + counts.map { "\(Int($0))" }.joined(separator: ",") + ",\(step)\n"
      }
      let kind = mass == 0 ? "empty" : step == 6 ? "verify" : "eccentricity"
      list.append(
        #"{"step":\#(step),"kind":"\#(kind)","t_start":\#(10 * step),"t_end":\#(10 * step + 10),"#
          + #""nominal_kg":[5],"mpe_mg":[250],"xy_m":[\#(place.x),\#(place.y)]}"#)
    }
    let cells = SettledScale.drawing.map { "[\($0.x),\($0.y)]" }.joined(separator: ",")
    let procedure =
      #"{"rate_hz":10,"platform_m":[0.6,0.45],"cells_xy_m":[\#(cells)],"adc_bits":24,"steps":["#
      + list.joined(separator: ",") + "]}"
    return (
      try RecordedSamples(Array(csv.utf8), file: "s.csv", cells: 4),
      try JSONDocument.decode(
        RecordedProcedure.self, from: Array(procedure.utf8), file: "p.json")
    )
  }

  @Test func aShortHealthySession() throws {
    let (samples, procedure) = try Self.session(seed: 4)
    let calibration = try RecordedCalibration(samples, procedure)
    let estimate = try #require(calibration.estimates.first)
    #expect(estimate.step == 6)
    #expect(abs(estimate.reading.mass - 2) < 0.0008)
    #expect(abs(estimate.reading.x - 0.05) < 0.003 && abs(estimate.reading.y - 0.05) < 0.003)
    #expect(!calibration.findings.contains { $0.severity == .unusable })
    #expect(calibration.estimateCovariance == estimate.reading.covariance)
  }

  @Test func aDeadCellIsNamed() throws {
    let (samples, procedure) = try Self.session(seed: 4, dead: 2)
    let calibration = try RecordedCalibration(samples, procedure)
    let finding = try #require(calibration.findings.first { $0.severity == .unusable })
    #expect(finding.code == "cell_not_loaded" && finding.subject == "cell 2")
  }

  @Test func aSaturatedConverterIsNamed() throws {
    let (samples, procedure) = try Self.session(seed: 4)
    let eight = try JSONDocument.decode(
      RecordedProcedure.self,
      from: Array(
        #"{"rate_hz":10,"platform_m":[1,1],"cells_xy_m":[[-1,-1],[1,-1],[1,1],[-1,1]],"#.utf8)
        + Array(
          #""adc_bits":16,"steps":[{"step":0,"kind":"empty","t_start":0,"t_end":10},"#.utf8)
        + Array(
          (#"{"step":1,"kind":"eccentricity","t_start":10,"t_end":20,"nominal_kg":[5],"#
            + #""mpe_mg":[250],"xy_m":[-0.2,-0.14]}]}"#).utf8), file: "p.json")
    #expect(procedure.bits == 24)
    let calibration = try RecordedCalibration(samples, eight)
    #expect(calibration.findings.contains { $0.code == "cell_saturated" })
  }

  @Test func nothingToCalibrateFrom() throws {
    let (samples, procedure) = try Self.session(seed: 4, steps: 1)
    #expect(throws: RecordingError.fit(.noPlacement)) {
      try RecordedCalibration(samples, procedure)
    }
    let (_, longer) = try Self.session(seed: 4, steps: 2)
    #expect(throws: RecordingError.tooFewSamples(step: 1, found: 0, needed: 8)) {
      try RecordedCalibration(samples, longer)
    }
  }
}
