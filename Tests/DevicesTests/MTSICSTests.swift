import Testing

@testable import Devices

struct MTSICSTests {
  private func response(_ line: String) -> MTSICS.Response? { MTSICS.response(Array(line.utf8)) }

  @Test func weightsAreReadWithTheirStatus() {
    #expect(
      response("S S     100.00 g")
        == .indication(ScaleIndication(value: 100, unit: .gram, status: .stable)))
    #expect(
      response("S D      -0.05 kg")
        == .indication(ScaleIndication(value: -0.05, unit: .kilogram, status: .motion)))
    #expect(
      response("T S  20.5 lb")
        == .indication(ScaleIndication(value: 20.5, unit: .pound, status: [.stable, .net])))
  }

  @Test func whatCannotBeWeighedIsSaid() {
    #expect(response("S I") == .notNow(command: "S"))
    #expect(response("S +") == .indication(ScaleIndication(value: nil, unit: nil, status: .over)))
    #expect(response("S -") == .indication(ScaleIndication(value: nil, unit: nil, status: .under)))
  }

  @Test(arguments: ["Z A", "ZI S", "ZI D"])
  func zeroingIsConfirmed(_ line: String) { #expect(response(line) == .zeroed) }

  @Test func zeroingIsRefused() {
    #expect(response("Z I") == .notNow(command: "Z"))
    #expect(response("Z +") == .indication(ScaleIndication(value: nil, unit: nil, status: .over)))
  }

  @Test func textsKeepTheirSpaces() {
    #expect(response("I4 A \"B 021 002 593\"") == .text(command: "I4", "B 021 002 593"))
    #expect(response("I2 A \"\"") == .text(command: "I2", ""))
  }

  @Test(arguments: ["ES", "ET", "EL"])
  func errorsAreKnown(_ line: String) { #expect(response(line) == .error(line)) }

  @Test(
    arguments: [
      "", " ", "S", "S S", "S S 1e5 g", "S S nan g", "S S 1.2.3 g", "S S 1 stone", "S S - g",
      "S X 1 g", "s s 1 g", "I4 A unquoted", "I4 A \"", "ES now", "S S 1 g extra",
      "S S 12345678901234567 g", "\u{2}00.000", "S S 1\u{0} g", "Sä",
    ])
  func whatIsNoAnswerIsNone(_ line: String) { #expect(response(line) == nil) }

  @Test func commandsEndTheirLine() {
    #expect(MTSICS.Command.weight.bytes == Array("SI\r\n".utf8))
  }
}
