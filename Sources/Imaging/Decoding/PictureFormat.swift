/// The picture formats that are read. The content decides, never the file's extension.
package enum PictureFormat: String, Sendable {
  case jpeg = "JPEG"
  case png = "PNG"
  case portableAnyMap = "PGM/PPM"

  /// The format whose signature the bytes begin with.
  package init?(signatureOf bytes: borrowing [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: PNGChunks.signature) {
      self = .png
    } else if bytes.count >= 3, bytes[0] == UInt8(ascii: "P"),
      [2, 3, 5, 6].contains(Int(bytes[1]) - 48),
      PortableAnyMap.isSpace(bytes[2]) || bytes[2] == UInt8(ascii: "#")
    {
      self = .portableAnyMap
    } else {
      return nil
    }
  }

  /// The usual file name extensions, lower case. A file with one of them is meant as a picture.
  package var extensions: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe"]
    case .png: ["png"]
    case .portableAnyMap: ["pgm", "ppm", "pnm"]
    }
  }

  /// The format a file name's extension promises, nil for other extensions.
  package init?(extensionOf name: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    let found = name[name.index(after: dot)...].lowercased()
    for format in [PictureFormat.jpeg, .png, .portableAnyMap]
    where format.extensions.contains(found) {
      self = format
      return
    }
    return nil
  }

  /// In words, what some other well-known file begins like.
  static func foreignKind(of bytes: borrowing [UInt8]) -> String? {
    func at(_ offset: Int, _ text: String) -> Bool {
      bytes.count >= offset + text.utf8.count
        && bytes[offset..<offset + text.utf8.count].elementsEqual(text.utf8)
    }
    if at(0, "BM") { return "a BMP picture" }
    if at(0, "GIF8") { return "a GIF picture" }
    if at(0, "II*\0") || at(0, "MM\0*") { return "a TIFF or camera raw picture" }
    if at(0, "RIFF"), at(8, "WEBP") { return "a WebP picture" }
    if at(4, "ftyphei") || at(4, "ftypmif1") { return "a HEIF picture" }
    if at(4, "ftypavif") { return "an AVIF picture" }
    if at(4, "ftyp") || at(0, "\u{1A}") { return "a video" }
    if at(0, "P1") || at(0, "P4") { return "a two-level bitmap (PBM)" }
    if at(0, "P7\n") { return "a PAM picture" }
    return nil
  }
}
