import Documents
import Measurements
import Testing

@testable import Weighing

struct MassRegistryTests {
  static let now = UTCTime(seconds: 1_800_000_000)
  static let nextYear = UTCTime(seconds: 1_830_000_000)

  static func mass(
    _ id: String, grams: Int64, _ massClass: MassClass = .m1, due: UTCTime = nextYear,
    calibrated: ReferenceMass.CalibratedValue? = nil
  ) -> ReferenceMass {
    ReferenceMass(
      id: id, nominal: .grams(grams), massClass: massClass, certificate: "C-1",
      calibrated: calibrated, due: due)
  }

  func codes(_ registry: MassRegistry, _ loads: [[String]]) throws -> [String] {
    registry.findings(using: loads, on: try LegalScaleTests.cart(), at: Self.now).map(\.code)
  }

  /// 30 kg, e = 5 g: 2.5 g is allowed; M1 20 + 10 kg has 1.5 g, M2 4.6 g.
  @Test func tooCoarseAtFullLoad() throws {
    let registry = try MassRegistry([
      Self.mass("a", grams: 20_000), Self.mass("b", grams: 10_000),
      Self.mass("c", grams: 20_000, .m2), Self.mass("d", grams: 10_000, .m2),
      Self.mass("e", grams: 2000), Self.mass("f", grams: 500),
    ])
    #expect(try codes(registry, [["a", "b"], ["e", "f"]]).isEmpty)
    #expect(try codes(registry, [["a", "b"], ["c", "d"]]) == ["mass_too_coarse"])
  }

  /// Exactly a third is allowed: U = 2.5 g at 7.5 g.
  @Test func aThirdIsAllowedExactly() throws {
    func registry(_ micrograms: Int64) throws -> MassRegistry {
      try MassRegistry([
        Self.mass(
          "a", grams: 20_000, .m2,
          calibrated: .init(
            conventionalMass: .grams(20_000),
            expandedUncertainty: ExactMass(micrograms: micrograms)))
      ])
    }
    #expect(try codes(registry(2_500_000), [["a"]]).isEmpty)
    #expect(try codes(registry(2_500_001), [["a"]]) == ["mass_too_coarse"])
  }

  @Test func overdueAndUnknownStop() throws {
    let registry = try MassRegistry([
      Self.mass("old", grams: 1000, due: UTCTime(seconds: 1_799_999_999)),
      Self.mass("today", grams: 1000, due: Self.now),
    ])
    let findings = registry.findings(
      using: [["old"], ["today"], ["none"]], on: nil, at: Self.now)
    #expect(findings.map(\.code) == ["mass_overdue", "mass_unknown"])
    #expect(findings.allSatisfy { $0.severity == .unusable })
  }

  @Test func wornMassIsNamedAndItsCertifiedValueUsed() throws {
    let worn = Self.mass(
      "worn", grams: 1000,
      calibrated: .init(
        conventionalMass: .milligrams(999_940), expandedUncertainty: .milligrams(15)))
    let registry = try MassRegistry([worn])
    #expect(try codes(registry, [["worn"]]) == ["mass_out_of_class"])
    #expect(worn.value == .milligrams(999_940))
    // U/2 and, for drift since, U over the root of 3.
    let sigma = (7.5e-6 * 7.5e-6 + 15e-6 * 15e-6 / 3).squareRoot()
    #expect(abs((worn.standardUncertainty ?? 0) - sigma) < 1e-15)
  }

  @Test func refusesMistakes() {
    #expect(throws: MassRegistryError.duplicateID("a")) {
      try MassRegistry([Self.mass("a", grams: 1), Self.mass("a", grams: 2)])
    }
    #expect(throws: MassRegistryError.unknownNominal(id: "a", .grams(3))) {
      try MassRegistry([Self.mass("a", grams: 3)])
    }
    #expect(throws: MassRegistryError.badID("")) { try MassRegistry([Self.mass("", grams: 1)]) }
    // Kilograms for grams.
    #expect(throws: (any Error).self) {
      try MassRegistry([
        Self.mass(
          "a", grams: 1000,
          calibrated: .init(conventionalMass: .grams(1), expandedUncertainty: .milligrams(10)))
      ])
    }
    #expect(throws: MassRegistryError.impossibleUncertainty(id: "a")) {
      try MassRegistry([
        Self.mass(
          "a", grams: 1000,
          calibrated: .init(conventionalMass: .grams(1000), expandedUncertainty: .zero))
      ])
    }
  }
}
