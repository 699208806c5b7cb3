import Testing

@testable import Weighing

struct MassClassTests {
  /// OIML R 111-1, Table 1, milligrams as printed there.
  static let table: [(Int64, [String])] = [
    (1, ["0.03", "0.10", "0.3", "1.0", "3.0"]), (2, ["0.04", "0.12", "0.4", "1.2", "4.0"]),
    (5, ["0.05", "0.16", "0.5", "1.6", "5.0"]), (10, ["0.06", "0.20", "0.6", "2.0", "6.0"]),
    (20, ["0.08", "0.25", "0.8", "2.5", "8.0"]), (50, ["0.10", "0.3", "1.0", "3.0", "10"]),
    (100, ["0.16", "0.5", "1.6", "5.0", "16"]), (200, ["0.3", "1.0", "3.0", "10", "30"]),
    (500, ["0.8", "2.5", "8.0", "25", "80"]), (1000, ["1.6", "5.0", "16", "50", "160"]),
    (2000, ["3.0", "10", "30", "100", "300"]), (5000, ["8.0", "25", "80", "250", "800"]),
    (10_000, ["16", "50", "160", "500", "1600"]), (20_000, ["30", "100", "300", "1000", "3000"]),
  ]

  @Test func theWholeTable() throws {
    for (grams, row) in Self.table {
      for (massClass, text) in zip(MassClass.allCases, row) {
        let milligrams = try #require(Double(text))
        #expect(
          massClass.permissibleError(nominal: .grams(grams)) == ExactMass(grams: milligrams / 1000))
      }
    }
    #expect(MassClass.m1.permissibleError(nominal: .grams(3)) == nil)
    #expect(MassClass.m1.permissibleError(nominal: .kilograms(50)) == nil)
  }
}
