import Measurements
import Testing

@testable import Weighing

/// Vectors for OIML R 76-1, A.4.4.3: class III, Max 30 kg, e = d = 5 g.
struct IndicationErrorTests {
  static let e = ExactMass.grams(5)

  func error(load: ExactMass, indication: ExactMass, tenths: Int64) -> ExactMass? {
    Indication(
      load: load, indication: indication, added: .milligrams(100 * tenths), step: Self.e
    ).error(interval: Self.e)
  }

  @Test func vectorsOfTheMethod() throws {
    let zero = try #require(error(load: .grams(50), indication: .grams(50), tenths: 30))
    #expect(zero == .milligrams(-500))
    let scale = try LegalScaleTests.cart()
    let vectors: [(ExactMass, ExactMass, Int64, Int64, Int64, Int64, Verdict)] = [
      (.kilograms(10), .kilograms(10), 15, 1000, 1500, 5000, .pass),
      (.kilograms(30), .grams(30_005), 5, 7000, 7500, 7500, .pass),
      (.grams(2500), .grams(2505), 45, 3000, 3500, 2500, .fail),
    ]
    for (load, indication, tenths, expected, corrected, limit, verdict) in vectors {
      let error = try #require(self.error(load: load, indication: indication, tenths: tenths))
      #expect(error == .milligrams(expected))
      #expect(error - zero == .milligrams(corrected))
      let permissible = scale.permissibleError(load: load, when: .initialVerification)
      #expect(permissible == .milligrams(limit))
      #expect(
        Conformity(
          value: error - zero, limit: permissible, expandedUncertainty: .zero,
          rule: .simpleAcceptance
        ).verdict == verdict)
    }
  }

  /// e = 10 g, L = 10 000 g, I = 10 010 g, ΔL = 4 g: fails on initial verification only.
  @Test func failsInitiallyPassesInService() throws {
    let e = ExactMass.grams(10)
    let scale = try LegalScale(
      accuracyClass: .medium, ranges: [WeighingRange(capacity: .kilograms(30), interval: e)])
    let indication = Indication(
      load: .grams(10_000), indication: .grams(10_010), added: .grams(4), step: e)
    #expect(indication.beforeRounding(interval: e) == .grams(10_011))
    let error = try #require(indication.error(interval: e))
    #expect(error == .grams(11))
    #expect(error > scale.permissibleError(load: .grams(10_000), when: .initialVerification))
    #expect(error <= scale.permissibleError(load: .grams(10_000), when: .inService))
  }

  @Test func coarseReadingsAloneAreNotDeterminable() {
    let coarse = Indication(load: .grams(100), indication: .grams(100), added: nil, step: .grams(5))
    #expect(coarse.error(interval: .grams(5)) == nil)
    let fine = Indication(load: .grams(100), indication: .grams(101), added: nil, step: .grams(1))
    #expect(fine.error(interval: .grams(5)) == .grams(1))
  }
}
