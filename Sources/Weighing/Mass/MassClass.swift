/// Classes of weights with their maximum permissible errors (OIML R 111-1:2004, Table 1).
package enum MassClass: String, CaseIterable, Codable, Sendable {
  case e2 = "E2"
  case f1 = "F1"
  case f2 = "F2"
  case m1 = "M1"
  case m2 = "M2"

  /// Nominal values from 1 g to 20 kg that the table holds, grams.
  package static let nominalGrams: [Int64] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000,
  ]

  /// One column of the table, micrograms, in the order of `nominalGrams`.
  private var column: [Int64] {
    switch self {
    case .e2:
      [30, 40, 50, 60, 80, 100, 160, 300, 800, 1600, 3000, 8000, 16_000, 30_000]
    case .f1:
      [100, 120, 160, 200, 250, 300, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000]
    case .f2:
      [300, 400, 500, 600, 800, 1000, 1600, 3000, 8000, 16_000, 30_000, 80_000, 160_000, 300_000]
    case .m1:
      [
        1000, 1200, 1600, 2000, 2500, 3000, 5000, 10_000, 25_000, 50_000, 100_000, 250_000,
        500_000, 1_000_000,
      ]
    case .m2:
      [
        3000, 4000, 5000, 6000, 8000, 10_000, 16_000, 30_000, 80_000, 160_000, 300_000, 800_000,
        1_600_000, 3_000_000,
      ]
    }
  }

  /// The maximum permissible error of a weight, without sign; nil for a nominal value that the
  /// table does not hold.
  package func permissibleError(nominal: ExactMass) -> ExactMass? {
    let index = Self.nominalGrams.firstIndex { ExactMass.grams($0) == nominal }
    return index.map { ExactMass(micrograms: column[$0]) }
  }
}
