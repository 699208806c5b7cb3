import Testing

@testable import BoardDetection

@Suite struct GreyNoiseTests {
  /// A window whose pixels scatter by `dark` at grey 40 and by `bright` at grey 200.
  private static func window(dark: Float, bright: Float, pixels: Int = 100) -> GreyNoise.Window {
    var window = GreyNoise.Window()
    for n in 0..<pixels {
      let sign: Float = n & 1 == 0 ? 1 : -1
      window.add(grey: 40, residual: sign * dark, isPlain: true)
      window.add(grey: 200, residual: sign * bright, isPlain: true)
    }
    return window
  }

  @Test func darkAndBrightHaveTheirOwnNoise() {
    let noise = GreyNoise([Self.window(dark: 5, bright: 1)])
    #expect(abs(noise.deviation(40) - 5) < 1e-5)
    #expect(abs(noise.deviation(200) - 1) < 1e-5)
    // Greys that no window has are taken for the nearest that some have.
    #expect(abs(noise.deviation(0) - 5) < 1e-5)
    #expect(abs(noise.deviation(255) - 1) < 1e-5)
  }

  @Test func mostCornersDecide() {
    let calm = (0..<5).map { _ in Self.window(dark: 2, bright: 2) }
    let spoilt = (0..<4).map { _ in Self.window(dark: 40, bright: 40) }
    let noise = GreyNoise(calm + spoilt)
    #expect(abs(noise.deviation(40) - 2) < 1e-5)
    #expect(abs(noise.expected(spoilt[0]) - 2) < 1e-5)
  }

  @Test func fewPixelsHaveNoSay() {
    let noise = GreyNoise([
      Self.window(dark: 2, bright: 2), Self.window(dark: 30, bright: 30, pixels: 4),
    ])
    #expect(abs(noise.deviation(200) - 2) < 1e-5)
  }

  @Test func edgesThatMisfitMoveCornersByLittle() {
    #expect(GreyNoise([Self.window(dark: 2, bright: 2)]).movingPart == 1)
    var sharp = Self.window(dark: 1, bright: 1)
    for n in 0..<200 {
      sharp.add(grey: 120, residual: n & 1 == 0 ? 6 : -6, isPlain: false)
    }
    let part = GreyNoise([sharp]).movingPart
    // All residuals together are 4.3 grey levels, of which 1 is noise.
    #expect(part > 0.23 && part < 0.6)
    // Windows without pixels off their edges say nothing.
    var edges = GreyNoise.Window()
    for _ in 0..<200 { edges.add(grey: 120, residual: 5, isPlain: false) }
    #expect(GreyNoise([edges]).movingPart == 1)
  }

  @Test func roundingIsAlwaysThere() {
    #expect(GreyNoise([Self.window(dark: 0, bright: 0)]).deviation(40) > 0.25)
  }

  @Test func noWindowsAndImpossibleGreysAreNoTrap() {
    let noise = GreyNoise([])
    for grey: Float in [-1e9, -1, 0, 128, 256, 1e9] { #expect(noise.deviation(grey) > 0) }
    #expect(noise.expected(GreyNoise.Window()) > 0)
  }
}
