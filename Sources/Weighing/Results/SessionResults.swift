/// The tests of R 76 as far as the steps of a session contain them.
package struct SessionResults: Sendable {
  package let tests: [TestResult]
  /// Budgets of the error of indication, by load, ascending.
  package let budgets: [(load: Double, budget: UncertaintyBudget)]

  /// Largest lateness of a zero after the load that it is to show the return of, seconds.
  private static let returnWithin = 60.0

  /// - Parameters:
  ///   - resolution: the mass that one count stands for, kilograms.
  ///   - creeps: what the readings of creep steps did.
  ///   - zeroReturns: what the empty scale read after creep steps less before, kilograms.
  init(
    _ loads: [LoadReading], resolution: Double, creeps: [CreepCurve],
    zeroReturns: [(after: RecordedProcedure.Step, value: Double, sigma: Double)]
  ) {
    let rows = BudgetRows(loads, resolution: resolution)
    budgets = Self.byNominal(loads.filter { $0.step.kind == .linearityUp }).map {
      ($0[0].nominal, rows.budget($0[0]))
    }
    var tests: [TestResult] = []
    let line = loads.filter { $0.step.kind == .linearityUp || $0.step.kind == .linearityDown }
    for group in Self.byNominal(line) {
      tests.append(Self.worst(.weighing, group, rows))
    }
    for group in Self.byNominal(line) where Set(group.map(\.step.kind)).count == 2 {
      let readings = group.map(\.reading.mass)
      tests.append(
        TestResult(
          .hysteresis, load: group[0].nominal,
          value: (readings.max() ?? 0) - (readings.min() ?? 0),
          budget: rows.difference(group[0])))
    }
    tests += Self.repeats(loads, rows)
    for group in Self.byNominal(loads.filter { $0.step.kind == .eccentricity }) {
      tests.append(Self.worst(.eccentricity, group, rows))
    }
    tests += creeps.map { creep in
      TestResult(
        .creep, load: creep.load, value: creep.largest, budget: rows.difference(creep.sigma),
        note: creep.note, duration: creep.duration)
    }
    tests += zeroReturns.map { zero in
      let duration = zero.after.end - zero.after.start
      return TestResult(
        .zeroReturn, load: zero.after.nominal.reduce(0, +), value: zero.value,
        budget: rows.difference(zero.sigma),
        note: "after \(Int((duration / 60).rounded())) min under load", duration: duration)
    }
    self.tests = tests
  }

  /// Repeated readings of one load: greatest less least.
  private static func repeats(_ loads: [LoadReading], _ rows: BudgetRows) -> [TestResult] {
    byNominal(loads.filter { $0.step.kind == .repeatability }).compactMap { group in
      guard group.count >= 3 else { return nil }
      let readings = group.map(\.reading.mass)
      return TestResult(
        .repeatability, load: group[0].nominal,
        value: (readings.max() ?? 0) - (readings.min() ?? 0),
        budget: rows.difference(group[0]), note: "\(group.count) placings")
    }
  }

  /// The reading of a group that is furthest off.
  private static func worst(
    _ test: ScaleTest, _ group: [LoadReading], _ rows: BudgetRows
  ) -> TestResult {
    let worst = group.max { abs($0.error) < abs($1.error) } ?? group[0]
    return TestResult(
      test, load: worst.nominal, value: worst.error, budget: rows.budget(worst),
      note: group.count > 1 ? "the worst of \(group.count) placings" : nil)
  }

  /// Loads of equal nominal mass together, ascending.
  static func byNominal(_ loads: [LoadReading]) -> [[LoadReading]] {
    Dictionary(grouping: loads, by: \.nominal).sorted { $0.key < $1.key }.map(\.value)
  }
}
