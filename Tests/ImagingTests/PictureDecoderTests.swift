import Glibc
import TestSupport
import Testing

@testable import Imaging

/// The pictures in Fixtures are 16 x 12, made from formulas in x and y:
/// grey = 13 x + 5 y; red = 16 x, green = 20 y, blue = 9 (x + y); in 16 bits
/// grey = 4000 x + 400 y + 7; red = 4096 x, green = 5000 y, blue = 600 (x + y).
enum Fixture {
  static let folder = "\(#filePath)".split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  static func path(_ name: String) -> String { "\(folder)/Fixtures/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] {
    let file = try #require(fopen(path(name), "rb"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  static func decode(_ name: String) throws -> GreyImage {
    try PictureDecoder.decode(file: path(name)).image
  }

  static func make(_ value: (Int, Int) -> Int) -> [UInt8] {
    (0..<192).map { UInt8(value($0 % 16, $0 / 16)) }
  }

  static func luma(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    Int((0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)).rounded())
  }

  static func grey(_ x: Int, _ y: Int) -> Int { 13 * x + 5 * y }
  static func colour(_ x: Int, _ y: Int) -> Int { luma(16 * x, 20 * y, 9 * (x + y)) }
}

@Test func eightBitGreyComesOutAsStored() throws {
  let image = try Fixture.decode("grey8.png")
  #expect(image.width == 16 && image.height == 12)
  #expect(image.pixels == Fixture.make(Fixture.grey))
}

@Test(arguments: ["rgb8.png", "interlaced.png"])
func colourBecomesRec601Luma(name: String) throws {
  #expect(try Fixture.decode(name).pixels == Fixture.make(Fixture.colour))
}

@Test func sixteenBitsComeOutLinearlyWhateverGammaTheFileNames() throws {
  let expected = Fixture.make { ($0 * 4000 + $1 * 400 + 7) >> 8 }
  #expect(try Fixture.decode("grey16.png").pixels == expected)
  #expect(try Fixture.decode("gamma16.png").pixels == expected)
}

@Test func twelveBitsInSixteenKeepTheirContrast() throws {
  // The file holds the 16-bit values shifted right by 4.
  let expected = Fixture.make { (($0 * 4000 + $1 * 400 + 7) >> 4) >> 4 }
  #expect(try Fixture.decode("grey12in16.png").pixels == expected)
}

@Test func sixteenBitColourIsLumaBeforeTheShift() throws {
  let expected = Fixture.make { Fixture.luma(4096 * $0, 5000 * $1, 600 * ($0 + $1)) >> 8 }
  for (found, exact) in zip(try Fixture.decode("rgb16.png").pixels, expected) {
    #expect(abs(Int(found) - Int(exact)) <= 1)  // the weights have 16 bits
  }
}

@Test func transparencyIsCompositedOntoBlack() throws {
  func alpha(_ x: Int) -> Int { x < 8 ? 32 * x : 255 }
  let expected = Fixture.make { (Fixture.colour($0, $1) * alpha($0) + 127) / 255 }
  #expect(try Fixture.decode("rgba8.png").pixels == expected)
  #expect(
    try Fixture.decode("ga8.png").pixels
      == Fixture.make { (Fixture.grey($0, $1) * 128 + 127) / 255 })
  for (deep, plain) in zip(try Fixture.decode("rgba16.png").pixels, expected) {
    #expect(abs(Int(deep) - Int(plain)) <= 1)
  }
}

@Test func palettesAndSingleBitsAreExpanded() throws {
  let palette = try Fixture.decode("palette.png").pixels
  for (found, exact) in zip(palette, Fixture.make(Fixture.colour)) {
    #expect(abs(Int(found) - Int(exact)) < 32)  // 64 colours
  }
  #expect(Set(try Fixture.decode("bit1.png").pixels) == [0, 255])
}

@Test(arguments: ["colour", "progressive"])
func aJPEGGivesItsYPlaneAsOtherDecodersDo(name: String) throws {
  // The expected values come from OpenCV 5.0 (IMREAD_GRAYSCALE, libjpeg's slow integer transform).
  #expect(try Fixture.decode("\(name).jpg").pixels == Fixture.decode("\(name).pgm").pixels)
}

@Test func greyJPEGsAreRead() throws {
  for (found, exact) in zip(try Fixture.decode("grey.jpg").pixels, Fixture.make(Fixture.grey)) {
    #expect(abs(Int(found) - Int(exact)) <= 4)
  }
}

@Test func theContentDecidesNotTheExtension() throws {
  let folder = try TemporaryFolder()
  let path = folder("really.png")
  try folder.write("really.png", Fixture.bytes("grey.jpg"))
  let picture = try PictureDecoder.decode(file: path)
  #expect(picture.header == PictureHeader(format: .jpeg, width: 16, height: 12))
  #expect(picture.promisedFormat == .png)
  #expect(try PictureDecoder.decode(file: Fixture.path("grey.jpg")).promisedFormat == nil)
}

@Test func headersAreReadWithoutPixels() throws {
  for name in ["grey.jpg", "progressive.jpg", "rgba16.png", "colour.pgm"] {
    let header = try PictureDecoder.header(file: Fixture.path(name))
    #expect(header.width == 16 && header.height == 12)
  }
}

@Test func cmykIsRefusedWithTheRemedy() throws {
  let path = Fixture.path("cmyk.jpg")
  #expect(throws: ImagingError.cmyk(name: path)) { try PictureDecoder.decode(file: path) }
  #expect("\(ImagingError.cmyk(name: path))".contains("convert"))
}

