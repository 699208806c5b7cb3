import Files

/// Pictures as sensors and camera drivers send them, without a header: what they are is told beside
/// them.
package struct RawPictureLayout: Equatable, Sendable {
  package let format: RawPictureFormat
  /// Pixels.
  package let width: Int
  package let height: Int
  /// From one row to the next; at least what a row's pixels take.
  package let bytesPerRow: Int

  /// Nil for a size that makes no picture, or one beyond `limit` pixels. `bytesPerRow` of 0 stands
  /// for rows without padding.
  package init?(
    _ format: RawPictureFormat, width: Int, height: Int, bytesPerRow: Int,
    limit: Int = PictureLimits().pixels
  ) {
    guard (1...65536).contains(width), (1...65536).contains(height), width * height <= limit else {
      return nil
    }
    let least = width * format.bytesPerPixel
    let step = bytesPerRow == 0 ? least : bytesPerRow
    guard step >= least, step <= 4 * least + 4096 else { return nil }
    self.format = format
    self.width = width
    self.height = height
    self.bytesPerRow = step
  }

  /// Bytes up to the end of the plane that is used, which comes first in planar formats.
  package var usedBytes: Int { (height - 1) * bytesPerRow + width * format.bytesPerPixel }
}

/// How the pixels of such a picture stand in memory, by the four-character code of V4L2.
package enum RawPictureFormat: String, CaseIterable, Sendable {
  case yuyv = "YUYV"
  case uyvy = "UYVY"
  case grey = "GREY"
  /// 10, 12 and 16 bits in two bytes, the lower first.
  case y10 = "Y10"
  case y12 = "Y12"
  case y16 = "Y16"
  /// A plane of brightness, then one or two of colour.
  case nv12 = "NV12"
  case nv21 = "NV21"
  case yu12 = "YU12"
  case yv12 = "YV12"
  /// 8-bit Bayer mosaics, by their first two rows.
  case rggb = "RGGB"
  case grbg = "GRBG"
  case gbrg = "GBRG"
  case bggr = "BA81"

  var bytesPerPixel: Int {
    switch self {
    case .yuyv, .uyvy, .y10, .y12, .y16: 2
    default: 1
    }
  }
}

/// Raw pictures as grey, for looking and detecting.
///
/// - Formats with a brightness give it as it is.
/// - 10 to 16 bits lose the smallest number of low bits such that the largest value fits 8 bits, as
///   in `PictureDecoder`.
/// - A Bayer mosaic is smoothed by (1, 2, 1) in both directions, which gives (R + 2 G + B) / 4 at
///   every pixel whatever its own colour, and moves nothing. At the edges the mosaic is mirrored.
package enum RawPictureDecoder {
  /// The picture in a file.
  package static func decode(
    file path: String, _ layout: RawPictureLayout
  ) throws(ImagingError) -> GreyImage {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: PictureLimits().fileBytes)
    } catch {
      throw .unreadable(error)
    }
    guard let image = decode(bytes, layout) else { throw .rawCutShort(name: path) }
    return image
  }

  /// The picture in `bytes`; nil where there are too few of them.
  package static func decode(_ bytes: [UInt8], _ layout: RawPictureLayout) -> GreyImage? {
    guard bytes.count >= layout.usedBytes else { return nil }
    let pixels: [UInt8] =
      switch layout.format {
      case .yuyv: every(2, from: 0, bytes, layout)
      case .uyvy: every(2, from: 1, bytes, layout)
      case .grey, .nv12, .nv21, .yu12, .yv12: every(1, from: 0, bytes, layout)
      case .y10, .y12, .y16: words(bytes, layout)
      case .rggb, .grbg, .gbrg, .bggr: smoothed(every(1, from: 0, bytes, layout), layout)
      }
    return GreyImage(width: layout.width, height: layout.height, pixels: pixels)
  }

  /// Every `step`th byte of the rows, from their `first` on.
  private static func every(
    _ step: Int, from first: Int, _ bytes: [UInt8], _ layout: RawPictureLayout
  ) -> [UInt8] {
    let (width, height) = (layout.width, layout.height)
    return [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
      bytes.withUnsafeBufferPointer { source in
        for y in 0..<height {
          let row = y &* layout.bytesPerRow &+ first
          let out = y &* width
          for x in 0..<width { target[out &+ x] = source[row &+ step &* x] }
        }
      }
      count = width * height
    }
  }

  private static func words(_ bytes: [UInt8], _ layout: RawPictureLayout) -> [UInt8] {
    let (width, height) = (layout.width, layout.height)
    let values = [UInt16](unsafeUninitializedCapacity: width * height) { target, count in
      bytes.withUnsafeBufferPointer { source in
        for y in 0..<height {
          let row = y &* layout.bytesPerRow
          let out = y &* width
          for x in 0..<width {
            let at = row &+ 2 &* x
            target[out &+ x] = UInt16(source[at]) | UInt16(source[at &+ 1]) << 8
          }
        }
      }
      count = width * height
    }
    return Luma.eightBits(values)
  }

  /// (1, 2, 1) / 4 along rows and columns, rounded once at the end. Mirrored about the first and
  /// last pixel, neighbours beyond an edge have the colours that they would have.
  private static func smoothed(_ mosaic: [UInt8], _ layout: RawPictureLayout) -> [UInt8] {
    let (width, height) = (layout.width, layout.height)
    guard width > 1, height > 1 else { return mosaic }
    return [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
      mosaic.withUnsafeBufferPointer { source in
        var sums = [UInt16](repeating: 0, count: width + 2)
        sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<height {
            let above = (y == 0 ? 1 : y &- 1) &* width
            let here = y &* width
            let below = (y == height &- 1 ? y &- 1 : y &+ 1) &* width
            for x in 0..<width {
              sums[x &+ 1] =
                UInt16(source[above &+ x]) &+ 2 &* UInt16(source[here &+ x])
                &+ UInt16(source[below &+ x])
            }
            sums[0] = sums[2]
            sums[width &+ 1] = sums[width &- 1]
            for x in 0..<width {
              let sum = sums[x] &+ 2 &* sums[x &+ 1] &+ sums[x &+ 2]
              target[here &+ x] = UInt8(truncatingIfNeeded: (sum &+ 8) >> 4)
            }
          }
        }
      }
      count = width * height
    }
  }
}
