import Testing

@testable import Devices

struct IIOScanLayoutTests {
  private func element(_ name: String, _ index: Int, _ type: String) throws -> IIOScanLayout.Element
  {
    IIOScanLayout.Element(name: name, index: index, type: try #require(IIOElementType(type)))
  }

  /// Two channels of 32 bits and a time of 64 are 16 bytes, with one channel four are padding.
  @Test func elementsAreAlignedToTheirOwnSize() throws {
    let time = try element("in_timestamp", 2, "le:s64/64")
    let first = try element("in_voltage0", 0, "le:u24/32")
    let second = try element("in_voltage1", 1, "le:u24/32")
    let both = IIOScanLayout([time, second, first])
    #expect(both.elements.map(\.name) == ["in_voltage0", "in_voltage1", "in_timestamp"])
    #expect(both.offsets == [0, 4, 8] && both.scanBytes == 16)
    let one = IIOScanLayout([first, time])
    #expect(one.offsets == [0, 8] && one.scanBytes == 16)
  }

  @Test func theScanIsPaddedToItsLargestElement() throws {
    let layout = IIOScanLayout([
      try element("a", 0, "le:u32/32"), try element("b", 1, "le:u8/8"),
    ])
    #expect(layout.scanBytes == 8)
  }

  @Test func valuesThatStandTogetherTakeTheirRoom() throws {
    let layout = IIOScanLayout([
      try element("a", 0, "le:s16/16X3"), try element("b", 1, "le:s16/16"),
    ])
    #expect(layout.offsets == [0, 6] && layout.scanBytes == 8)
  }

  @Test func partScansWaitForTheirRest() throws {
    let layout = IIOScanLayout([
      try element("a", 0, "be:u24/32>>8"), try element("b", 1, "be:u24/32>>8"),
    ])
    let bytes: [UInt8] = [0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 9, 9, 9]
    let (values, used) = layout.scans(bytes)
    #expect(values == [[1, 2], [3, 4]] && used == 16)
  }

  @Test func nothingEnabledGivesNothing() {
    #expect(IIOScanLayout([]).scans([1, 2, 3]).values.isEmpty)
  }
}
