import Documents
import Testing

@testable import Weighing

struct WeighingPlanTests {
  private static func masses(_ grams: [Int64]) -> [ReferenceMass] {
    grams.enumerated().map { number, nominal in
      ReferenceMass(
        id: "m\(number)", nominal: .grams(nominal), massClass: .m1, certificate: "c",
        due: UTCTime(seconds: 4_000_000_000))
    }
  }

  private static func spec(_ capacity: Int64 = 30, e: Int64 = 10) throws -> ScaleSpec {
    ScaleSpec(
      cells: SettledScale.drawing.enumerated().map { .init(name: "c\($0)", position: $1) },
      legal: try LegalScale(
        accuracyClass: .medium,
        ranges: [WeighingRange(capacity: .kilograms(capacity), interval: .grams(e))]))
  }

  private let usual = Self.masses([100, 200, 500, 1000, 2000, 5000, 10_000, 20_000])

  @Test func loadsAreThoseOfTheStandard() throws {
    let plan = try WeighingPlan(.full, for: Self.spec(), masses: usual)
    let up = plan.placements.filter { $0.kind == .linearityUp }.map(\.nominal)
    // Min 200 g, 500 e, Max/5, Max/4, half, 2000 e, Max.
    #expect(up == [0.2, 5, 6, 7.5, 15, 20, 30])
    let down = plan.placements.filter { $0.kind == .linearityDown }.map(\.nominal)
    #expect(down == up.dropLast().reversed())
    let corners = plan.placements.filter { $0.kind == .eccentricity }
    #expect(corners.count == 4 && corners.allSatisfy { $0.nominal == 10 })
    #expect(plan.placements.count { $0.kind == .repeatability } == 10)
    let creep = try #require(plan.placements.first { $0.kind == .creep })
    #expect(creep.nominal == 30 && creep.duration > 1800)
  }

  @Test func everyLengthBeginsAndEndsEmptyAndSaysWhatItLeavesOut() throws {
    for length in WeighingPlan.Length.allCases {
      let plan = try WeighingPlan(length, for: Self.spec(), masses: usual)
      #expect(plan.placements.first?.kind == .empty && plan.placements.last?.kind == .empty)
      #expect(!plan.omissions.isEmpty)
      let seconds = plan.placements.reduce(0) { $0 + $1.duration }
      if length == .line { #expect(seconds < 130) }
    }
  }

  /// With few masses a scale of 15 kg is calibrated; with 1 kg alone it is not.
  @Test func fewMassesServeOrAreRefused() throws {
    let plan = try WeighingPlan(
      .line, for: Self.spec(15, e: 5), masses: Self.masses([5000, 5000, 5000, 2000, 500]))
    #expect(plan.placements.map(\.nominal).max() == 15)
    let error = #expect(throws: WeighingPlanError.self) {
      try WeighingPlan(.line, for: Self.spec(15, e: 5), masses: Self.masses([1000]))
    }
    #expect(error == .noMasses(for: .kilograms(5)))
    #expect(throws: WeighingPlanError.noCapacity) {
      try WeighingPlan(.line, for: ScaleSpec(cells: []), masses: usual)
    }
  }
}
