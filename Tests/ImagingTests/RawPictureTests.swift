import Testing

@testable import Imaging

/// A layout that the test knows to be one.
private func layout(
  _ format: RawPictureFormat, _ width: Int, _ height: Int, bytesPerRow: Int = 0
) throws -> RawPictureLayout {
  try #require(RawPictureLayout(format, width: width, height: height, bytesPerRow: bytesPerRow))
}

@Test func brightnessIsTakenAsItIs() throws {
  let expected: [UInt8] = [1, 2, 3, 4, 5, 6]
  let bytes: [(RawPictureFormat, [UInt8])] = [
    (.yuyv, expected.flatMap { [$0, 99] }), (.uyvy, expected.flatMap { [99, $0] }),
    (.grey, expected), (.nv12, expected + [9, 9, 9, 9]), (.nv21, expected), (.yu12, expected),
  ]
  for (format, bytes) in bytes {
    let image = RawPictureDecoder.decode(bytes, try layout(format, 2, 3))
    #expect(image?.pixels == expected, "\(format)")
  }
}

@Test func rowsMayBePadded() throws {
  let bytes: [UInt8] = [1, 2, 77, 77, 3, 4]
  let image = RawPictureDecoder.decode(bytes, try layout(.grey, 2, 2, bytesPerRow: 4))
  #expect(image == GreyImage(width: 2, height: 2, pixels: [1, 2, 3, 4]))
}

@Test func wideValuesKeepTheirHighestBits() throws {
  // 10 bits: 1023 becomes 255.
  let bytes: [UInt8] = [0xFF, 0x03, 0x00, 0x02, 0x04, 0x00]
  let image = RawPictureDecoder.decode(bytes, try layout(.y10, 3, 1))
  #expect(image?.pixels == [255, 128, 1])
}

/// A surface of one colour gives one grey, whichever of the four mosaics it is seen through.
@Test(arguments: [RawPictureFormat.rggb, .grbg, .gbrg, .bggr])
func aMosaicOfOneColourIsOneGrey(_ format: RawPictureFormat) throws {
  let (red, green, blue): (UInt8, UInt8, UInt8) = (200, 100, 40)
  let cells: [[UInt8]] =
    switch format {
    case .rggb: [[red, green], [green, blue]]
    case .grbg: [[green, red], [blue, green]]
    case .gbrg: [[green, blue], [red, green]]
    default: [[blue, green], [green, red]]
    }
  for (width, height) in [(6, 4), (5, 7)] {
    let bytes = (0..<height).flatMap { y in (0..<width).map { x in cells[y % 2][x % 2] } }
    let image = RawPictureDecoder.decode(bytes, try layout(format, width, height))
    #expect(image?.pixels == Array(repeating: 110, count: width * height))
  }
}

/// Smoothing moves nothing: a symmetric spot stays symmetric about its pixel.
@Test func aMosaicIsNotShifted() throws {
  var bytes = [UInt8](repeating: 0, count: 49)
  bytes[3 * 7 + 3] = 160
  let image = try #require(RawPictureDecoder.decode(bytes, try layout(.rggb, 7, 7)))
  for y in 0..<7 {
    for x in 0..<7 {
      #expect(image.pixels[y * 7 + x] == image.pixels[(6 - y) * 7 + x])
      #expect(image.pixels[y * 7 + x] == image.pixels[y * 7 + 6 - x])
    }
  }
  #expect(image.pixels[24] == 40 && image.pixels[25] == 20 && image.pixels[32] == 10)
}

@Test func tooFewBytesAreNoPicture() throws {
  for format in RawPictureFormat.allCases {
    let layout = try layout(format, 5, 3)
    for count in 0..<layout.usedBytes {
      #expect(RawPictureDecoder.decode(Array(repeating: 1, count: count), layout) == nil)
    }
    let whole = Array(repeating: UInt8(1), count: layout.usedBytes)
    #expect(RawPictureDecoder.decode(whole, layout) != nil)
  }
}

@Test func impossibleLayoutsAreRefused() {
  let sizes = [
    (0, 2, 0), (2, 0, 0), (-1, 2, 0), (1 << 40, 2, 0), (65536, 65536, 0), (4, 4, 3),
    (4, 4, -1), (4, 4, 1 << 40),
  ]
  for (width, height, step) in sizes {
    #expect(RawPictureLayout(.grey, width: width, height: height, bytesPerRow: step) == nil)
  }
}
