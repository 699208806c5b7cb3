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
