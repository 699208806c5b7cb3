import Simulation
import Testing

@testable import campaigns

/// A handful of draws; `campaigns repair` runs them all.
struct RepairSeriesTests {
  @Test func aRepairIsAsGoodAsAWholeCalibration() throws {
    let outcomes = try (300..<304).map { try RepairSeries(kind: .replaced).outcome(seed: $0) }
    for outcome in outcomes {
      #expect(3 * outcome.views <= (outcome.wholeViews ?? 0))
      // Each by itself may be off by more than the mean of many.
      #expect((outcome.moveMillimetres ?? 99) < 3 * (outcome.wholeMoveMillimetres ?? 0) + 0.3)
      #expect((outcome.turnDegrees ?? 99) < 3 * (outcome.wholeTurnDegrees ?? 0) + 0.05)
      #expect(outcome.isSilent)
    }
  }

  @Test func whatMovedIsNamedAndNothingElse() throws {
    let outcomes = try (310..<315).map { try RepairSeries(kind: .moved).outcome(seed: $0) }
    #expect(outcomes.count { $0.named == [$0.moved ?? ""] } >= 4, "\(outcomes.map(\.findings))")
  }

  @Test func whatStoodStillRaisesNoAlarm() throws {
    for seed in 320..<324 {
      let outcome = try RepairSeries(kind: .unmoved).outcome(seed: UInt64(seed))
      #expect(outcome.isSilent && outcome.named.isEmpty, "\(seed): \(outcome.findings)")
    }
  }

  /// The verdict is of the worst: one draw without an answer is a miss.
  @Test func aMissIsAMiss() throws {
    let series = RepairSeries(kind: .replaced)
    var outcome = try series.outcome(seed: 300)
    #expect(series.judge([outcome]).rows.count >= 3)
    outcome.moveMillimetres = 2 * (outcome.wholeMoveMillimetres ?? 1)
    #expect(!series.judge([outcome]).holds)
    outcome.moveMillimetres = nil
    #expect(!series.judge([outcome]).holds)
    outcome.isSilent = false
    #expect(!RepairSeries(kind: .unmoved).judge([outcome]).holds)
    outcome.moved = "camera9"
    #expect(!RepairSeries(kind: .moved).judge([outcome]).holds)
  }
}
