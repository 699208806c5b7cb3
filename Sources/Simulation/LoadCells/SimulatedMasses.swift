/// Reference masses of one class, with the errors they truly have.
package struct SimulatedMasses: Sendable {
  /// Kilograms, and the limits of class M1 (OIML R 111-1:2004, Table 1), milligrams.
  package static let nominal = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20]
  package static let limits = [5.0, 10, 25, 50, 100, 250, 500, 1000]

  /// True masses, kilograms, in the order of `nominal`.
  package private(set) var masses: [Double]

  /// Anything within the class is as likely.
  init(_ numbers: inout SeededNumbers, faults: [ScaleFault]) {
    masses = zip(Self.nominal, Self.limits).map { $0 + 1e-6 * $1 * numbers.uniform(-1, 1) }
    for case .wrongMass(let nominal, let part) in faults {
      guard let place = Self.nominal.firstIndex(of: nominal) else { continue }
      masses[place] += nominal * part
    }
  }

  func mass(of nominal: Double) -> Double {
    Self.nominal.firstIndex(of: nominal).map { masses[$0] } ?? nominal
  }

  static func limit(of nominal: Double) -> Double {
    Self.nominal.firstIndex(of: nominal).map { limits[$0] } ?? nominal * 50
  }
}
