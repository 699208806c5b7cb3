import Testing

@testable import Devices

struct ToledoContinuousTests {
  /// A message with its checksum: 2 places, kilograms, unless said otherwise.
  private func message(
    _ weight: String, a: UInt8 = 0x2C, b: UInt8 = 0x30, c: UInt8 = 0x20
  ) -> [UInt8] {
    let bytes = [0x02, a, b, c] + Array("\(weight)000000\r".utf8)
    let sum = bytes.reduce(UInt8(0), &+) & 0x7F
    return bytes + [(0x80 &- sum) & 0x7F]
  }

  @Test func weightsAreRead() {
    let bytes = message(" 01234")
    #expect(bytes.count == ToledoContinuous.length)
    #expect(
      ToledoContinuous.indication(bytes)
        == ScaleIndication(value: 12.34, unit: .kilogram, status: .stable))
    #expect(ToledoContinuous.indication(bytes.dropLast())?.value == 12.34, "without checksum")
  }

  @Test(
    arguments: zip(UInt8(0)...7, [123_400, 12_340, 1234, 123.4, 12.34, 1.234, 0.1234, 0.01234]))
  func thePointStandsWhereWordAPutsIt(_ code: UInt8, _ value: Double) {
    #expect(ToledoContinuous.indication(message("  1234", a: 0x28 | code))?.value == value)
  }

  @Test func wordBIsRead() {
    func read(_ bits: UInt8) -> ScaleIndication? {
      ToledoContinuous.indication(message("000500", b: 0x20 | bits))
    }
    #expect(read(0)?.unit == .pound)
    #expect(read(0x01)?.status == [.stable, .net])
    #expect(read(0x02)?.value == -5)
    #expect(read(0x08)?.status == .motion)
    #expect(read(0x04) == ScaleIndication(value: nil, unit: .pound, status: [.stable, .over]))
    #expect(read(0x06)?.status == [.stable, .under])
    #expect(read(0x40)?.status == [.stable, .needsZero])
  }

  @Test func aWrongBitAnywhereSpoilsTheMessage() {
    let good = message("001234")
    for index in good.indices {
      for bit in 0..<7 {
        var bad = good
        bad[index] ^= 1 << bit
        #expect(ToledoContinuous.indication(bad) == nil, "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func messagesAreFoundInJunk() {
    var framer = ToledoContinuous.Framer(hasChecksum: true)
    let stream =
      [0x30, 0x0D] + message("000100").dropFirst(5) + message("000200") + [0x02, 0x41]
      + message("000300")
    let values = framer.feed(stream).compactMap { ToledoContinuous.indication($0)?.value }
    #expect(values == [2, 3])
  }

  @Test func aChecksumThatLooksLikeAStartIsNone() throws {
    let candidates = (UInt8(0x20)...0x7F).flatMap { b in
      (10..<100).map { message("0000\($0)", b: b) }
    }
    let bytes = try #require(candidates.first { $0.last == 0x02 })
    var framer = ToledoContinuous.Framer(hasChecksum: true)
    #expect(framer.feed(bytes + bytes).count == 2)
  }
}
