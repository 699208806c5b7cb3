import Testing

@testable import Devices

struct HIDScaleReportTests {
  @Test func readingsAreAsTheTablesSay() throws {
    let grams = try #require(HIDScaleReport.indication([0x03, 0x04, 0x02, 0xFF, 0xD2, 0x04]))
    #expect(grams == ScaleIndication(value: 123.4, unit: .gram, status: .stable))
    #expect(abs(try #require(grams.mass) - 0.1234) < 1e-15)
    let ounces = try #require(HIDScaleReport.indication([0x03, 0x05, 0x0B, 0xFF, 0x0A, 0x00]))
    #expect(ounces == ScaleIndication(value: -1, unit: .ounce, status: .under))
    let pounds = try #require(HIDScaleReport.indication([0x03, 0x02, 0x0C, 0xFE, 0x00, 0x00]))
    #expect(pounds == ScaleIndication(value: 0, unit: .pound, status: [.stable, .zero]))
  }

  @Test(
    arguments: zip(
      UInt8(1)...8,
      [
        ScaleStatus.fault, [.stable, .zero], .motion, .stable, .under, .over, .needsCalibration,
        .needsZero,
      ]))
  func everyStatusIsKnown(_ code: UInt8, _ status: ScaleStatus) throws {
    let indication = try #require(HIDScaleReport.indication([3, code, 2, 0, 5, 0]))
    #expect(indication.status == status)
    #expect((indication.value != nil) == [2, 3, 4, 5].contains(code))
  }

  /// Kilograms of one of each unit; a tael has no one size.
  @Test(
    arguments: zip(
      UInt8(1)...12,
      [
        1e-6, 1e-3, 1, 2e-4, nil, 6.479891e-5, 1.55517384e-3, 1000, 907.18474, 0.0311034768,
        0.028349523125, 0.45359237,
      ] as [Double?]))
  func everyUnitIsKnown(_ code: UInt8, _ kilograms: Double?) throws {
    let indication = try #require(HIDScaleReport.indication([3, 4, code, 0, 1, 0]))
    #expect(indication.mass == kilograms)
  }

  @Test(arguments: [UInt8(0), 9, 255])
  func unknownCodesAreNoReading(_ code: UInt8) {
    #expect(HIDScaleReport.indication([3, code, 2, 0, 1, 0]) == nil)
    #expect(HIDScaleReport.indication([3, 4, code == 9 ? 13 : code, 0, 1, 0]) == nil)
  }

  @Test func otherReportsAreNoReading() {
    #expect(HIDScaleReport.indication([5, 4, 2, 0, 1, 0]) == nil)
    #expect(HIDScaleReport.indication([3, 4, 2, 0, 1]) == nil)
    #expect(HIDScaleReport.indication([]) == nil)
    #expect(HIDScaleReport.indication([4, 4, 2, 0, 1, 0])?.value == 1, "some number it 4")
  }

  @Test func theExponentGoesBothWays() {
    #expect(HIDScaleReport.indication([3, 4, 2, 3, 0xFF, 0xFF])?.value == 65_535_000)
    #expect(HIDScaleReport.indication([3, 4, 2, 0xFD, 0x39, 0x30])?.value == 12.345)
  }
}
