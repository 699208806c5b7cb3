import Documents
import Measurements
import Testing

@testable import Weighing

/// Registries of masses as people write them.
struct MassRegistryReadingTests {
  private static let whole = """
    schema: cartcal.masses/1
    masses:
      - {id: M1-20, nominal_g: 20000, class: M1, certificate: "K 17", due: 2027-05-31}
      - id: F1-5
        nominal_g: 5000
        class: F1
        certificate: K 18
        due: 2028-02-29
        conventional_mass_g: 5000.0123
        expanded_uncertainty_g: 0.008
        coverage_factor: 2.1
    """

  private func read(_ text: String) throws(MassFileError) -> MassRegistry {
    try MassRegistry.read(Array(text.utf8), file: "m.yaml")
  }

  @Test func everyKeyIsRead() throws {
    let registry = try read(Self.whole)
    let plain = try #require(registry["M1-20"])
    #expect(plain.nominal == .kilograms(20) && plain.massClass == .m1 && plain.calibrated == nil)
    #expect(plain.certificate == "K 17")
    #expect(plain.due.description == "2027-05-31T23:59:59Z", "the whole of the last day counts")
    let known = try #require(registry["F1-5"]?.calibrated)
    #expect(known.conventionalMass == ExactMass(micrograms: 5_000_012_300))
    #expect(known.expandedUncertainty == .milligrams(8) && known.coverageFactor == 2.1)
  }

  @Test(arguments: [
    ("cartcal.masses/1", "cartcal.rig/1", "no registry"),
    ("id: F1-5", "id: M1-20", "twice"),
    ("id: F1-5", "id: \"\"", "m.yaml"),
    ("nominal_g: 20000", "nominal_kg: 20", "Did you mean \"nominal_g\"?"),
    ("nominal_g: 20000", "nominal_g: 20 kg", "a nominal mass in grams"),
    ("nominal_g: 20000", "nominal_g: 3000", "which no weight of OIML R 111"),
    ("nominal_g: 20000", "nominal_g: -1", "cannot be right"),
    ("nominal_g: 20000", "nominal_g: .nan", "was expected"),
    ("class: M1", "class: M9", "Write one of E2, F1, F2, M1, M2"),
    ("2027-05-31", "2027-02-30", "2027-02-30 is no date"),
    ("2027-05-31", "31.5.2027", "is no date"),
    ("2027-05-31", "0207-05-31", "Write a year from 2000 to 2099"),
    ("conventional_mass_g: 5000.0123", "conventional_mass_g: 5.0000123", "far from its nominal"),
    ("conventional_mass_g: 5000.0123", "", "an uncertainty without a value"),
    ("expanded_uncertainty_g: 0.008", "expanded_uncertainty_g: 0", "cannot be right"),
    ("coverage_factor: 2.1", "coverage_factor: 0.5", "cannot be right"),
  ])
  func whatIsWrongIsNamed(old: String, new: String, words: String) throws {
    let text = Self.whole.replacing(old, with: new)
    #expect(text != Self.whole)
    let error = #expect(throws: MassFileError.self) { try read(text) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.hasPrefix("m.yaml"), "\(message)")
    #expect(message.contains(words), "\(message)")
  }

  /// Bytes at random places: a registry or an error, never a crash.
  @Test func everyDamageEndsWithARegistryOrAnError() {
    let bytes = Array(Self.whole.utf8)
    var random = SeededNormal(seed: 5)
    var refused = 0
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int(random.uniform() * Double(bytes.count))] = UInt8(32 + random.uniform() * 90)
      }
      do throws(MassFileError) {
        _ = try MassRegistry.read(damaged, file: "m")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 500)
  }
}
