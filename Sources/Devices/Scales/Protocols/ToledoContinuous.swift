/// The continuous output of Toledo indicators: STX, three status words, six digits of weight, six of
/// tare, CR and, where it is switched on, a checksum (Mettler-Toledo Wildcat technical manual,
/// appendix 2).
package enum ToledoContinuous {
  /// Bytes with the checksum.
  package static let length = 18

  /// What a message says; nil where its checksum is wrong or it is no message. `bytes` is one from
  /// STX to CR, with or without the checksum behind it.
  package static func indication(_ bytes: some RandomAccessCollection<UInt8>) -> ScaleIndication? {
    let bytes = bytes.map { $0 & 0x7F }
    guard bytes.count == length || bytes.count == length - 1, bytes[0] == 0x02, bytes[16] == 0x0D,
      bytes.count < length || isSumRight(bytes)
    else { return nil }
    let (a, b, c) = (bytes[1], bytes[2], bytes[3])
    // Bit 5 of all three is always set, so that a status word never looks like a control character.
    guard a & b & c & 0x20 != 0 else { return nil }
    var digits = bytes[4..<10].drop { $0 == 0x20 }
    if digits.isEmpty { digits = [UInt8(ascii: "0")] }
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let magnitude = digits.reduce(0.0) { $0 * 10 + Double($1 - 48) }
    // 2 is a point behind the last digit, each more moves it one place to the left.
    let places = Int(a & 7) - 2
    let power = (0..<abs(places)).reduce(1.0) { product, _ in product * 10 }
    let size = places > 0 ? magnitude / power : magnitude * power
    var status: ScaleStatus = b & 0x08 != 0 ? .motion : .stable
    if b & 0x01 != 0 { status.insert(.net) }
    if b & 0x04 != 0 { status.insert(b & 0x02 != 0 ? .under : .over) }
    if b & 0x40 != 0 { status.insert(.needsZero) }
    return ScaleIndication(
      value: status.isTrusted ? (b & 0x02 != 0 ? -size : size) : nil, unit: unit(b, c),
      status: status)
  }

  /// The checksum is the two's complement of the sum of all bytes before it, in seven bits: with it
  /// the sum is 0.
  private static func isSumRight(_ bytes: [UInt8]) -> Bool {
    bytes.reduce(UInt8(0), &+) & 0x7F == 0
  }

  /// Word C names other units than pounds and kilograms, which word B tells apart.
  private static func unit(_ b: UInt8, _ c: UInt8) -> ScaleUnit? {
    switch c & 7 {
    case 0: b & 0x10 != 0 ? .kilogram : .pound
    case 1: .gram
    case 2: .tonne
    case 3: .ounce
    case 4: .troyOunce
    case 5: .pennyweight
    case 6: .shortTon
    default: nil
    }
  }

  /// Finds messages in what comes from the line.
  package struct Framer: Sendable {
    private let hasChecksum: Bool
    private var message: [UInt8] = []

    package init(hasChecksum: Bool) { self.hasChecksum = hasChecksum }

    /// The messages that `bytes` complete: from STX on as many bytes as a message has, with a CR in
    /// its place. An STX in the middle begins a new one.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
      var messages: [[UInt8]] = []
      for byte in bytes {
        // The checksum alone may be any character, also STX.
        if byte & 0x7F == 0x02, message.count != length - 1 {
          message = [byte]
        } else if !message.isEmpty {
          message.append(byte)
        }
        if message.count == length - 1, byte & 0x7F != 0x0D { message = [] }
        if message.count == (hasChecksum ? length : length - 1) {
          messages.append(message)
          message = []
        }
      }
      return messages
    }

    /// Forgets an unfinished message.
    package mutating func reset() { message = [] }
  }
}
