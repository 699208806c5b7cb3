import Testing

@testable import Devices

struct Toledo8217Tests {
  private func responses(_ bytes: [UInt8]) -> [Toledo8217.Response?] {
    var framer = Toledo8217.Framer()
    return framer.feed(bytes).map(Toledo8217.response)
  }

  private func frame(_ text: String) -> [UInt8] { [0x02] + Array(text.utf8) + [0x0D] }

  @Test func weightsAreRead() {
    #expect(responses(frame("00.000")) == [.weight(value: 0, isNet: false)])
    #expect(responses(frame(" 1.235")) == [.weight(value: 1.235, isNet: false)])
    #expect(responses(frame("12.345N")) == [.weight(value: 12.345, isNet: true)])
  }

  @Test func everyBitOfTheStatusIsRead() {
    let bits: [ScaleStatus] = [.motion, .over, .under, .needsZero, .zero, .net]
    for set in 0..<UInt8(64) {
      var expected: ScaleStatus = set & 1 == 0 ? .stable : []
      for (bit, status) in bits.enumerated() where set >> bit & 1 != 0 { expected.insert(status) }
      #expect(responses([0x02, 0x3F, 0x40 | set, 0x0D]) == [.status(expected)])
    }
  }

  /// A net weight is a weight: bit 5 is no error.
  @Test func netIsTrusted() {
    #expect(responses([0x02, 0x3F, 0x60, 0x0D]) == [.status([.stable, .net])])
    #expect(ScaleStatus([.stable, .net]).isTrusted)
  }

  @Test func junkBetweenAnswersIsDropped() {
    let bytes = [0x0D, 0x41, 0x0D] + frame("01.000") + Array("junk".utf8) + frame("02.000")
    #expect(
      responses(bytes) == [.weight(value: 1, isNet: false), .weight(value: 2, isNet: false)])
  }

  @Test func anAnswerCutShortIsReplacedByTheNext() {
    #expect(responses([0x02, 0x30, 0x31] + frame("02.000")) == [.weight(value: 2, isNet: false)])
    let long = [0x02] + [UInt8](repeating: 0x30, count: 40) + [0x0D]
    #expect(responses(long + frame("02.000")) == [.weight(value: 2, isNet: false)])
  }

  /// Seven bits with even parity, seen on a line that is open with eight.
  @Test func parityIsCheckedWhereItIsSeen() {
    func withParity(_ byte: UInt8) -> UInt8 {
      byte.nonzeroBitCount.isMultiple(of: 2) ? byte : byte | 0x80
    }
    let good = frame("12.345").map(withParity)
    #expect(good != frame("12.345"))
    #expect(responses(good) == [.weight(value: 12.345, isNet: false)])
    var bad = good
    bad[3] = 0x80 | 0x33  // 5 ones.
    #expect(responses(bad) == [])
  }

  @Test(arguments: ["?", "?@@", "-1.000", "+1.000", "1,5", "N", "1.2.3", "123456789", "E", "1e3"])
  func whatIsNoAnswerIsNone(_ text: String) { #expect(responses(frame(text)) == [nil]) }

  @Test func aStatusWithoutItsConstantBitIsNone() {
    #expect(responses([0x02, 0x3F, 0x20, 0x0D]) == [nil])
  }
}
