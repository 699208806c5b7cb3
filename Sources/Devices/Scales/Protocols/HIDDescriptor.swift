/// What a HID report descriptor says, as far as scales need it (USB HID 1.11, section 6.2.2).
package struct HIDDescriptor: Equatable, Sendable {
  /// The usage page of weighing devices (HID point-of-sale usage tables 1.02, section 3).
  package static let weighingPage: UInt32 = 0x8D

  /// The usages of the application collections at the top, page in the upper half.
  package let applications: [UInt32]

  /// Whether one of them is a weighing device.
  package var isScale: Bool { applications.contains { $0 >> 16 == Self.weighingPage } }

  /// Reads the items of a descriptor. One that is cut short or nonsense gives what stood before.
  package init(_ bytes: [UInt8]) {
    var applications: [UInt32] = []
    var page: UInt32 = 0
    var savedPages: [UInt32] = []
    var usage: UInt32?
    var depth = 0
    var rest = bytes[...]
    while let prefix = rest.popFirst() {
      if prefix == 0xFE {
        // A long item: its size, its tag, its data; none is defined.
        guard let size = rest.popFirst(), rest.popFirst() != nil, rest.count >= Int(size) else {
          break
        }
        rest.removeFirst(Int(size))
        continue
      }
      let size = [0, 1, 2, 4][Int(prefix & 3)]
      guard rest.count >= size else { break }
      var value: UInt32 = 0
      for (index, byte) in rest.prefix(size).enumerated() { value |= UInt32(byte) << (8 * index) }
      rest.removeFirst(size)
      switch prefix & 0xFC {
      case 0x04: page = value & 0xFFFF
      case 0xA4: if savedPages.count < 64 { savedPages.append(page) }
      case 0xB4: page = savedPages.popLast() ?? page
      // A usage of four bytes brings its own page. The first of several names the collection.
      case 0x08: usage = usage ?? (size == 4 ? value : page << 16 | value)
      case 0xA0:
        if depth == 0, value & 0xFF == 0x01, let usage { applications.append(usage) }
        depth += 1
        usage = nil
      case 0xC0:
        depth = max(0, depth - 1)
        usage = nil
      case 0x80, 0x90, 0xB0: usage = nil
      default: break
      }
    }
    self.applications = applications
  }
}
