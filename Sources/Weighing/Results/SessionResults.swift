/// The tests of R 76 as far as the steps of a session contain them.
package struct SessionResults: Sendable {
  package let tests: [TestResult]
  /// Budgets of the error of indication, by load, ascending.
  package let budgets: [(load: Double, budget: UncertaintyBudget)]
  private let rows: BudgetRows

  /// A load that stays so long, seconds, counts as the half hour of the test: settling is left out.
  private static let longCreep = 29.0 * 60

  /// - Parameters:
  ///   - resolution: the mass that one count stands for, kilograms.
  ///   - creeps: what the readings of creep steps did.
  ///   - zeroReturns: what the empty scale read after creep steps less before, kilograms.
  init(
    _ loads: [LoadReading], resolution: Double, creeps: [CreepCurve],
    zeroReturns: [(after: RecordedProcedure.Step, value: Double, sigma: Double)]
  ) {
    let rows = BudgetRows(loads, resolution: resolution)
    self.rows = rows
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
    tests += Self.discrimination(loads, rows)
    tests += creeps.map { creep in
      TestResult(
        .creep, load: creep.load, value: creep.largest, budget: rows.difference(creep.sigma),
        note: creep.note, duration: creep.duration)
    }
    tests += creeps.compactMap { creep in
      creep.change(from: 15 * 60, to: creep.duration).flatMap { change in
        guard creep.duration >= Self.longCreep else { return nil }
        return TestResult(
          .lateCreep, load: creep.load, value: change, budget: rows.difference(creep.sigma),
          note: "from 15 min on", duration: creep.duration)
      }
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

  /// The uncertainty of the error of one load.
  package func budget(_ load: LoadReading) -> UncertaintyBudget { rows.budget(load) }

  /// The tests that a scale is evaluated by and the session has no steps for, each with why; and
  /// those that its type has passed and no session contains.
  package func missing(_ spec: ScaleSpec) -> [TestResult] {
    guard let scale = spec.legal else { return [] }
    let wanted: [(ScaleTest, String)] = [
      (.weighing, "the session has no steps of kind linearity_up or linearity_down"),
      (.hysteresis, "no load was weighed on the way up and on the way down"),
      (.repeatability, "no load was placed three times in steps of kind repeatability"),
      (.eccentricity, "the session has no steps of kind eccentricity"),
      (
        .discrimination,
        "1.4 d was not added to a load in steps of kind discrimination"
          + (scale.discriminationLoad(load: scale.capacity).map { ", here \($0)" } ?? "")
      ),
      (.creep, "no load stayed in a step of kind creep"),
      (.zeroReturn, "no empty scale follows a step of kind creep"),
    ]
    let missing = wanted.filter { test, _ in !tests.contains { $0.test == test } }
    let ofType = spec.typeTests.map(\.test).filter { test in
      [.zeroSetting, .temperatureAtNoLoad].contains(test)
    }
    return missing.map { test, why in
      TestResult(test, load: scale.capacity.kilograms, value: nil, note: why)
    } + ofType.map { TestResult($0, load: 0, value: nil, note: "not tested on each cart") }
  }

  /// What does not show of masses put on beside a load: they must change the indication by d or more
  /// where they are 1.4 d (3.8.2.2). A scale without steps of indication shows how much by itself;
  /// with steps that is the change between the two points where they turn over (A.4.8.2).
  private static func discrimination(
    _ loads: [LoadReading], _ rows: BudgetRows
  ) -> [TestResult] {
    zip(loads, loads.dropFirst()).compactMap { before, after in
      let masses = before.step.nominal
      guard before.step.kind == .discrimination, after.step.kind == .discrimination,
        after.step.group == before.step.group, after.step.nominal.count > masses.count,
        Array(after.step.nominal.prefix(masses.count)) == masses
      else { return nil }
      let change = after.reading.mass - before.reading.mass
      let nominal = after.step.nominal.dropFirst(masses.count).reduce(0, +)
      return TestResult(
        .discrimination, load: before.nominal, value: after.known - before.known - change,
        budget: rows.addition(before, after),
        note: "\(Words.grams(nominal)) put on beside it showed as "
          + "\(change < 0 ? "less than nothing" : Words.grams(change))", added: nominal)
    }
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
