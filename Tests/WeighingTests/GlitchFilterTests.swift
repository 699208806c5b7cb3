import Testing

@testable import Weighing

struct GlitchFilterTests {
  @Test func singleSamplesVanishAndStepsStay() {
    var filter = GlitchFilter()
    let samples: [Double] = [5, 5, 5, 8_388_607, 5, 5, -3, 5, 5, 9, 9, 9]
    #expect(samples.map { filter.next($0) } == [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 9])
  }

  @Test func rampsPassWithOneSampleDelay() {
    var filter = GlitchFilter()
    let output = (0..<10).map { filter.next(Double($0)) }
    #expect(output == [0, 1, 1, 2, 3, 4, 5, 6, 7, 8])
  }
}
