import CTurboJPEG

/// The Y plane of a JPEG, through TurboJPEG (`tjDecompress2`, TJPF_GRAY: chroma is never decoded).
enum JPEGDecoder {
  /// Decodes a JPEG whose size is already known and within limits.
  ///
  /// libjpeg fills what is missing with grey and only warns; here a warning is an error, with one
  /// exception: spare bytes before the end marker, which many cameras write, when the whole
  /// picture is already decoded.
  static func decode(
    _ bytes: [UInt8], _ header: PictureHeader, name: String
  ) throws(ImagingError) -> GreyImage {
    guard let handle = tjInitDecompress() else {
      throw .damaged(name: name, format: .jpeg, detail: "libturbojpeg did not start")
    }
    defer { tjDestroy(handle) }

    // Never decode into a picture of another size than libjpeg's own reading of the header: this
    // returns an error for rare chroma layouts that decode well, so only the size counts.
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    _ = tjDecompressHeader3(
      handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colours)
    guard width == header.width, height == header.height else {
      throw .damaged(name: name, format: .jpeg, detail: message(handle))
    }

    var outcome: Int32 = 0
    let pixels = [UInt8](unsafeUninitializedCapacity: header.width * header.height) {
      buffer, count in
      buffer.initialize(repeating: 0)
      outcome = tjDecompress2(
        handle, bytes, UInt(bytes.count), buffer.baseAddress, width, width, height,
        TJPF_GRAY.rawValue, TJFLAG_LIMITSCANS)
      count = buffer.count
    }
    if outcome != 0 {
      // After a warning TurboJPEG keeps the first one's words, and decodes on.
      let detail = message(handle)
      if isTruncation(detail) { throw .truncated(name: name, format: .jpeg) }
      let isWarning = tjGetErrorCode(handle) == TJERR_WARNING.rawValue
      guard isWarning, detail.contains("extraneous bytes before marker 0xd9") else {
        throw .damaged(name: name, format: .jpeg, detail: detail)
      }
    }
    return GreyImage(width: header.width, height: header.height, pixels: pixels)
  }

  private static func message(_ handle: tjhandle) -> String {
    tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error"
  }

  private static func isTruncation(_ detail: String) -> Bool {
    detail.contains("Premature end of JPEG file") || detail.contains("Premature end of input file")
  }
}
