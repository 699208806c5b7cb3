import Testing

@testable import Weighing

struct RecordedSamplesTests {
  static let header = "t,temperature,adc0,adc1,step\n"

  func read(_ text: String) throws(RecordingError) -> RecordedSamples {
    try RecordedSamples(Array(text.utf8), file: "s.csv", cells: 2)
  }

  @Test func bothForms() throws {
    let plain = try read(Self.header + "0.0,21.5,100,-200,0\r\n0.1,21.6,101,-201,1\n")
    #expect(plain.count == 2)
    #expect(plain.counts == [100, -200, 101, -201])
    #expect(plain.steps == [0, 1])
    let session = try read(
      "time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,count_1,mass_kg,status,step\n"
        + "0,21,0.01,-0.02,5,6,,stable,3\n")
    #expect(session.tilts == [SIMD2(0.01, -0.02)])
    #expect(session.counts == [5, 6] && session.steps == [3])
  }

  static let sessionHeader =
    "time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,count_1,mass_kg,status,step\n"

  /// What a recording does not know is empty: a slow sensor's last value stands for it, and the
  /// time says which step it belongs to.
  @Test func emptyMeansUnknown() throws {
    let text =
      Self.sessionHeader + "0,,,,5,6,,stable,\n0.1,21,0.01,-0.02,5,6,,stable,0\n"
      + "1.1,,,,7,8,,,\n2,22,0.02,-0.01,9,9,,stable,\n9,,,,1,1,,,\n"
    let samples = try read(text)
    #expect(samples.isTemperatureMeasured)
    #expect(samples.temperatures == [21, 21, 21, 22, 22])
    #expect(samples.tilts.map(\.x) == [0.01, 0.01, 0.01, 0.02, 0.02])
    #expect(samples.steps == [nil, 0, nil, nil, nil])
    let procedure = RecordedProcedure(
      rate: 10, platform: SIMD2(1, 1), cells: [.zero, SIMD2(1, 0)], bits: 24,
      steps: [
        .init(number: 0, kind: .empty, start: 0, end: 1),
        .init(number: 7, kind: .empty, start: 1, end: 2),
        .init(number: 3, kind: .empty, start: 2, end: 3),
      ])
    #expect(samples.ranges(procedure) == [0: [0, 1], 7: [2], 3: [3]])
    #expect(samples.conditions(procedure).withoutTemperature == nil)
  }

  @Test func aScaleWithoutThermometerSaysWhatIsAssumed() throws {
    let samples = try read(Self.sessionHeader + "0,,,,5,6,,stable,0\n")
    #expect(!samples.isTemperatureMeasured && samples.temperatures == [20])
    #expect(samples.tilts.isEmpty)
    let procedure = RecordedProcedure(
      rate: 10, platform: SIMD2(1, 1), cells: [.zero, SIMD2(1, 0)], bits: 24, steps: [])
    let finding = try #require(samples.conditions(procedure).withoutTemperature)
    #expect(finding.code == "temperature_not_measured" && finding.text.contains("20 degC"))
    // The plain form always says it.
    #expect(throws: RecordingError.notANumber(file: "s.csv", line: 2, column: "temperature")) {
      try read(Self.header + "0,,1,2,0\n")
    }
  }

  @Test func halfATiltIsRefused() {
    for (line, column) in [
      ("0,20,0.1,,5,6,,,0", "tilt_y_rad"), ("0,20,,0.1,5,6,,,0", "tilt_x_rad"),
      ("0,20,2,0.1,5,6,,,0", "tilt_x_rad"), ("0,20,0.1,0.1,5,,,,0", "count_1"),
      ("0,20,0.1,0.1,5,6,,,x", "step"), ("0,4000,,,5,6,,,0", "temperature_c"),
    ] {
      #expect(throws: RecordingError.notANumber(file: "s.csv", line: 2, column: column)) {
        try read(Self.sessionHeader + line + "\n")
      }
    }
  }

  @Test func saysWhatIsWrongAndWhere() {
    #expect(throws: RecordingError.empty(file: "s.csv")) { try read(Self.header) }
    #expect(throws: RecordingError.empty(file: "s.csv")) { try read("") }
    #expect(
      throws: RecordingError.wrongHeader(file: "s.csv", expected: "t,temperature,adc0,adc1,step")
    ) { try read("t,temperature,adc0,step\n0,1,2,3\n") }
    #expect(throws: RecordingError.wrongColumns(file: "s.csv", line: 2, found: 4, expected: 5)) {
      try read(Self.header + "0,20,1,0\n")
    }
    for wrong in ["nan", "", "x", "inf", "1e300"] {
      #expect(throws: RecordingError.notANumber(file: "s.csv", line: 3, column: "adc1")) {
        try read(Self.header + "0,20,1,2,0\n0.1,20,1,\(wrong),0\n")
      }
    }
    #expect(throws: RecordingError.outOfOrder(file: "s.csv", line: 3, time: 0.5, before: 1)) {
      try read(Self.header + "1,20,1,2,0\n0.5,20,1,2,0\n")
    }
    #expect(throws: RecordingError.notANumber(file: "s.csv", line: 2, column: "step")) {
      try read(Self.header + "1,20,1,2,0.5\n")
    }
  }
}
