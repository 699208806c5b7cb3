import Testing

@testable import Reports

struct PixelScaleTests {
  @Test(arguments: [
    (0.0, "0"), (0.0004, "<0.001"), (0.0123, "0.012"), (0.0996, "0.10"), (0.123, "0.12"),
    (0.996, "1.0"), (9.94, "9.9"), (9.96, "10"), (999.4, "999"), (1e300, ">999"), (.nan, "-"),
  ])
  func digitsTellSomething(_ pixels: Double, _ text: String) {
    #expect(PixelScale.text(pixels) == text)
  }

  @Test func largerIsDarker() {
    let shades = [0.003, 0.01, 0.1, 1, 10].map { PixelScale.shade($0) }
    #expect(shades == shades.sorted() && Set(shades).count == shades.count)
    #expect(abs(shades[4] - 1) < 1e-9 && abs(shades[0]) < 0.01)
    #expect(PixelScale.shade(nil) == 0 && PixelScale.shade(0) == 0 && PixelScale.shade(-1) == 0)
  }
}
