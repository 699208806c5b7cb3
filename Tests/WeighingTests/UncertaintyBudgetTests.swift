import Testing

@testable import Weighing

struct UncertaintyBudgetTests {
  @Test func onlyRepeatsLimitTheDegreesOfFreedom() throws {
    var budget = UncertaintyBudget()
    budget.add(try #require(.repeatability(standardDeviation: 3, count: 10)))
    budget.add(.init(name: "other", source: "known", standardUncertainty: 4))
    #expect(budget.combined == 5)
    // 5⁴ / (3⁴ / 9)
    #expect(abs(budget.effectiveDegreesOfFreedom - 625.0 / 9) < 1e-9)
    #expect(budget.coverageFactor == 2.05)
    #expect(budget.expanded == 10.25)
  }

  @Test func nothingAndTiny() {
    #expect(UncertaintyBudget().effectiveDegreesOfFreedom == .infinity)
    #expect(UncertaintyBudget().expanded == 0)
    let tiny = UncertaintyBudget(rows: [
      .init(name: "a", source: "", standardUncertainty: 1e-200, degreesOfFreedom: 4)
    ])
    #expect(abs(tiny.effectiveDegreesOfFreedom - 4) < 1e-12 || tiny.combined == 0)
  }
}
