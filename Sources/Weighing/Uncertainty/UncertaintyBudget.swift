/// An uncertainty budget: rows that add up to the uncertainty of one result
/// (GUM, JCGM 100:2008, clauses 5 and 6; EURAMET cg-18, clause 7).
package struct UncertaintyBudget: Equatable, Sendable {
  /// One influence.
  package struct Row: Equatable, Sendable {
    /// Stable word, for example `repeatability`.
    package let name: String
    /// How its size was found, with clause where there is one.
    package let source: String
    /// Standard uncertainty in the unit of the result, sensitivity included.
    package let standardUncertainty: Double
    /// Infinite where the size is known, not estimated from repeats.
    package let degreesOfFreedom: Double

    package init(
      name: String, source: String, standardUncertainty: Double,
      degreesOfFreedom: Double = .infinity
    ) {
      self.name = name
      self.source = source
      self.standardUncertainty = standardUncertainty
      self.degreesOfFreedom = degreesOfFreedom
    }
  }

  package private(set) var rows: [Row] = []

  package init(rows: [Row] = []) { self.rows = rows }

  package mutating func add(_ row: Row) { rows.append(row) }

  /// The root of the sum of squares (GUM 5.1.2, independent influences).
  package var combined: Double {
    rows.reduce(0) { $0 + $1.standardUncertainty * $1.standardUncertainty }.squareRoot()
  }

  /// Welch and Satterthwaite's formula, u⁴ over the sum of uᵢ⁴/νᵢ (GUM G.4.1, equation G.2b);
  /// infinite where no row has finitely many or all are zero.
  package var effectiveDegreesOfFreedom: Double {
    let total = combined
    guard total > 0 else { return .infinity }
    // Of ratios, so that no fourth power falls out of the range of numbers.
    let sum = rows.reduce(0) { sum, row in
      let square = row.standardUncertainty / total * (row.standardUncertainty / total)
      return sum + square * square / row.degreesOfFreedom
    }
    return sum > 0 ? 1 / sum : .infinity
  }

  /// k, nil below one effective degree of freedom.
  package var coverageFactor: Double? {
    CoverageFactor.factor(effectiveDegreesOfFreedom: effectiveDegreesOfFreedom)
  }

  /// U = k u; nil below one effective degree of freedom.
  package var expanded: Double? { coverageFactor.map { $0 * combined } }
}
