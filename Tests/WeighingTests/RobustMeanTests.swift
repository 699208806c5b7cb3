import Testing

@testable import Weighing

struct RobustMeanTests {
  @Test func leavesGlitchesOut() throws {
    let mean = try #require(RobustMean([10, 11, 9, 10, 11, 9, 8_388_607, 10]))
    #expect(mean.mean == 10)
    #expect(mean.kept == 7 && mean.rejected == 1)
    #expect(abs(mean.variance - 4.0 / 6 / 7) < 1e-12)
  }

  @Test func quietConvertersScatterByRounding() throws {
    let mean = try #require(RobustMean([7.0, 7, 7, 7]))
    #expect(mean.variance == 1.0 / 12 / 4)
    #expect(RobustMean([Double]()) == nil)
  }
}
