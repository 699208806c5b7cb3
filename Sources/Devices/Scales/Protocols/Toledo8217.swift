/// The Toledo 8217 protocol of checkout scales: single-character commands, answers from STX to CR,
/// 9600 baud, 7 bits, even parity.
package enum Toledo8217 {
  /// The line ends with its CR; commands are a single character.
  package enum Command: UInt8, CaseIterable, Sendable {
    case weight = 0x57  // W
    /// With one more digit.
    case fineWeight = 0x48  // H
    case zero = 0x5A  // Z
    case echoOn = 0x45  // E
    case echoOff = 0x46  // F

    package var bytes: [UInt8] { [rawValue] }
  }

  /// What an answer says.
  package enum Response: Equatable, Sendable {
    /// A weight in the unit the scale is set to, which the protocol does not say.
    case weight(value: Double, isNet: Bool)
    /// In place of a weight while there is none to give, and after zeroing.
    case status(ScaleStatus)
  }

  /// What stands between STX and CR; nil for anything that is no answer.
  package static func response(_ content: [UInt8]) -> Response? {
    if content.first == UInt8(ascii: "?") {
      return content.count == 2 ? status(content[1]).map(Response.status) : nil
    }
    var digits = content.drop { $0 == 0x20 }
    let isNet = digits.last == UInt8(ascii: "N")
    if isNet { digits = digits.dropLast() }
    // No sign: below zero the scale answers with its status.
    guard let first = digits.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+"),
      digits.count <= 8, let value = DecimalNumber.value(digits)
    else { return nil }
    return .weight(value: value, isNet: isNet)
  }

  /// The status byte without its parity; bit 6 is always set.
  static func status(_ byte: UInt8) -> ScaleStatus? {
    guard byte & 0x40 != 0 else { return nil }
    func bit(_ number: UInt8) -> Bool { byte >> number & 1 != 0 }
    var status: ScaleStatus = bit(0) ? .motion : .stable
    if bit(1) { status.insert(.over) }
    if bit(2) { status.insert(.under) }
    if bit(3) { status.insert(.needsZero) }
    if bit(4) { status.insert(.zero) }
    if bit(5) { status.insert(.net) }
    return status
  }

  /// Finds answers in what comes from the line.
  package struct Framer: Sendable {
    /// No answer is longer, bytes between STX and CR.
    package static let limit = 16

    private var content: [UInt8]?

    package init() {}

    /// What `bytes` complete. Junk before an STX is dropped; an STX inside an answer begins a new
    /// one; a byte with wrong parity spoils the answer it stands in.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
      var answers: [[UInt8]] = []
      for raw in bytes {
        // A line opened with eight bits shows the parity bit. It is right when the count of ones is
        // even; on a line with seven bits the driver has checked it and taken it off.
        guard raw < 0x80 || raw.nonzeroBitCount.isMultiple(of: 2) else {
          content = nil
          continue
        }
        let byte = raw & 0x7F
        switch byte {
        case 0x02: content = []
        case 0x0D:
          if let content, !content.isEmpty { answers.append(content) }
          content = nil
        default:
          guard let length = content?.count else { break }
          if length < Self.limit { content?.append(byte) } else { content = nil }
        }
      }
      return answers
    }

    /// Forgets an unfinished answer.
    package mutating func reset() { content = nil }
  }
}
