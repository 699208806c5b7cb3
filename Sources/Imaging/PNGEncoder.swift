import CPNG

/// Pictures as 8-bit PNG, through libpng's simplified interface (`png_image_write_to_memory`).
package enum PNGEncoder {
  /// A grey PNG whose stored values are the picture's.
  package static func encode(_ image: GreyImage) throws(ImagingError) -> [UInt8] {
    try encode(image.pixels, image.width, image.height, format: 0)
  }

  /// An RGB PNG.
  package static func encode(_ image: ColorImage) throws(ImagingError) -> [UInt8] {
    try encode(image.samples, image.width, image.height, format: UInt32(PNG_FORMAT_FLAG_COLOR))
  }

  private static func encode(
    _ samples: [UInt8], _ width: Int, _ height: Int, format: UInt32
  ) throws(ImagingError) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = format
    // Quick: no row filters, light compression.
    image.flags = UInt32(PNG_IMAGE_FLAG_FAST)
    defer { png_image_free(&image) }
    // Room for stored (uncompressed) rows, zlib's block headers and the chunks around them.
    var size = samples.count + samples.count / 64 + height + 4096
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      failed = png_image_write_to_memory(&image, buffer.baseAddress, &size, 0, samples, 0, nil) == 0
      count = failed ? 0 : size
    }
    if failed { throw .encodingFailed(detail: PNGMessage.text(of: image)) }
    return bytes
  }
}
