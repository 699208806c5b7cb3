/// A unit of mass that scales indicate in.
package enum ScaleUnit: String, CaseIterable, Sendable {
  case milligram = "mg"
  case gram = "g"
  case kilogram = "kg"
  case carat = "ct"
  /// Differs between countries: 37.5 g to 37.8 g, so no mass follows from it.
  case tael
  case grain = "gr"
  case pennyweight = "dwt"
  case tonne = "t"
  case shortTon = "ton"
  case troyOunce = "ozt"
  case ounce = "oz"
  case pound = "lb"

  /// Exact by definition (NIST SP 811, appendix B.8; the metric carat: CGPM 1907); nil for taels.
  package var kilograms: Double? {
    switch self {
    case .milligram: 1e-6
    case .gram: 1e-3
    case .kilogram: 1
    case .carat: 2e-4
    case .tael: nil
    case .grain: 64.79891e-6
    case .pennyweight: 1.55517384e-3
    case .tonne: 1000
    case .shortTon: 907.18474
    case .troyOunce: 31.1034768e-3
    case .ounce: 28.349523125e-3
    case .pound: 0.45359237
    }
  }

  /// The unit that scales write so, in any case: also `lbs`, `oz.t`.
  package init?(symbol: some StringProtocol) {
    switch symbol.lowercased() {
    case "lbs": self = .pound
    case "oz.t", "toz", "oz_t": self = .troyOunce
    case "tn": self = .shortTon
    case "gn": self = .grain
    case let text:
      guard text != "tael", let unit = ScaleUnit(rawValue: text) else { return nil }
      self = unit
    }
  }
}
