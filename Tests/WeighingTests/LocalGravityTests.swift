import Testing

@testable import Weighing

struct LocalGravityTests {
  /// Normal gravity of WGS 84 with free air, rounded to 1e-6 m/s².
  @Test(arguments: [
    (0.0, 0.0, 9.780325), (45, 0, 9.806198), (90, 0, 9.832185), (37.77, 16, 9.799677),
    (39.74, 1609, 9.796500), (47.37, 408, 9.807082), (-0.18, 2850, 9.771531),
  ])
  func places(latitude: Double, height: Double, expected: Double) throws {
    let gravity = try #require(LocalGravity.normal(latitude: latitude, height: height))
    #expect(abs(gravity - expected) <= 0.5001e-6)
  }

  @Test func poleOfGRS80() throws {
    let pole = try #require(LocalGravity.normal(latitude: 90, height: 0, ellipsoid: .grs80))
    #expect(abs(pole - 9.8321863685) < 2e-9)
    let equator = try #require(LocalGravity.normal(latitude: 0, height: 0, ellipsoid: .grs80))
    #expect(equator == 9.7803267715)
  }

  @Test func noPlace() {
    #expect(LocalGravity.normal(latitude: 91, height: 0) == nil)
    #expect(LocalGravity.normal(latitude: .nan, height: 0) == nil)
    #expect(LocalGravity.normal(latitude: 0, height: 20_000) == nil)
  }
}
