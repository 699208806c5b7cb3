import Glibc

/// The rows of uncertainty budgets (EURAMET cg-18, 4.0, clause 7) that a session's loads give.
struct BudgetRows {
  private let resolution: Double
  /// Standard deviation of repeated readings, kilograms, and from how many; nil without repeats.
  private let scatter: (deviation: Double, count: Int)?
  /// The greatest error in a corner, and of what load, kilograms; nil without corners.
  private let corner: (error: Double, load: Double)?

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
    corner = loads.filter { $0.step.kind == .eccentricity }.map { (abs($0.error), $0.nominal) }
      .max { $0.0 / $0.1 < $1.0 / $1.1 }
  }

  /// Of the error of indication at a load: u²(I) and u²(m_ref).
  func budget(_ load: LoadReading) -> UncertaintyBudget {
    var budget = indication(load.zeroSigma)
    // One body lies in the middle, several cannot (cg-18, 7.1.1).
    if load.step.nominal.count > 1, load.step.kind != .eccentricity, let corner,
      let row = UncertaintyBudget.Row.eccentricity(
        difference: corner.error, testLoad: corner.load, reading: load.nominal)
    {
      budget.add(row)
    }
    for row in Self.rows(of: load.masses) { budget.add(row) }
    return budget
  }

  /// Of the masses of a load, u²(m_ref).
  private static func rows(of masses: LoadMasses) -> [UncertaintyBudget.Row] {
    var rows: [UncertaintyBudget.Row] = []
    if !masses.tolerances.isEmpty { rows.append(.massTolerances(masses.tolerances)) }
    if !masses.certificates.isEmpty {
      rows.append(.massCertificates(masses.certificates))
      rows.append(.massDrift(masses.certificates.map(\.expanded)))
    }
    return rows + [.buoyancyAfterAdjustment(massTolerance: masses.limits.reduce(0, +))]
  }

  /// Of what a reading changes by when masses are put on beside a load that is not lifted: zero,
  /// model and the load's own masses drop out.
  func addition(_ before: LoadReading, _ after: LoadReading) -> UncertaintyBudget {
    let added = after.masses.limits.dropFirst(before.masses.limits.count)
    let noise = (before.noise * before.noise + after.noise * after.noise).squareRoot()
    return UncertaintyBudget(rows: [
      .roundingAtLoad(interval: resolution), .roundingAtLoad(interval: resolution),
      .init(
        name: "noise", source: "scatter of the samples of both readings",
        standardUncertainty: noise),
      .massTolerances(Array(added)),
    ])
  }

  /// Of the difference of two readings of one load: what the masses share drops out.
  func difference(_ load: LoadReading) -> UncertaintyBudget { difference(load.zeroSigma) }

  func difference(_ zeroSigma: Double) -> UncertaintyBudget {
    var budget = indication(zeroSigma)
    for row in indication(zeroSigma).rows { budget.add(row) }
    return budget
  }

  private func indication(_ zeroSigma: Double) -> UncertaintyBudget {
    var budget = UncertaintyBudget(rows: [
      .roundingAtZero(interval: resolution), .roundingAtLoad(interval: resolution),
    ])
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
