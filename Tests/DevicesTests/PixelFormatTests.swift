import Testing

@testable import Devices

struct PixelFormatTests {
  /// Codes as linux/videodev2.h has them.
  @Test func codesAreThoseOfTheKernel() {
    #expect(PixelFormat("MJPG")?.code == 0x4750_4A4D)
    #expect(PixelFormat("YUYV")?.code == 0x5659_5559)
    #expect(PixelFormat("Y10")?.code == 0x2030_3159)
  }

  @Test(arguments: ["MJPG", "GREY", "Y16", "NV12", "RGGB"])
  func textAndCodeGoBothWays(_ text: String) {
    #expect(PixelFormat(text)?.description == text)
  }

  @Test(arguments: ["", "MJPEG", "\u{1B}[2J", "ÄÖÜ"])
  func whatIsNoCodeIsRefused(_ text: String) {
    #expect(PixelFormat(text) == nil)
  }

  @Test func aCodeOfControlCharactersIsShownAsNumber() {
    #expect(PixelFormat(code: 0x0A1B_5B32).description == "0xA1B5B32")
  }
}
