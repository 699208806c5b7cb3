/// The factor k by which a standard uncertainty becomes an expanded one of 95.45 % coverage.
package enum CoverageFactor {
  /// Degrees of freedom and k = t(95.45 %) (EURAMET cg-18, 4.0; GUM, JCGM 100:2008, Table G.2).
  package static let table: [(degreesOfFreedom: Int, factor: Double)] = [
    (1, 13.97), (2, 4.53), (3, 3.31), (4, 2.87), (5, 2.65), (6, 2.52), (7, 2.43), (8, 2.37),
    (10, 2.28), (12, 2.23), (14, 2.20), (16, 2.17), (18, 2.15), (20, 2.13), (25, 2.11),
    (30, 2.09), (35, 2.07), (40, 2.06), (50, 2.05), (100, 2.025),
  ]

  /// k for effective degrees of freedom, taken at the next lower value of the table, the side that
  /// never understates (GUM G.4.1 truncates likewise); 2 for infinitely many, nil below 1 and
  /// for NaN: then k would mean nothing, and repeats are needed.
  package static func factor(effectiveDegreesOfFreedom nu: Double) -> Double? {
    guard nu >= 1 else { return nil }
    if nu == .infinity { return 2 }
    return table.last { Double($0.degreesOfFreedom) <= nu }?.factor
  }
}
