/// How one value stands in the buffer of an IIO device: `be:u24/32>>8`, as its `in_*_type` attribute
/// says (Documentation/ABI/testing/sysfs-bus-iio).
package struct IIOElementType: Equatable, Sendable {
  package let isBigEndian: Bool
  package let isSigned: Bool
  /// Bits that carry the value, 1 to 64.
  package let bits: Int
  /// Bits it takes in the buffer: 8, 16, 32 or 64.
  package let storageBits: Int
  /// How many such values stand together; 1 mostly.
  package let count: Int
  /// By how much the value is shifted left in its storage.
  package let shift: Int

  /// Bytes of one value; values are aligned to it.
  package var storageBytes: Int { storageBits / 8 }

  /// The type in a text `[be|le]:[s|u]bits/storage[Xcount][>>shift]`; nil for any other.
  package init?(_ text: some StringProtocol) {
    guard
      let match = String(text).wholeMatch(
        of: #/(be|le):(s|u)(\d{1,2})\/(\d{1,2})(?:X(\d{1,4}))?(?:>>(\d{1,2}))?/#),
      let bits = Int(match.3), let storage = Int(match.4), [8, 16, 32, 64].contains(storage)
    else { return nil }
    let shift = match.6.flatMap { Int($0) } ?? 0
    let count = match.5.flatMap { Int($0) } ?? 1
    guard bits >= 1, bits + shift <= storage, count >= 1 else { return nil }
    isBigEndian = match.1 == "be"
    isSigned = match.2 == "s"
    self.bits = bits
    storageBits = storage
    self.count = count
    self.shift = shift
  }

  /// The value at the front of `bytes`, which holds at least `storageBytes`.
  package func value(_ bytes: some RandomAccessCollection<UInt8>) -> Int64 {
    var word: UInt64 = 0
    for (index, byte) in bytes.prefix(storageBytes).enumerated() {
      word =
        isBigEndian ? word << 8 | UInt64(byte) : word | UInt64(byte) << UInt64(8 * index)
    }
    // Up to the top of the word and back, so that the sign fills what is above the value.
    let top = (word >> UInt64(shift)) << UInt64(64 - bits)
    return isSigned
      ? Int64(bitPattern: top) >> Int64(64 - bits)
      : Int64(bitPattern: top >> UInt64(64 - bits))
  }
}
