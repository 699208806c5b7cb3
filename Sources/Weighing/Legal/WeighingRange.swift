/// A partial weighing range: up to `capacity` (inclusive) with interval `interval`.
package struct WeighingRange: Equatable, Sendable {
  /// Max of the range.
  package let capacity: ExactMass
  /// Verification scale interval e.
  package let interval: ExactMass

  package init(capacity: ExactMass, interval: ExactMass) {
    self.capacity = capacity
    self.interval = interval
  }
}

extension ExactMass {
  /// True for 1, 2 or 5 times a power of ten, the form of scale intervals (R 76-1:2006, 4.2.2.1).
  var hasFormOfAnInterval: Bool {
    guard micrograms > 0 else { return false }
    var number = micrograms
    while number % 10 == 0 { number /= 10 }
    return number == 1 || number == 2 || number == 5
  }
}
