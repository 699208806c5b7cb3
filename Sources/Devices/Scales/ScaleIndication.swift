/// What a scale that weighs by itself shows.
package struct ScaleIndication: Equatable, Sendable {
  /// In its own unit; nil where it shows none, or none that can be believed.
  package let value: Double?
  /// Nil where the protocol does not say it.
  package let unit: ScaleUnit?
  package let status: ScaleStatus

  package init(value: Double?, unit: ScaleUnit?, status: ScaleStatus) {
    self.value = value
    self.unit = unit
    self.status = status
  }

  /// Kilograms; nil without a value, and in a unit that has no one size.
  package var mass: Double? {
    guard let value, let size = unit?.kilograms else { return nil }
    return value * size
  }
}
