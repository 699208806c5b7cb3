import CTurboJPEG

/// Grey pictures as JPEG, through TurboJPEG (`tjCompress2`).
package enum JPEGEncoder {
  /// A grey JPEG; `quality` is libjpeg's, 1 to 100.
  package static func encode(_ image: GreyImage, quality: Int) throws(ImagingError) -> [UInt8] {
    precondition((1...100).contains(quality))
    guard let handle = tjInitCompress() else {
      throw .encodingFailed(detail: "libturbojpeg did not start")
    }
    defer { tjDestroy(handle) }
    var size = tjBufSize(
      Int32(image.width), Int32(image.height), Int32(bitPattern: TJSAMP_GRAY.rawValue))
    var outcome: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      var start = buffer.baseAddress
      outcome = tjCompress2(
        handle, image.pixels, Int32(image.width), 0, Int32(image.height), TJPF_GRAY.rawValue,
        &start, &size, Int32(bitPattern: TJSAMP_GRAY.rawValue), Int32(quality), TJFLAG_NOREALLOC)
      count = outcome == 0 ? Int(size) : 0
    }
    guard outcome == 0 else {
      throw .encodingFailed(
        detail: tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error")
    }
    return bytes
  }
}
