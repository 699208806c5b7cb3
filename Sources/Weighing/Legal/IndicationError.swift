/// A reading of a rounding indicator, as the changeover points tell it (OIML R 76-1:2006,
/// A.4.4.3): at load L small masses are added until the indication I goes up by one interval.
package struct Indication: Equatable, Sendable {
  /// The load L.
  package let load: ExactMass
  /// The indication I.
  package let indication: ExactMass
  /// The small masses ΔL at which the indication went up; nil when that was not tried.
  package let added: ExactMass?
  /// The interval d in which the reading was rounded.
  package let step: ExactMass

  package init(load: ExactMass, indication: ExactMass, added: ExactMass?, step: ExactMass) {
    self.load = load
    self.indication = indication
    self.added = added
    self.step = step
  }

  /// The indication before rounding: P = I + e/2 - ΔL; P = I where the indication is finer than a
  /// fifth of the interval e (A.4.4.3 with 3.5.3.2).
  ///
  /// Nil, not determinable, when the indication is coarser and ΔL was not taken.
  package func beforeRounding(interval e: ExactMass) -> ExactMass? {
    if 5 * step <= e { return indication }
    guard let added else { return nil }
    return ExactMass(micrograms: indication.micrograms + step.micrograms / 2 - added.micrograms)
  }

  /// E = P - L; nil when not determinable.
  package func error(interval e: ExactMass) -> ExactMass? {
    beforeRounding(interval: e).map { $0 - load }
  }
}
