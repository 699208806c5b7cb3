import Testing

@testable import Measurements

struct LimitCheckTextTests {
  private func check(
    _ value: Double?, _ bound: LimitCheck.Bound = .atMost, limit: Double, guardBand: Double = 0,
    _ unit: CheckUnit, name: String = "a", subject: String? = nil
  ) -> LimitCheck {
    LimitCheck(
      name: name, subject: subject, value: value, bound, limit: limit, guardBand: guardBand,
      unit: unit)
  }

  @Test func peopleReadMillimetresDegreesAndPercent() {
    let place = check(0.12e-3, limit: 0.5e-3, guardBand: 0.05e-3, .metres)
    #expect(place.valueText == "0.12 mm" && place.limitText == "at most 0.50 mm")
    #expect(place.guardText == "marginal from 0.45 mm")
    let turn = check(0.5e-3, limit: 1.5e-3, .radians)
    #expect(turn.valueText == "0.029 deg" && turn.limitText == "at most 0.086 deg")
    #expect(turn.guardText == nil)
    let covered = check(0.96, .atLeast, limit: 0.4, guardBand: 0.04, .one)
    #expect(covered.valueText == "96 %" && covered.limitText == "at least 40 %")
    #expect(covered.guardText == "marginal up to 44 %")
    #expect(check(nil, limit: 5, .pixels).valueText == "-")
  }

  /// A value beyond its limit never reads like the limit.
  @Test(arguments: [(0.6001, "0.6001 px"), (0.604, "0.604 px"), (0.61, "0.61 px")])
  func aValueBeyondItsLimitLooksSo(_ value: Double, _ text: String) {
    #expect(check(value, limit: 0.6, .pixels).valueText == text)
  }

  @Test func hostileNumbersAreShownBounded() {
    for value in [1e300, -1e300, .infinity, 1e-300, 0] {
      let one = check(value, limit: value, guardBand: 1e308, .radians)
      #expect(!one.valueText.isEmpty && one.valueText.count < 100)
      #expect(!one.limitText.isEmpty && one.guardText?.isEmpty != true)
    }
  }

  @Test func everyNameHasWords() {
    #expect(
      check(1, limit: 2, .one, name: "holdout_rms").title == "RMS of the typical view held out")
    #expect(check(1, limit: 2, .one, name: "later_check").title == "later_check")
  }

  /// What all pass is one line; what some do not pass is a line for each of them.
  @Test func whatTellsIsShown() {
    let checks = [
      check(0.1, limit: 1, .pixels, name: "x", subject: "left"),
      check(2, limit: 1, .pixels, name: "y", subject: "left"),
      check(0.3, limit: 1, .pixels, name: "x", subject: "right"),
      check(nil, limit: 1, .pixels, name: "y", subject: "right"),
      check(0.2, limit: 1, .pixels, name: "x", subject: "top"),
      check(0.95, limit: 1, guardBand: 0.1, .pixels, name: "y", subject: "top"),
      check(0.1, limit: 1, .pixels, name: "y", subject: "rear"),
    ]
    let shown = checks.telling.map { "\($0.check.name) \($0.check.subject ?? "") \($0.of)" }
    #expect(shown == ["x right 3", "y left 1", "y right 1", "y top 1"])
    #expect([LimitCheck]().telling.isEmpty)
  }
}
