import Testing

@testable import Imaging

@Test func greyPNGsComeBackAsTheyWere() throws {
  // Noise does not compress: the largest output there is.
  var state: UInt64 = 7
  let pixels = (0..<(321 * 123)).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 40)
  }
  let image = GreyImage(width: 321, height: 123, pixels: pixels)
  let bytes = try PNGEncoder.encode(image)
  #expect(try PictureDecoder.decode(bytes, name: "noise").image == image)
}

@Test func colourPNGsKeepTheirColours() throws {
  var image = ColorImage(GreyImage(width: 2, height: 1, pixels: [0, 255]))
  image.blend(Color(red: 255, green: 0, blue: 0), x: 0, y: 0, coverage: 1)
  let back = try PictureDecoder.decode(PNGEncoder.encode(image), name: "colour").image
  #expect(back.pixels == [76, 255])
}
