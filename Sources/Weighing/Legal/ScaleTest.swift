/// The tests of a scale and their limits (OIML R 76-1:2006), on initial verification or in
/// service where a limit follows the maximum permissible error.
package enum ScaleTest: String, CaseIterable, Codable, Sendable {
  case weighing, hysteresis, eccentricity, repeatability, discrimination, creep
  /// From 15 to 30 minutes under load.
  case lateCreep = "late_creep"
  case zeroReturn = "zero_return"
  case zeroSetting = "zero_setting"
  case temperatureAtNoLoad = "temperature_at_no_load"

  /// The clause of R 76-1:2006 that the limit stands in.
  package var clause: String {
    switch self {
    case .weighing: "3.5.1"
    case .eccentricity: "3.6.2"
    // Two weighings of one load, one on the way up and one on the way down.
    case .repeatability, .hysteresis: "3.6.1"
    case .discrimination: "3.8.2.2"
    case .creep, .lateCreep: "3.9.4.1"
    case .zeroReturn: "3.9.4.2"
    case .zeroSetting: "4.5.2"
    case .temperatureAtNoLoad: "3.9.2.3"
    }
  }
}

extension LegalScale {
  /// The largest spread (greatest less least reading) of repeated weighings of one load: the
  /// magnitude of its maximum permissible error (3.6.1).
  package func repeatabilityLimit(load: ExactMass, when occasion: Occasion) -> ExactMass {
    permissibleError(load: load, when: occasion)
  }

  /// What must change the indication when put on gently: 1.4 d; nil where d is below 5 mg, which
  /// is not tested (3.8.2.2).
  package func discriminationLoad(load: ExactMass) -> ExactMass? {
    let d = ranges.count == 1 ? displayInterval : interval(load: load)
    return d < .milligrams(5) ? nil : ExactMass(micrograms: 7 * d.micrograms / 5)
  }

  /// What of the discrimination load need not show: 0.4 d, so that the indication changes by d
  /// (3.8.2.2); nil where it is not tested.
  package func discriminationLimit(load: ExactMass) -> ExactMass? {
    discriminationLoad(load: load).map { ExactMass(micrograms: 2 * $0.micrograms / 7) }
  }

  /// Zero-setting accuracy, 0.25 e of the first range (4.5.2).
  package var zeroSettingLimit: ExactMass {
    ExactMass(micrograms: ranges[0].interval.micrograms / 4)
  }

  /// Zero return after half an hour under load, 0.5 e of the first range (3.9.4.2).
  package var zeroReturnLimit: ExactMass {
    ExactMass(micrograms: ranges[0].interval.micrograms / 2)
  }

  /// How far the empty scale may move when the temperature changes by `kelvin`: e for each 5 K
  /// (3.9.2.3, classes II to IIII; class I: each 1 K).
  package func noLoadTemperatureLimit(kelvin: Int64) -> ExactMass {
    let span: Int64 = accuracyClass == .special ? 1 : 5
    return ExactMass(micrograms: abs(kelvin) * ranges[0].interval.micrograms / span)
  }

  /// What creep was seen: changes of the indication near Max after the load came on.
  package struct Creep: Equatable, Sendable {
    /// Largest change within 30 min.
    package let within30Minutes: ExactMass
    /// Change from 15 to 30 min.
    package let from15To30Minutes: ExactMass
    /// Largest change within 4 h, where it was waited for.
    package let within4Hours: ExactMass?

    package init(
      within30Minutes: ExactMass, from15To30Minutes: ExactMass, within4Hours: ExactMass?
    ) {
      self.within30Minutes = within30Minutes
      self.from15To30Minutes = from15To30Minutes
      self.within4Hours = within4Hours
    }
  }

  /// Whether creep at a load is allowed: 0.5 e within 30 min and 0.2 e from 15 to 30 min, or else
  /// the maximum permissible error within 4 h (3.9.4.1). Nil when only 4 h could tell and the test
  /// ended earlier.
  package func allows(_ creep: Creep, load: ExactMass) -> Bool? {
    let e = interval(load: load)
    if 2 * creep.within30Minutes.magnitude <= e, 5 * creep.from15To30Minutes.magnitude <= e {
      return true
    }
    let limit = permissibleError(load: load, when: .initialVerification)
    if creep.within30Minutes.magnitude > limit { return false }
    return creep.within4Hours.map { $0.magnitude <= limit }
  }
}
