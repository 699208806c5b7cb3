import Testing

@testable import Weighing

struct ExactMassTests {
  @Test func fromNumbersToTheMicrogram() {
    #expect(ExactMass(grams: 0.03) == ExactMass(micrograms: 30_000))
    #expect(ExactMass(kilograms: 0.1) == .grams(100))
    #expect(ExactMass(grams: .nan) == nil)
    #expect(ExactMass(grams: .infinity) == nil)
    #expect(ExactMass(grams: 1e9) == nil)
    #expect(ExactMass(kilograms: 20)?.kilograms == 20)
  }

  @Test func text() {
    #expect("\(ExactMass.milligrams(7500))" == "7.5 g")
    #expect("\(ExactMass.kilograms(30))" == "30 kg")
    #expect("\(ExactMass.milligrams(-30))" == "-0.03 g")
    #expect("\(ExactMass.zero)" == "0 g")
    #expect("\(ExactMass.grams(2505))" == "2.505 kg")
  }
}
