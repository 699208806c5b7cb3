import Testing

@testable import Devices

struct HIDDescriptorTests {
  /// A scale as the point-of-sale usage tables describe it, with its first items.
  private static let scale: [UInt8] = [
    0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01, 0x85, 0x03, 0x09, 0x32, 0xA1, 0x02, 0x09, 0x70, 0xA1, 0x02,
    0x09, 0x71, 0x15, 0x01, 0x25, 0x08, 0x75, 0x08, 0x95, 0x01, 0x81, 0x00, 0xC0, 0xC0, 0xC0,
  ]

  @Test func aScaleIsKnownByItsUsagePage() {
    let descriptor = HIDDescriptor(Self.scale)
    #expect(descriptor.applications == [0x8D_0020])
    #expect(descriptor.isScale)
  }

  @Test func aKeyboardIsNoScale() {
    #expect(!HIDDescriptor([0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xC0]).isScale)
  }

  /// The page of weighing inside another collection, or named but not used, makes no scale.
  @Test func onlyApplicationsAtTheTopCount() {
    #expect(
      !HIDDescriptor([
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01, 0xC0, 0xC0,
      ]).isScale)
    #expect(!HIDDescriptor([0x05, 0x8D, 0x09, 0x20]).isScale)
  }

  @Test func theUsageMayBringItsPage() {
    #expect(HIDDescriptor([0x0B, 0x20, 0x00, 0x8D, 0x00, 0xA1, 0x01, 0xC0]).isScale)
  }

  @Test func aSavedPageComesBack() {
    #expect(
      HIDDescriptor([0x05, 0x8D, 0xA4, 0x05, 0x01, 0xB4, 0x09, 0x20, 0xA1, 0x01, 0xC0]).isScale)
  }

  @Test func longItemsArePassedOver() {
    #expect(HIDDescriptor([0xFE, 0x02, 0x77, 0x01, 0x02] + Self.scale).isScale)
  }

  @Test(arguments: 0..<scale.count)
  func oneCutShortGivesWhatStoodBefore(_ length: Int) {
    #expect(HIDDescriptor(Array(Self.scale.prefix(length))).isScale == (length >= 6))
  }
}
