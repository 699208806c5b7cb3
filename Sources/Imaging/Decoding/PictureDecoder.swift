import Files

/// Bounds on what a picture file may ask of this program.
package struct PictureLimits: Equatable, Sendable {
  /// Width times height, checked from the header before anything is allocated for the pixels.
  /// Decoding takes up to 9 bytes a pixel for a moment (16-bit PNG with colour and alpha).
  package var pixels = 100_000_000
  /// Size of the file, bytes.
  package var fileBytes = 512 << 20

  package init() {}
}

/// What a picture file says of itself, before its pixels are decoded.
package struct PictureHeader: Equatable, Sendable {
  package let format: PictureFormat
  /// Pixels, as stored: orientation tags (EXIF) are not followed.
  package let width: Int
  package let height: Int
}

/// A decoded picture and what was remarkable about its file.
package struct DecodedPicture: Sendable {
  package let image: GreyImage
  package let header: PictureHeader
  /// Set when the file name promises another format than the content has; the content was read.
  package let promisedFormat: PictureFormat?
}

/// Reads JPEG, PNG, PGM and PPM as 8-bit grey.
///
/// - Colour becomes grey by Rec. 601 luma on the stored values,
///   Y = 0.299 R + 0.587 G + 0.114 B rounded, as JPEG defines it; from a JPEG its Y plane is taken.
/// - 16-bit pictures lose the smallest number of low bits such that the largest value fits 8 bits:
///   a 10-bit or 12-bit camera in 16-bit files keeps its contrast. The shift may differ from
///   picture to picture; nothing here compares brightness across pictures.
/// - PGM and PPM below 8 bits (maximum under 255) are stretched to 0...255.
/// - Transparency is composited onto black.
/// - Colour profiles, gamma and EXIF orientation are not applied: pixels are as the sensor's
///   software stored them.
package enum PictureDecoder {
  /// The picture in a file.
  package static func decode(
    file path: String, limits: PictureLimits = PictureLimits()
  ) throws(ImagingError) -> DecodedPicture {
    let picture = try decode(try read(path, limits), name: path, limits: limits)
    let promised = PictureFormat(extensionOf: path)
    return DecodedPicture(
      image: picture.image, header: picture.header,
      promisedFormat: promised == picture.header.format ? nil : promised)
  }

  /// The picture in `bytes`; `name` stands in error messages.
  package static func decode(
    _ bytes: [UInt8], name: String, limits: PictureLimits = PictureLimits()
  ) throws(ImagingError) -> DecodedPicture {
    let header = try header(of: bytes, name: name, limits: limits)
    let image =
      switch header.format {
      case .jpeg: try JPEGDecoder.decode(bytes, header, name: name)
      case .png: try PNGDecoder.decode(bytes, header, name: name)
      case .portableAnyMap: try PortableAnyMap.decode(bytes, name: name)
      }
    return DecodedPicture(image: image, header: header, promisedFormat: nil)
  }

  /// Format and size of the picture in a file; the pixels are not decoded.
  package static func header(
    file path: String, limits: PictureLimits = PictureLimits()
  ) throws(ImagingError) -> PictureHeader {
    try header(of: try read(path, limits), name: path, limits: limits)
  }

  /// Format and size of the picture in `bytes`, within the limit on pixels.
  package static func header(
    of bytes: [UInt8], name: String, limits: PictureLimits = PictureLimits()
  ) throws(ImagingError) -> PictureHeader {
    guard !bytes.isEmpty else { throw .empty(name: name) }
    guard let format = PictureFormat(signatureOf: bytes) else {
      throw .unknownFormat(name: name, kind: PictureFormat.foreignKind(of: bytes))
    }
    let (width, height) =
      switch format {
      case .jpeg: try JPEGMarkers.size(bytes, name: name)
      case .png: try PNGChunks.size(bytes, name: name)
      case .portableAnyMap: try PortableAnyMap.size(bytes, name: name)
      }
    guard width > 0, height > 0 else {
      throw .damaged(name: name, format: format, detail: "it says \(width) x \(height) pixels")
    }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= limits.pixels else {
      throw .tooManyPixels(name: name, width: width, height: height, limit: limits.pixels)
    }
    return PictureHeader(format: format, width: width, height: height)
  }

  private static func read(
    _ path: String, _ limits: PictureLimits
  ) throws(ImagingError) -> [UInt8] {
    do throws(FileError) {
      return try Files.read(path, limit: limits.fileBytes)
    } catch {
      throw .unreadable(error)
    }
  }
}
