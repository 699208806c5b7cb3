/// PGM and PPM, plain (P2, P3) and raw (P5, P6), 1 to 16 bits a sample (Netpbm's pgm(5), ppm(5)).
enum PortableAnyMap {
  private struct Header {
    let isColour: Bool
    let isPlain: Bool
    let width: Int
    let height: Int
    /// 1...65535.
    let maximum: Int
    /// Where the samples begin.
    let start: Int
  }

  /// Width and height, pixels.
  static func size(
    _ bytes: [UInt8], name: String
  ) throws(ImagingError) -> (width: Int, height: Int) {
    let header = try header(bytes, name)
    return (header.width, header.height)
  }

  /// Decodes a picture whose size is already known to be within limits.
  static func decode(_ bytes: [UInt8], name: String) throws(ImagingError) -> GreyImage {
    let header = try header(bytes, name)
    let pixels = header.width * header.height
    let count = pixels * (header.isColour ? 3 : 1)
    let samples =
      header.isPlain
      ? try plainSamples(bytes, header, count, name) : try rawSamples(bytes, header, count, name)
    let grey = header.isColour ? Self.grey(samples, count: pixels) : samples
    return GreyImage(
      width: header.width, height: header.height, pixels: eightBits(grey, header.maximum))
  }

  private static func grey(_ samples: [UInt16], count: Int) -> [UInt16] {
    (0..<count).map { index in
      let (red, green, blue) = (samples[3 * index], samples[3 * index + 1], samples[3 * index + 2])
      return UInt16(truncatingIfNeeded: Luma.grey(UInt32(red), UInt32(green), UInt32(blue)))
    }
  }

  private static func eightBits(_ grey: [UInt16], _ maximum: Int) -> [UInt8] {
    switch maximum {
    case 255: grey.map { UInt8(truncatingIfNeeded: $0) }
    case ..<255: grey.map { UInt8((Int($0) * 255 + maximum / 2) / maximum) }
    default: Luma.eightBits(grey)
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func header(_ bytes: [UInt8], _ name: String) throws(ImagingError) -> Header {
    var at = 2
    let width = try number(bytes, &at, name)
    let height = try number(bytes, &at, name)
    let maximum = try number(bytes, &at, name)
    guard (1...65535).contains(maximum) else {
      throw .damaged(
        name: name, format: .portableAnyMap, detail: "a largest value of \(maximum)")
    }
    let kind = bytes[1] - UInt8(ascii: "0")
    // Exactly one white-space byte stands between the header and raw samples.
    return Header(
      isColour: kind == 3 || kind == 6, isPlain: kind < 5, width: width, height: height,
      maximum: maximum, start: at + 1)
  }

  /// The next decimal number after white space and comments; `at` ends behind it.
  private static func number(
    _ bytes: [UInt8], _ at: inout Int, _ name: String
  ) throws(ImagingError) -> Int {
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "#") {
        while at < bytes.count, bytes[at] != 10, bytes[at] != 13 { at += 1 }
      } else if isSpace(bytes[at]) {
        at += 1
      } else {
        break
      }
    }
    guard at < bytes.count else { throw .truncated(name: name, format: .portableAnyMap) }
    var value = 0
    let first = at
    while at < bytes.count, (48...57).contains(bytes[at]) {
      value = value * 10 + Int(bytes[at] - 48)
      at += 1
      guard value < 1 << 40 else { break }
    }
    guard at > first, at == bytes.count || isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "#")
    else {
      throw .damaged(
        name: name, format: .portableAnyMap, detail: "a number was expected at byte \(at)")
    }
    return value
  }

  private static func plainSamples(
    _ bytes: [UInt8], _ header: Header, _ count: Int, _ name: String
  ) throws(ImagingError) -> [UInt16] {
    // A plain sample takes two bytes at least, so a short file is told before anything is allocated.
    guard header.start < bytes.count, count <= (bytes.count - header.start + 1) / 2 else {
      throw .truncated(name: name, format: .portableAnyMap)
    }
    var samples: [UInt16] = []
    samples.reserveCapacity(count)
    var at = header.start
    for _ in 0..<count {
      let value = try number(bytes, &at, name)
      guard value <= header.maximum else { throw tooLarge(value, header, name) }
      samples.append(UInt16(value))
    }
    return samples
  }

  private static func rawSamples(
    _ bytes: [UInt8], _ header: Header, _ count: Int, _ name: String
  ) throws(ImagingError) -> [UInt16] {
    let start = header.start
    let wide = header.maximum > 255
    guard start <= bytes.count, bytes.count - start >= count * (wide ? 2 : 1) else {
      throw .truncated(name: name, format: .portableAnyMap)
    }
    let samples = [UInt16](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count {
        buffer[index] =
          wide
          ? UInt16(bytes[start + 2 * index]) << 8 | UInt16(bytes[start + 2 * index + 1])
          : UInt16(bytes[start + index])
      }
      initialized = count
    }
    if let value = samples.max(), Int(value) > header.maximum {
      throw tooLarge(Int(value), header, name)
    }
    return samples
  }

  private static func tooLarge(_ value: Int, _ header: Header, _ name: String) -> ImagingError {
    .damaged(
      name: name, format: .portableAnyMap,
      detail: "a value of \(value) where the largest is \(header.maximum)")
  }
}
