/// The marker segments of a JPEG (ITU-T T.81, annex B), read far enough to know its size and its
/// kind before libjpeg is asked to allocate anything.
enum JPEGMarkers {
  /// Progressive pictures come in 10 or so scans; each scan costs a pass over all blocks, so a
  /// small file with thousands of scans would be hours of work.
  static let maximumScans = 200

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
      if marker == 0xC2 { try checkScans(bytes, name: name) }
      let height = Int(bytes[at + 3]) << 8 | Int(bytes[at + 4])
      let width = Int(bytes[at + 5]) << 8 | Int(bytes[at + 6])
      return (width, height)
    }
  }

  /// Counts start-of-scan markers. In coded data 0xFF is always stuffed with a zero, so these bytes
  /// are a marker wherever they stand, or lie inside a segment, which only counts too many.
  private static func checkScans(_ bytes: [UInt8], name: String) throws(ImagingError) {
    var scans = 0
    for index in bytes.indices.dropLast() where bytes[index] == 0xFF && bytes[index + 1] == 0xDA {
      scans += 1
    }
    guard scans <= maximumScans else {
      throw .unsupported(
        name: name, format: .jpeg,
        detail: "\(scans) progressive scans, more than \(maximumScans)")
    }
  }
}
