/// A mass, or a difference of masses, in whole micrograms, so that limits compare exactly: an error
/// of 7.5 g against a limit of 7.5 g passes, whatever way the two were computed.
package struct ExactMass: Hashable, Comparable, Sendable {
  package let micrograms: Int64

  /// A hundred tonnes; sums and small multiples of such masses fit 64 bits by far.
  static let largest: Int64 = 100_000_000_000_000

  package init(micrograms: Int64) { self.micrograms = micrograms }

  /// The whole number of micrograms nearest to a mass in grams; nil beyond 100 t and for NaN.
  package init?(grams: Double) {
    let micrograms = (grams * 1e6).rounded()
    guard abs(micrograms) <= Double(Self.largest) else { return nil }
    self.micrograms = Int64(micrograms)
  }

  /// The whole number of micrograms nearest to a mass in kilograms; nil beyond 100 t and for NaN.
  package init?(kilograms: Double) { self.init(grams: kilograms * 1000) }

  package static let zero = ExactMass(micrograms: 0)
  package static func grams(_ grams: Int64) -> ExactMass {
    ExactMass(micrograms: grams * 1_000_000)
  }
  package static func kilograms(_ kilograms: Int64) -> ExactMass { .grams(kilograms * 1000) }
  package static func milligrams(_ milligrams: Int64) -> ExactMass {
    ExactMass(micrograms: milligrams * 1000)
  }

  package var grams: Double { Double(micrograms) / 1e6 }
  package var kilograms: Double { Double(micrograms) / 1e9 }
  package var magnitude: ExactMass { ExactMass(micrograms: abs(micrograms)) }

  package static func + (a: ExactMass, b: ExactMass) -> ExactMass {
    ExactMass(micrograms: a.micrograms + b.micrograms)
  }
  package static func - (a: ExactMass, b: ExactMass) -> ExactMass {
    ExactMass(micrograms: a.micrograms - b.micrograms)
  }
  package static func * (factor: Int64, mass: ExactMass) -> ExactMass {
    ExactMass(micrograms: factor * mass.micrograms)
  }
  package static func < (a: ExactMass, b: ExactMass) -> Bool { a.micrograms < b.micrograms }
}

extension ExactMass: CustomStringConvertible {
  /// In grams or kilograms without trailing zeros: `7.5 g`, `30 kg`.
  package var description: String {
    micrograms.magnitude >= 1_000_000_000
      ? "\(Self.decimal(micrograms, places: 9)) kg" : "\(Self.decimal(micrograms, places: 6)) g"
  }

  private static func decimal(_ number: Int64, places: Int) -> String {
    var digits = String(number.magnitude)
    digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = digits.dropLast(places)
    return (number < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
