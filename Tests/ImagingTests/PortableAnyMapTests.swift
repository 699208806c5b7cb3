import Testing

@testable import Imaging

private func decode(_ text: String, _ raw: [UInt8] = []) throws -> GreyImage {
  try PictureDecoder.decode(Array(text.utf8) + raw, name: "map").image
}

@Test func plainAndRawGreyAgree() throws {
  let expected = GreyImage(width: 3, height: 2, pixels: [0, 10, 20, 30, 40, 255])
  #expect(try decode("P2\n# made by hand\n3 2 #size\n255\n0 10 20\n30 40 255") == expected)
  #expect(try decode("P5 3 2 255\n", [0, 10, 20, 30, 40, 255]) == expected)
}

@Test func plainAndRawColourAgree() throws {
  let expected = GreyImage(width: 2, height: 1, pixels: [76, 29])  // pure red, pure blue
  #expect(try decode("P3 2 1 255 255 0 0 0 0 255\n") == expected)
  #expect(try decode("P6 2 1 255\n", [255, 0, 0, 0, 0, 255]) == expected)
}

@Test func fewerBitsAreStretchedAndMoreAreShifted() throws {
  #expect(try decode("P2 3 1 15 0 8 15").pixels == [0, 136, 255])
  #expect(try decode("P2 3 1 1023 0 512 1023").pixels == [0, 128, 255])
  #expect(try decode("P5 2 1 65535\n", [0xFF, 0xFF, 0x12, 0x34]).pixels == [0xFF, 0x12])
  #expect(try decode("P5 2 1 65535\n", [0x0F, 0xFF, 0x01, 0x23]).pixels == [0xFF, 0x12])
  #expect(try decode("P6 1 1 65535\n", [255, 255, 255, 255, 255, 255]).pixels == [255])
}

@Test(arguments: [
  "P5", "P5 ", "P5 3", "P5 3 2", "P5 3 2 255", "P5 3 2 255\n", "P5 0 2 255\n", "P5 3 2 0\n",
  "P5 3 2 65536\n", "P5 -3 2 255\n", "P5 a b c\n", "P2 2 1 255 1", "P2 2 1 255 1 256",
  "P2 2 1 255 1 x", "P2 1 1 255 1e9", "P5 99999999999999999999 1 255\n", "P5#", "P5 1 1 7\n\u{9}",
])
func malformedMapsAreErrors(text: String) {
  #expect(throws: ImagingError.self) { try decode(text) }
}
