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
    var rest = Array(text.utf8)[...]
    func take(_ word: String) -> Bool {
      guard rest.starts(with: word.utf8) else { return false }
      rest.removeFirst(word.utf8.count)
      return true
    }
    /// Up to four digits.
    func takeNumber() -> Int? {
      let digits = rest.prefix { (48...57).contains($0) }
      guard (1...4).contains(digits.count) else { return nil }
      rest.removeFirst(digits.count)
      return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    isBigEndian = take("be")
    guard isBigEndian || take("le"), take(":") else { return nil }
    isSigned = take("s")
    guard isSigned || take("u"), let bits = takeNumber(), take("/"), let storage = takeNumber(),
      let count = take("X") ? takeNumber() : 1, let shift = take(">>") ? takeNumber() : 0,
      rest.isEmpty, [8, 16, 32, 64].contains(storage), bits >= 1, bits + shift <= storage,
      count >= 1
    else { return nil }
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
