/// A pixel format that a camera can send, with its sizes.
package struct CameraFormat: Equatable, Sendable {
  /// A size, with the rates a camera can send it at.
  package struct Size: Equatable, Sendable {
    /// Pixels.
    package let width: Int
    package let height: Int
    /// Pictures a second, the fastest first; empty where the camera does not say.
    package let rates: [Double]
  }

  package let pixelFormat: PixelFormat
  package let sizes: [Size]
}

/// A pixel format by its four-character code, as V4L2 writes it: `MJPG`, `YUYV`, `GREY`.
package struct PixelFormat: Hashable, Sendable {
  /// Four bytes, the first in the lowest.
  package let code: UInt32

  package init(code: UInt32) { self.code = code }

  /// Up to four characters; shorter ones are filled with spaces, as in `Y10 `.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (1...4).contains(bytes.count), bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return nil
    }
    var code: UInt32 = 0
    for index in (0..<4).reversed() {
      code = code << 8 | UInt32(index < bytes.count ? bytes[index] : 0x20)
    }
    self.code = code
  }
}

extension PixelFormat {
  /// Whether its pictures differ in size: MJPG, JPEG, H.264, H.265.
  package var isCompressed: Bool {
    ["MJPG", "JPEG", "H264", "HEVC"].contains(description)
  }
}

extension PixelFormat: CustomStringConvertible {
  /// The four characters without spaces at the end; where they are none, the code as a number.
  package var description: String {
    // The highest bit marks big-endian formats and stands outside the character.
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: code >> (8 * $0)) & 0x7F }
    guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return "0x" + String(code, radix: 16, uppercase: true)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return String(text.reversed().drop { $0 == " " }.reversed()) + (code >> 31 == 1 ? "-BE" : "")
  }
}
