import Testing

@testable import Weighing

struct Handbook44Tests {
  /// NIST Handbook 44, 2.20, Table 6, class III: divisions of load and of maintenance tolerance.
  @Test(arguments: [
    (Int64(0), Int64(1)), (500, 1), (501, 2), (2000, 2), (2001, 3), (4000, 3), (4001, 5),
    (10_000, 5),
  ])
  func tolerances(load: Int64, divisions: Int64) {
    let d = ExactMass.grams(5)
    #expect(Handbook44.maintenance.tolerance(load: load * d, division: d) == divisions * d)
    #expect(
      2 * Handbook44.acceptance.tolerance(load: load * d, division: d) == divisions * d)
  }

  /// At 5000 d, 2.5 d on acceptance, where OIML allows 1.5 e.
  @Test func againstOIML() throws {
    let scale = try LegalScaleTests.cart()
    #expect(Handbook44.acceptance.tolerance(load: .kilograms(25), of: scale) == .milligrams(12_500))
    let high = try LegalScale(
      accuracyClass: .high, ranges: [WeighingRange(capacity: .kilograms(60), interval: .grams(1))])
    #expect(Handbook44.acceptance.tolerance(load: .kilograms(25), of: high) == nil)
  }

  @Test func eachRangeByItself() throws {
    let scale = try LegalScaleTests.multiInterval()
    #expect(Handbook44.maintenance.tolerance(load: .kilograms(6), of: scale) == .grams(6))
    #expect(Handbook44.maintenance.tolerance(load: .kilograms(10), of: scale) == .grams(10))
  }
}