@Test(arguments: [
  "grey.jpg", "colour.jpg", "progressive.jpg", "grey8.png", "rgba16.png", "palette.png",
  "interlaced.png", "colour.pgm",
])
func everyTruncationIsAnErrorAndNeverAPicture(name: String) throws {
  let bytes = try Fixture.bytes(name)
  for count in 0..<bytes.count {
    #expect(throws: ImagingError.self, "\(name) cut to \(count) bytes") {
      try PictureDecoder.decode(Array(bytes[..<count]), name: name)
    }
  }
  #expect(throws: ImagingError.self) {
    try PictureDecoder.decode(Array(bytes[..<(bytes.count / 2)]), name: name)
  }
}

@Test func aLongTruncationIsCalledSo() throws {
  for (name, format) in [
    ("colour.jpg", PictureFormat.jpeg), ("rgb8.png", .png), ("colour.pgm", .portableAnyMap),
  ] {
    let bytes = try Fixture.bytes(name)
    #expect(throws: ImagingError.truncated(name: name, format: format)) {
      try PictureDecoder.decode(Array(bytes.dropLast(20)), name: name)
    }
  }
}

@Test func spareBytesBeforeAndAfterTheEndOfAJPEGAreTolerated() throws {
  for name in ["colour.jpg", "progressive.jpg"] {
    let bytes = try Fixture.bytes(name)
    let whole = try PictureDecoder.decode(bytes, name: name).image
    let padded = bytes.dropLast(2) + [0, 0, 0, 0] + bytes.suffix(2)
    #expect(try PictureDecoder.decode(Array(padded), name: name).image == whole)
    let trailing = bytes + [1, 2, 3, 0xFF, 0xD8]
    #expect(try PictureDecoder.decode(trailing, name: name).image == whole)
  }
}

@Test(arguments: [
  "grey.jpg", "colour.jpg", "progressive.jpg", "cmyk.jpg", "grey8.png", "rgba16.png",
  "palette.png", "interlaced.png", "colour.pgm",
])
func everyBrokenByteIsAnErrorOrAPictureButNeverACrash(name: String) throws {
  let bytes = try Fixture.bytes(name)
  var limits = PictureLimits()
  limits.pixels = 1_000_000
  for index in bytes.indices {
    for value in [0, 0xFF, bytes[index] ^ 0x10] {
      var broken = bytes
      broken[index] = value
      do throws(ImagingError) {
        let image = try PictureDecoder.decode(broken, name: name, limits: limits).image
        #expect(image.pixels.count <= limits.pixels)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}

@Test func tooManyPixelsAreRefusedFromTheHeader() throws {
  var png = try Fixture.bytes("grey8.png")
  png.replaceSubrange(16..<24, with: [0, 0, 0x80, 0, 0, 0, 0x80, 0])
  #expect(
    throws: ImagingError.tooManyPixels(name: "p", width: 32768, height: 32768, limit: 100_000_000)
  ) { try PictureDecoder.decode(png, name: "p") }
  let pgm = Array("P5 99999999999 99999999999 255\n".utf8)
  #expect(throws: ImagingError.self) { try PictureDecoder.decode(pgm, name: "p") }
  var limits = PictureLimits()
  limits.pixels = 191
  for name in ["grey8.png", "grey.jpg", "colour.pgm"] {
    #expect(
      throws: ImagingError.tooManyPixels(
        name: Fixture.path(name), width: 16, height: 12, limit: 191)
    ) { try PictureDecoder.decode(file: Fixture.path(name), limits: limits) }
  }
  limits.pixels = 192
  #expect(throws: Never.self) {
    try PictureDecoder.decode(file: Fixture.path("grey8.png"), limits: limits)
  }
  limits.fileBytes = 50
  #expect(throws: ImagingError.self) {
    try PictureDecoder.decode(file: Fixture.path("grey8.png"), limits: limits)
  }
}

@Test func scansAreBounded() throws {
  let bytes = try Fixture.bytes("progressive.jpg")
  let start = try #require(
    bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
  let scan = bytes[start..<(bytes.count - 2)]
  let bomb = bytes.dropLast(2) + Array(repeating: scan, count: 300).joined() + bytes.suffix(2)
  #expect(throws: ImagingError.self) { try PictureDecoder.decode(Array(bomb), name: "bomb") }
  do throws(ImagingError) {
    _ = try PictureDecoder.decode(Array(bomb), name: "bomb")
  } catch {
    #expect(error.description.contains("scans, more than 200"))
  }
}

@Test func whatIsNoPictureIsNamed() throws {
  let folder = try TemporaryFolder()
  try folder.write("empty.png", [])
  try folder.write("text.jpg", Array("hello".utf8))
  try folder.write("photo.tif", Array("II*\0abcdefgh".utf8))
  func error(_ name: String) -> ImagingError? {
    do throws(ImagingError) {
      _ = try PictureDecoder.decode(file: folder(name))
      return nil
    } catch { return error }
  }
  #expect(error("empty.png") == .empty(name: folder("empty.png")))
  #expect(error("text.jpg") == .unknownFormat(name: folder("text.jpg"), kind: nil))
  #expect(error("photo.tif")?.description.contains("a TIFF or camera raw picture") == true)
  #expect(error("missing.png")?.description.contains("No such file or directory") == true)
  #expect(error("")?.description.contains("is a folder, not a file") == true)
  #expect(mkfifo(folder("pipe.png"), 0o600) == 0)
  #expect(error("pipe.png")?.description.contains("pipe") == true)
}

@Test func onePixelIsAPicture() throws {
  let image = GreyImage(width: 1, height: 1, pixels: [77])
  #expect(try PictureDecoder.decode(PNGEncoder.encode(image), name: "1x1").image == image)
}
