/// What a session says about one test of a scale, before it is held against any limit.
package struct TestResult: Sendable {
  package let test: ScaleTest
  /// Kilograms.
  package let load: Double
  /// The worst that was found, kilograms, with its sign where it has one; nil where the session
  /// cannot tell.
  package let value: Double?
  package let budget: UncertaintyBudget
  /// What the value rests on, or what is missing for one.
  package let note: String?
  /// How long the load lay, seconds; for creep and zero return.
  package let duration: Double?
  /// Nominal mass that was put on beside the load, kilograms; for discrimination.
  package let added: Double?

  package init(
    _ test: ScaleTest, load: Double, value: Double?, budget: UncertaintyBudget = .init(),
    note: String? = nil, duration: Double? = nil, added: Double? = nil
  ) {
    self.test = test
    self.load = load
    self.value = value
    self.budget = budget
    self.note = note
    self.duration = duration
    self.added = added
  }
}
