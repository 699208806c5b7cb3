/// The marker segments of a JPEG (ITU-T T.81, annex B), read far enough to know its size and its
/// kind before libjpeg is asked to allocate anything.
enum JPEGMarkers {
  /// Each scan costs a pass over all blocks, however little data it has: without a bound a small
  /// file could be minutes of work. Progressive pictures come in about 10 scans; here 200 are
  /// allowed, and fewer, but 20, for pictures of more than 10 million pixels.
  static func maximumScans(pixels: Int) -> Int { min(200, max(20, 2_000_000_000 / pixels)) }

  /// Width and height from the first frame header, pixels.
  static func size(
    _ bytes: [UInt8], name: String
  ) throws(ImagingError) -> (width: Int, height: Int) {
    var at = 2
    while true {
      // Markers may be preceded by any number of fill bytes 0xFF.
      while at < bytes.count, bytes[at] != 0xFF { at += 1 }
      while at < bytes.count, bytes[at] == 0xFF { at += 1 }
      guard at + 2 < bytes.count else { throw .truncated(name: name, format: .jpeg) }
      let marker = bytes[at]
      at += 1
      switch marker {
      case 0x00, 0x01, 0xD0...0xD8: continue
      case 0xD9, 0xDA:
        throw .damaged(name: name, format: .jpeg, detail: "no frame header before the data")
      default: break
      }
      let length = Int(bytes[at]) << 8 | Int(bytes[at + 1])
      let isFrameHeader =
        (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
      guard isFrameHeader else {
        at += length
        continue
      }
      guard at + 8 <= bytes.count else { throw .truncated(name: name, format: .jpeg) }
      guard bytes[at + 7] != 4 else { throw .cmyk(name: name) }
      let height = Int(bytes[at + 3]) << 8 | Int(bytes[at + 4])
      let width = Int(bytes[at + 5]) << 8 | Int(bytes[at + 6])
      try checkScans(bytes, pixels: width * height, name: name)
      return (width, height)
    }
  }

  /// Counts start-of-scan markers. In coded data 0xFF is always stuffed with a zero, so these bytes
  /// are a marker wherever they stand, or lie inside a segment, which only counts too many.
  private static func checkScans(
    _ bytes: [UInt8], pixels: Int, name: String
  ) throws(ImagingError) {
    var scans = 0
    bytes.withUnsafeBufferPointer { buffer in
      for index in 1..<buffer.count where buffer[index] == 0xDA && buffer[index - 1] == 0xFF {
        scans += 1
      }
    }
    let limit = maximumScans(pixels: max(pixels, 1))
    guard scans <= limit else {
      throw .unsupported(name: name, format: .jpeg, detail: "\(scans) scans, more than \(limit)")
    }
  }
}
