import Testing

@testable import Weighing

struct ScaleTestTests {
  @Test func limitsOfACart() throws {
    let scale = try LegalScaleTests.cart()
    #expect(scale.discriminationLoad(load: .kilograms(15)) == .grams(7))
    #expect(scale.zeroReturnLimit == .milligrams(2500))
    #expect(scale.zeroSettingLimit == .milligrams(1250))
    #expect(scale.noLoadTemperatureLimit(kelvin: -14) == .grams(14))
    #expect(scale.repeatabilityLimit(load: .kilograms(15), when: .inService) == .grams(15))
  }

  @Test func creepByHalfAnHourOrFourHours() throws {
    let scale = try LegalScaleTests.cart()
    func allowed(_ half: Int64, _ late: Int64, _ long: Int64?) -> Bool? {
      scale.allows(
        LegalScale.Creep(
          within30Minutes: .milligrams(half), from15To30Minutes: .milligrams(late),
          within4Hours: long.map { .milligrams($0) }), load: .kilograms(30))
    }
    #expect(allowed(2500, 1000, nil) == true)
    #expect(allowed(2501, 1000, nil) == nil)
    #expect(allowed(2500, -1001, nil) == nil)
    #expect(allowed(2501, 1000, 7500) == true)
    #expect(allowed(2501, 1000, 7501) == false)
    #expect(allowed(7501, 1000, nil) == false)
  }

  @Test func everyTestNamesItsClause() {
    // Hysteresis is a difference of two weighings of one load, like repeatability; both parts of
    // creep stand in one clause.
    #expect(Set(ScaleTest.allCases.map(\.clause)).count == ScaleTest.allCases.count - 2)
  }
}
