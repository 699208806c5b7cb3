import Testing

@testable import Devices

struct ScaleStatusTests {
  @Test func everySetOfConditionsGoesIntoTextAndBack() {
    for raw in 0..<UInt16(1 << ScaleStatus.words.count) {
      let status = ScaleStatus(rawValue: raw)
      #expect(ScaleStatus(status.description) == status)
    }
    #expect(ScaleStatus([.stable, .zero]).description == "stable+zero")
  }

  @Test(arguments: ["steady", "stable+", "+", "Stable", "stable zero"])
  func otherWordsAreRefused(_ text: String) { #expect(ScaleStatus(text) == nil) }
}
