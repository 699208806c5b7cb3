import Documents
import Testing

@testable import Weighing

struct RecordedProcedureTests {
  func read(_ steps: String, cells: String = "[[0,0],[1,0]]") throws -> RecordedProcedure {
    let text =
      #"{"rate_hz":10,"platform_m":[1,1],"cells_xy_m":\#(cells),"adc_bits":24,"steps":[\#(steps)]}"#
    return try JSONDocument.decode(RecordedProcedure.self, from: Array(text.utf8), file: "p.json")
  }

  static let empty = #"{"step":0,"kind":"empty","t_start":0,"t_end":10,"group":null}"#

  static func load(
    _ number: Int, start: Double = 10, end: Double = 20, mass: String = "[5]",
    limit: String = "[250]"
  ) -> String {
    #"{"step":\#(number),"kind":"linearity_up","t_start":\#(start),"t_end":\#(end),"#
      + #""nominal_kg":\#(mass),"oiml_class":"M1","mpe_mg":\#(limit),"xy_m":[0.1,0.2]}"#
  }

  @Test func readsLoadsAndEmptySteps() throws {
    let procedure = try read(Self.empty + "," + Self.load(1))
    #expect(procedure.steps.map(\.isLoaded) == [false, true])
    #expect(procedure.steps[1].position == SIMD2(0.1, 0.2))
    #expect(procedure.steps[1].massClass == .m1)
    #expect(procedure.cells.count == 2)
  }

  /// Without the masses' ids nothing could be traced to their certificates.
  @Test func whatIsWrittenReadsBackWhole() throws {
    let step = RecordedProcedure.Step(
      number: 1, kind: .eccentricity, start: 10, end: 20, group: "corner0", nominal: [5, 2],
      massClass: .f2, limits: [80, 30], position: SIMD2(0.1, -0.2), positionSigma: 0.002,
      massIDs: ["A-5", "A-2"])
    let procedure = RecordedProcedure(
      rate: 80, platform: SIMD2(0.6, 0.4), cells: [.zero, SIMD2(1, 0)], bits: 24,
      steps: [RecordedProcedure.Step(number: 0, kind: .empty, start: 0, end: 10), step],
      started: UTCTime(seconds: 1_790_000_000))
    let bytes = try JSONDocument.encode(procedure)
    let read = try JSONDocument.decode(RecordedProcedure.self, from: bytes, file: "p.json")
    #expect(read == procedure)
  }

  @Test func refusesWhatCannotBe() {
    let wrong = [
      Self.load(1, start: 20, end: 10), Self.load(1, mass: "[]"), Self.load(1, mass: "[-5]"),
      Self.load(1, limit: "[250, 250]"), Self.load(1, limit: "[0]"), Self.load(1, mass: "5"),
      Self.load(0), Self.load(1, start: 5), "",
    ]
    for step in wrong {
      #expect(throws: DocumentError.self, "\(step)") {
        try read(step.isEmpty ? step : Self.empty + "," + step)
      }
    }
    #expect(throws: DocumentError.self) { try read(Self.empty, cells: "[]") }
    #expect(throws: DocumentError.self) { try read(Self.empty, cells: "[[0]]") }
  }
}
