import Testing

@testable import campaigns

/// Some of the draws of `campaigns weighing-faults`, which runs 200 of each fault and 628 healthy
/// carts.
struct WeighingFaultSeriesTests {
  @Test(arguments: WeighingFaultSeries.Plant.allCases)
  func faultsAreNamedAndHealthyCartsLeftAlone(plant: WeighingFaultSeries.Plant) throws {
    let series = WeighingFaultSeries(plant: plant)
    for seed in 1...6 as ClosedRange<UInt64> {
      let outcome = try series.outcome(seed: seed)
      #expect(outcome.isRight, "seed \(seed): \(outcome)")
    }
  }
}
