import Glibc

/// The rows of uncertainty budgets (EURAMET cg-18, 4.0, clause 7) that a session's loads give.
struct BudgetRows {
  private let resolution: Double
  /// Standard deviation of repeated readings, kilograms, and from how many; nil without repeats.
  private let scatter: (deviation: Double, count: Int)?

  init(_ loads: [LoadReading], resolution: Double) {
    self.resolution = resolution
    let groups = SessionResults.byNominal(loads.filter { $0.step.kind == .repeatability })
    // Between two tested loads the greater counts (cg-18, 7.1.1).
    scatter =
      groups.filter { $0.count >= 3 }.map { group in
        let errors = group.map(\.error)
        let mean = errors.reduce(0, +) / Double(errors.count)
        let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ((squares / Double(errors.count - 1)).squareRoot(), errors.count)
      }.max { $0.0 < $1.0 }
  }

  /// Of the error of indication at a load: u²(I) and u²(m_ref).
  func budget(_ load: LoadReading) -> UncertaintyBudget {
    var budget = indication(load.zeroSigma)
    budget.add(.massTolerances(load.step.limits.map { $0 * 1e-6 }))
    budget.add(.buoyancyAfterAdjustment(massTolerance: load.tolerance))
    return budget
  }

  /// Of the difference of two readings of one load: what the masses share drops out.
  func difference(_ load: LoadReading) -> UncertaintyBudget { difference(load.zeroSigma) }

  func difference(_ zeroSigma: Double) -> UncertaintyBudget {
    var budget = indication(zeroSigma)
    for row in indication(zeroSigma).rows { budget.add(row) }
    return budget
  }

  private func indication(_ zeroSigma: Double) -> UncertaintyBudget {
    var budget = UncertaintyBudget(rows: [.roundingAtLoad(interval: resolution)])
    budget.add(
      .init(
        name: "zero", source: "scatter and drift of the empty scale",
        standardUncertainty: zeroSigma))
    if let scatter,
      let row = UncertaintyBudget.Row.repeatability(
        standardDeviation: scatter.deviation, count: scatter.count)
    {
      budget.add(row)
    }
    return budget
  }
}
