import Testing

@testable import Weighing

struct GravitySiteTests {
  @Test func movingFromTheCoastToTheMountains() throws {
    let coast = try GravitySite(latitude: 37.77, height: 16)
    let mountains = try GravitySite(latitude: 39.74, height: 1609)
    let change = coast.relativeChange(to: mountains)
    #expect(abs(change + 3.24e-4) < 0.005e-4)
    #expect(abs(15_000 * change + 4.9) < 0.05)
    #expect(abs(coast.readingFactor(at: mountains) * (1 + change) - 1) < 1e-15)
    let scale = try LegalScale(
      accuracyClass: .medium,
      ranges: [WeighingRange(capacity: .kilograms(15), interval: .grams(5))])
    #expect(!coast.sharesZone(with: mountains, scale: scale))
    #expect(coast.sharesZone(with: coast, scale: scale))
  }

  /// |Δg|/g <= mpe(Max) / (3 Max).
  @Test(arguments: [(Int64(15), Int64(5), 1.67e-4), (30, 5, 8.3e-5), (30, 10, 1.67e-4)])
  func zoneLimits(capacity: Int64, interval: Int64, expected: Double) throws {
    let scale = try LegalScale(
      accuracyClass: .medium,
      ranges: [WeighingRange(capacity: .kilograms(capacity), interval: .grams(interval))])
    #expect(abs(GravitySite.zoneLimit(scale) - expected) < 0.005 * expected)
  }

  @Test func refusesOtherPlanets() {
    #expect(throws: GravityError.impossibleValue(3.7)) { try GravitySite(measured: 3.7) }
    #expect(throws: GravityError.impossiblePlace(latitude: 100, height: 0)) {
      try GravitySite(latitude: 100, height: 0)
    }
  }
}
