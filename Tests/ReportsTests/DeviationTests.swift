import Testing

@testable import Reports

struct DeviationTests {
  @Test(arguments: [
    ([0.41, 0.62], 1), ([0.0042, 0.5], 3), ([1.2, 30], 1), ([0.095], 1), ([0.094], 2),
    ([1e-9], 4), ([0], 7), ([.nan, .infinity], 7), ([], 7),
  ])
  func placesFollowTheSmallestDeviation(_ sigmas: [Double], _ places: Int) {
    #expect(Deviation(sigmas, usual: 7).decimals == places)
  }

  @Test(arguments: [
    (533.916, 0.412, "533.92 \u{00B1}\u{00A0}0.41"),
    (-0.5, 0.004, "\u{2212}0.50 \u{00B1}\u{00A0}<0.01"), (1, 0, "1.00 \u{00B1}\u{00A0}0.00"),
    (1, .nan, "1.00 \u{00B1}\u{00A0}?"), (1, 7, "1.00 \u{00B1}\u{00A0}7.00"),
  ])
  func bothHaveEqualPlaces(_ value: Double, _ sigma: Double, _ text: String) {
    #expect(Deviation([0.05], usual: 0).text(value, sigma) == text)
  }

  @Test func whatIsOpenIsSaid() {
    #expect(Deviation([], usual: 1).text(2, nil) == "2.0 \u{00B1}\u{00A0}?")
    #expect(Deviation([], usual: 1).text(nil, 1) == "-")
  }
}
