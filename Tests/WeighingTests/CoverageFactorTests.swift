import Testing

@testable import Weighing

struct CoverageFactorTests {
  @Test(arguments: [
    (1.0, 13.97), (2, 4.53), (3, 3.31), (4, 2.87), (5, 2.65), (6, 2.52), (7, 2.43), (8, 2.37),
    (10, 2.28), (12, 2.23), (14, 2.20), (16, 2.17), (18, 2.15), (20, 2.13), (25, 2.11), (30, 2.09),
    (35, 2.07), (40, 2.06), (50, 2.05), (100, 2.025), (.infinity, 2.00),
  ])
  func table(degrees: Double, factor: Double) {
    #expect(CoverageFactor.factor(effectiveDegreesOfFreedom: degrees) == factor)
  }

  @Test func betweenTwoRowsTheLowerCounts() {
    #expect(CoverageFactor.factor(effectiveDegreesOfFreedom: 9.99) == 2.37)
    #expect(CoverageFactor.factor(effectiveDegreesOfFreedom: 1e9) == 2.025)
    #expect(CoverageFactor.factor(effectiveDegreesOfFreedom: 0.99) == nil)
    #expect(CoverageFactor.factor(effectiveDegreesOfFreedom: .nan) == nil)
  }
}
