import CameraCalibration
import Procedures
import Testing

struct LensWordTests {
  @Test func wordsThatMakeSense() {
    #expect(LensChoice(word: "auto") == .auto)
    #expect(LensChoice(word: "opencv8") == .fixed(.opencv8))
    #expect(LensChoice(word: "kannala_brandt4") == .fixed(.kannalaBrandt4))
    #expect(
      LensChoice(word: "left=opencv5,right=auto,top=pinhole")
        == .perCamera(["left": .opencv5, "top": .pinhole]))
  }

  @Test(arguments: ["", "fisheye", "left=", "=opencv5", "left=opencv5,left=pinhole", "a=b=c", ","])
  func wordsThatMakeNone(word: String) {
    #expect(LensChoice(word: word) == nil)
  }
}
