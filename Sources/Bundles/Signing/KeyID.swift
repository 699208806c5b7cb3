/// The eight bytes that tell one signing key from another.
public struct KeyID: Hashable, Sendable {
  /// In the order of the files.
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// From its sixteen hexadecimal digits; nil for anything else.
  package init?(text: String) {
    guard text.utf8.count == 16, let number = UInt64(text, radix: 16) else { return nil }
    bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }
}

extension KeyID: CustomStringConvertible {
  /// Sixteen upper-case hexadecimal digits, as `minisign` shows it: a little-endian number.
  public var description: String {
    let number = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }
}
