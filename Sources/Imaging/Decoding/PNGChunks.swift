/// The chunks of a PNG file (PNG specification, third edition, section 5).
enum PNGChunks {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Width and height from the header chunk, pixels.
  static func size(
    _ bytes: [UInt8], name: String
  ) throws(ImagingError) -> (width: Int, height: Int) {
    guard bytes.count >= 33 else { throw .truncated(name: name, format: .png) }
    guard bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw .damaged(name: name, format: .png, detail: "the header chunk is not first")
    }
    return (number(bytes, 16), number(bytes, 20))
  }

  /// The file with only the chunks that make pixels: header, palette, transparency, data, end.
  ///
  /// libpng's simplified interface would convert by gamma and colour profile when the file carries
  /// one; without those chunks stored values come out as stored. It also keeps hostile compressed
  /// text and profiles away from the library.
  static func essential(_ bytes: [UInt8], name: String) throws(ImagingError) -> [UInt8] {
    var kept = signature
    kept.reserveCapacity(bytes.count)
    var at = signature.count
    while at + 12 <= bytes.count {
      let end = at + 12 + number(bytes, at)
      guard end <= bytes.count else { throw .truncated(name: name, format: .png) }
      let kind = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
      if ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].contains(kind) { kept += bytes[at..<end] }
      if kind == "IEND" { return kept }
      at = end
    }
    throw .truncated(name: name, format: .png)
  }

  private static func number(_ bytes: [UInt8], _ at: Int) -> Int {
    Int(bytes[at]) << 24 | Int(bytes[at + 1]) << 16 | Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
  }
}
