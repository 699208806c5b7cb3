import Devices

/// A parser of what comes from devices or in bundles, with inputs to begin from and what must hold for any input.
package struct ParserUnderTest: Sendable {
  package let name: String
  /// Well-formed inputs; others are made from them.
  package let corpus: [[UInt8]]
  /// Parses an input; nil when all is well, else what is wrong.
  package let check: @Sendable ([UInt8]) -> String?
}

extension ParserUnderTest {
  package static let all: [ParserUnderTest] =
    [
      hidReport, hidDescriptor, mtSICS, toledo8217, toledoContinuous, iioElementType, iioScan,
    ] + bundles

  private static func bytes(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  /// A value that is not finite would poison everything that is computed from it.
  private static func problem(_ indication: ScaleIndication) -> String? {
    if let value = indication.value {
      guard value.isFinite else { return "a value of \(value)" }
      guard indication.status.isTrusted else { return "a value with status \(indication.status)" }
    }
    return nil
  }

  static let hidReport = ParserUnderTest(
    name: "hid-report",
    corpus: [
      [0x03, 0x04, 0x02, 0xFF, 0xD2, 0x04], [0x03, 0x05, 0x0B, 0xFF, 0x0A, 0x00],
      [0x03, 0x02, 0x0C, 0xFE, 0x00, 0x00], [0x04, 0x06, 0x01, 0x7F, 0xFF, 0xFF],
    ]
  ) { input in HIDScaleReport.indication(input).flatMap(problem) }

  static let hidDescriptor = ParserUnderTest(
    name: "hid-descriptor",
    corpus: [
      [
        0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01, 0x85, 0x03, 0x09, 0x32, 0xA1, 0x02, 0x09, 0x70, 0x81,
        0x00, 0xC0, 0xC0,
      ],
      [0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xA4, 0x27, 0xFF, 0xFF, 0, 0, 0xB4, 0xC0],
      [0xFE, 0x02, 0x77, 0x01, 0x02, 0x0B, 0x20, 0x00, 0x8D, 0x00, 0xA1, 0x01, 0xC0],
    ]
  ) { input in
    let found = HIDDescriptor(input).applications.count
    return found <= input.count / 2 ? nil : "\(found) collections in \(input.count) bytes"
  }

  static let mtSICS = ParserUnderTest(
    name: "mt-sics",
    corpus: bytes(
      "S S     100.00 g\r\n", "S D      -0.05 kg\r\nS I\r\n", "Z A\r\nZI S\r\n", "T S 20.5 lb\r\n",
      "I4 A \"B021002593\"\r\n", "ES\r\nET\r\nEL\r\n", "S +\r\nS -\r\n")
  ) { input in
    var framer = LineFramer()
    for line in framer.feed(input) {
      guard line.count <= LineFramer.limit else { return "a line of \(line.count) bytes" }
      if case .indication(let indication) = MTSICS.response(line),
        let problem = problem(indication)
      {
        return problem
      }
    }
    // Whatever came before, the line after the next end is read.
    let after = framer.feed(Array("\r\nS S 1.5 kg\r\n".utf8)).last.flatMap(MTSICS.response)
    return after
      == .indication(ScaleIndication(value: 1.5, unit: .kilogram, status: .stable))
      ? nil : "lost the line after the input"
  }

  static let toledo8217 = ParserUnderTest(
    name: "toledo-8217",
    corpus: bytes("\u{2}00.000\r", "\u{2}12.345N\r", "\u{2}?A\r\u{2}?P\r", "\u{2}E\rhello")
  ) { input in
    var framer = Toledo8217.Framer()
    for content in framer.feed(input) {
      guard content.count <= Toledo8217.Framer.limit else { return "\(content.count) bytes" }
      if case .weight(let value, _) = Toledo8217.response(content), !value.isFinite || value < 0 {
        return "a weight of \(value)"
      }
    }
    let after = framer.feed([0x02, 0x31, 0x2E, 0x35, 0x0D]).last.flatMap(Toledo8217.response)
    return after == .weight(value: 1.5, isNet: false) ? nil : "lost the answer after the input"
  }

  static let toledoContinuous = ParserUnderTest(
    name: "toledo-continuous",
    corpus: [
      [0x02, 0x2C, 0x30, 0x20] + Array("001234000000\r".utf8) + [0x2D],
      [0x02, 0x2D, 0x22, 0x21] + Array(" 01234000000\r".utf8) + [0x11],
    ]
  ) { input in
    for hasChecksum in [false, true] {
      var framer = ToledoContinuous.Framer(hasChecksum: hasChecksum)
      for message in framer.feed(input) {
        guard message.count <= ToledoContinuous.length else { return "\(message.count) bytes" }
        if let found = ToledoContinuous.indication(message).flatMap(problem) { return found }
      }
    }
    return ToledoContinuous.indication(input).flatMap(problem)
  }

  static let iioElementType = ParserUnderTest(
    name: "iio-type",
    corpus: bytes("be:u24/32>>8", "le:s64/64>>0", "le:u24/32", "be:s12/16X4>>4")
  ) { input in
    guard let type = IIOElementType(String(decoding: input, as: UTF8.self)) else { return nil }
    let filled = type.value([UInt8](repeating: 0xFF, count: type.storageBytes))
    let all: Int64 = type.isSigned || type.bits == 64 ? -1 : (1 << type.bits) - 1
    return filled == all ? nil : "all bits set read \(filled)"
  }

  /// The first bytes choose the layout, the rest is the buffer.
  static let iioScan = ParserUnderTest(
    name: "iio-scan",
    corpus: [[0, 1, 2, 3, 0, 0, 1, 0, 0, 0, 2, 0, 9, 9], Array(0..<64)]
  ) { input in
    let texts = ["be:u24/32>>8", "le:s64/64", "le:u24/32", "be:s12/16X3>>4", "le:u8/8"]
    let elements = input.prefix(4).enumerated().compactMap { index, byte in
      IIOElementType(texts[Int(byte) % texts.count]).map {
        IIOScanLayout.Element(name: "\(index)", index: Int(byte), type: $0)
      }
    }
    let layout = IIOScanLayout(elements)
    let (scans, used) = layout.scans(input)
    guard used <= input.count, input.count - used < max(1, layout.scanBytes) else {
      return "used \(used) of \(input.count) bytes"
    }
    return scans.allSatisfy { $0.count == elements.count } ? nil : "scans of another length"
  }
}
