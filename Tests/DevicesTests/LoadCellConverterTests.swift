import Testing

@testable import Devices

struct LoadCellConverterTests {
  @Test func offsetBinaryIsUndone() {
    #expect(8_388_708 + LoadCellConverter.offset(driver: "hx711", attribute: nil) == 100)
    #expect(LoadCellConverter.offset(driver: "nau7802", attribute: nil) == 0)
    #expect(LoadCellConverter.offset(driver: "ad7780", attribute: -8_388_608) == -8_388_608)
    // Should the driver learn to say it one day, it must not be taken off twice.
    #expect(LoadCellConverter.offset(driver: "hx711", attribute: -8_388_608) == -8_388_608)
  }

  @Test func theEndsOfTheRangeAreNoReadings() {
    #expect(LoadCellConverter.isSaturated(8_388_607) && LoadCellConverter.isSaturated(-8_388_608))
    #expect(!LoadCellConverter.isSaturated(8_388_606) && !LoadCellConverter.isSaturated(-8_388_607))
  }
}
