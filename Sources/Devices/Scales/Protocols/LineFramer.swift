/// Cuts what comes from a serial line into lines, whatever stands between them.
package struct LineFramer: Sendable {
  /// No line of a scale is longer, bytes.
  package static let limit = 256

  private var line: [UInt8] = []
  /// Nothing is kept until the next end of a line: this one is too long.
  private var isSkipping = false

  package init() {}

  /// The lines that `bytes` complete, without their ends (CR, LF or both). Empty lines and lines that
  /// are too long are dropped.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in bytes {
      if byte == 0x0D || byte == 0x0A {
        if !isSkipping, !line.isEmpty { lines.append(line) }
        reset()
      } else if line.count < Self.limit {
        line.append(byte)
      } else {
        isSkipping = true
      }
    }
    return lines
  }

  /// Forgets an unfinished line: after a time-out the rest of it will not come.
  package mutating func reset() {
    line.removeAll(keepingCapacity: true)
    isSkipping = false
  }
}
