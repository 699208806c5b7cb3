import Testing

@testable import Devices

struct IIOElementTypeTests {
  @Test func theDriversTypesAreRead() throws {
    let ad7780 = try #require(IIOElementType("be:u24/32>>8"))
    #expect(ad7780.value([0x80, 0x00, 0x01, 0xFF]) == 0x80_0001)
    let ad7124 = try #require(IIOElementType("be:u24/32"))
    #expect(ad7124.value([0xFF, 0x80, 0x00, 0x01]) == 0x80_0001, "what is above is masked")
    let hx711 = try #require(IIOElementType("le:u24/32"))
    #expect(hx711.value([0x01, 0x00, 0x80, 0x00]) == 0x80_0001)
    let time = try #require(IIOElementType("le:s64/64>>0"))
    #expect(time.value([0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == -2)
  }

  /// Every width in both orders, signs included: what is put in comes out.
  @Test(arguments: [8, 12, 16, 20, 24, 32, 48, 63, 64])
  func valuesGoBothWays(_ bits: Int) throws {
    let storage = [8, 16, 32, 64].first { $0 >= bits } ?? 64
    for order in ["be", "le"] {
      for shift in Set([0, storage - bits]) {
        let type = try #require(IIOElementType("\(order):s\(bits)/\(storage)>>\(shift)"))
        let top: Int64 = bits == 64 ? .max : (1 << (bits - 1)) - 1
        for value in [0, 1, -1, top, -top - 1] {
          let word = UInt64(bitPattern: value) << UInt64(shift)
          let little = (0..<storage / 8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
          #expect(type.value(order == "le" ? little : little.reversed()) == value)
        }
      }
    }
  }

  @Test(
    arguments: [
      "", "be", "xe:u24/32", "be:u24", "be:u33/32", "be:u24/32>>9", "be:u24/24", "be:u0/8",
      "be:u8/8X0", "be:u24/32>>8 ", "be:u999/32", "be:u24/32>>99", "be:u-4/8",
    ])
  func whatIsNoTypeIsRefused(_ text: String) { #expect(IIOElementType(text) == nil) }
}
