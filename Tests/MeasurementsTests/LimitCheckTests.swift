import Measurements
import Testing

@Suite struct LimitCheckTests {
  func check(_ value: Double?, _ bound: LimitCheck.Bound) -> Verdict {
    LimitCheck(
      name: "rms", value: value, bound, limit: 0.5, guardBand: 0.0625, unit: .pixels
    ).verdict
  }

  @Test func guardBandLiesWithinTheLimit() {
    #expect(check(0.4375, .atMost) == .pass)
    #expect(check(0.44, .atMost) == .marginal)
    #expect(check(0.5, .atMost) == .marginal)
    #expect(check(0.5000001, .atMost) == .fail)
    #expect(check(0.5625, .atLeast) == .pass)
    #expect(check(0.56, .atLeast) == .marginal)
    #expect(check(0.5, .atLeast) == .marginal)
    #expect(check(0.4999999, .atLeast) == .fail)
  }

  @Test func whatIsNoNumberIsNotDetermined() {
    #expect(check(nil, .atMost) == .notDetermined)
    #expect(check(.nan, .atMost) == .notDetermined)
    #expect(check(.infinity, .atMost) == .fail)
  }

  @Test func theWorstVerdictOfSeveralCounts() {
    #expect(Verdict([.pass, .marginal, .pass]) == .marginal)
    #expect(Verdict([.notDetermined, .marginal]) == .notDetermined)
    #expect(Verdict([.notDetermined, .fail]) == .fail)
    #expect(Verdict([.pass, .notAsked]) == .pass)
    #expect(Verdict([]) == .notAsked)
  }
}
