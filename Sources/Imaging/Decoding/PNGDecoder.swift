import CPNG

/// PNG as grey, through libpng's simplified interface (`png_image_*`).
enum PNGDecoder {
  /// Decodes a PNG whose size is already known and within limits.
  ///
  /// The simplified interface takes 16-bit values as linear light and passes them through when
  /// linear 16-bit values are asked for (premultiplied where there is alpha); 8-bit values pass
  /// through likewise. Grey is made here, not by libpng, which would weigh colours in linear light.
  static func decode(
    _ bytes: [UInt8], _ header: PictureHeader, name: String
  ) throws(ImagingError) -> GreyImage {
    let essential = try PNGChunks.essential(bytes, name: name)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    var pixels: [UInt8]?
    essential.withUnsafeBytes { raw in
      guard png_image_begin_read_from_memory(&image, raw.baseAddress, raw.count) != 0,
        Int(image.width) == header.width, Int(image.height) == header.height
      else { return }
      image.format &=
        UInt32(PNG_FORMAT_FLAG_LINEAR) | UInt32(PNG_FORMAT_FLAG_COLOR)
        | UInt32(PNG_FORMAT_FLAG_ALPHA)
      pixels =
        image.format & UInt32(PNG_FORMAT_FLAG_LINEAR) != 0
        ? sixteenBits(&image).map(Luma.eightBits) : eightBits(&image)
    }
    guard let pixels else {
      throw .damaged(name: name, format: .png, detail: PNGMessage.text(of: image))
    }
    return GreyImage(width: header.width, height: header.height, pixels: pixels)
  }

  private static func eightBits(_ image: inout png_image) -> [UInt8]? {
    guard let samples: [UInt8] = finish(&image) else { return nil }
    let count = Int(image.width) * Int(image.height)
    switch channels(image.format) {
    case 1: return samples
    case 2:
      return (0..<count).map {
        UInt8(
          truncatingIfNeeded: Luma.onBlack(
            UInt32(samples[2 * $0]), alpha: UInt32(samples[2 * $0 + 1])))
      }
    case 3:
      return (0..<count).map {
        UInt8(truncatingIfNeeded: grey(samples, 3 * $0))
      }
    default:
      return (0..<count).map {
        UInt8(
          truncatingIfNeeded: Luma.onBlack(
            grey(samples, 4 * $0), alpha: UInt32(samples[4 * $0 + 3])))
      }
    }
  }

  private static func sixteenBits(_ image: inout png_image) -> [UInt16]? {
    guard let samples: [UInt16] = finish(&image) else { return nil }
    let count = Int(image.width) * Int(image.height)
    let step = channels(image.format)
    if step == 1 { return samples }
    return (0..<count).map {
      step == 2 ? samples[2 * $0] : UInt16(truncatingIfNeeded: grey(samples, step * $0))
    }
  }

  @inline(__always)
  private static func grey<Sample: FixedWidthInteger>(_ samples: [Sample], _ at: Int) -> UInt32 {
    Luma.grey(
      UInt32(truncatingIfNeeded: samples[at]), UInt32(truncatingIfNeeded: samples[at + 1]),
      UInt32(truncatingIfNeeded: samples[at + 2]))
  }

  private static func channels(_ format: UInt32) -> Int {
    (format & UInt32(PNG_FORMAT_FLAG_COLOR) != 0 ? 3 : 1)
      + (format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0 ? 1 : 0)
  }

  /// All samples, row-major, channels interleaved (`png_image_finish_read`).
  private static func finish<Sample: FixedWidthInteger>(_ image: inout png_image) -> [Sample]? {
    let count = Int(image.width) * Int(image.height) * channels(image.format)
    var samples = [Sample](repeating: 0, count: count)
    let done = samples.withUnsafeMutableBytes {
      png_image_finish_read(&image, nil, $0.baseAddress, 0, nil)
    }
    return done != 0 ? samples : nil
  }
}
