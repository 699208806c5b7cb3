/// A scale as legal metrology describes it: class, capacity, intervals, one range or several.
///
///     let scale = try LegalScale(
///       accuracyClass: .medium,
///       ranges: [WeighingRange(capacity: .kilograms(30), interval: .grams(5))])
///     scale.permissibleError(load: .kilograms(15), when: .initialVerification)   // 7.5 g
///
/// OIML R 76-1:2006; results are evaluated against it, which is no verification.
package struct LegalScale: Equatable, Sendable {
  package let accuracyClass: AccuracyClass
  /// Partial ranges of a multi-interval scale, or the one range, from small to large.
  package let ranges: [WeighingRange]
  /// Actual scale interval d of the first range, which may be finer than e in classes I and II.
  package let displayInterval: ExactMass
  /// Min.
  package let minimum: ExactMass

  /// When a scale is held against limits (R 76-1:2006, 3.5.1 and 3.5.2).
  package enum Occasion: String, CaseIterable, Codable, Sendable {
    case initialVerification = "initial"
    /// Twice the limits of initial verification.
    case inService = "in_service"
  }

  /// A scale with intervals e (and d for the first range, e where not given).
  ///
  /// Throws when the class does not allow it (R 76-1:2006, 3.2 to 3.4): that is then a mistake of
  /// the rig, and no verdict would mean anything.
  package init(
    accuracyClass: AccuracyClass, ranges: [WeighingRange], displayInterval: ExactMass? = nil
  ) throws(LegalScaleError) {
    guard let first = ranges.first else { throw .noRange }
    var below: WeighingRange?
    for range in ranges {
      guard range.interval.hasFormOfAnInterval else { throw .notAnInterval(range.interval) }
      guard range.capacity > .zero, range.capacity.micrograms <= ExactMass.largest else {
        throw .impossibleCapacity(range.capacity)
      }
      guard let bounds = accuracyClass.bounds(interval: range.interval) else {
        throw .intervalOutsideClass(range.interval, accuracyClass)
      }
      // 3.3.2 counts partial ranges by their own Max and e; Max need not be a multiple of e.
      guard range.capacity >= bounds.intervals.lowerBound * range.interval,
        bounds.intervals.upperBound == .max
          || range.capacity <= bounds.intervals.upperBound * range.interval
      else {
        throw .wrongNumberOfIntervals(range, accuracyClass, allowed: bounds.intervals)
      }
      if let below {
        guard range.capacity > below.capacity, range.interval > below.interval else {
          throw .rangesOutOfOrder(below, range)
        }
      }
      below = range
    }
    let display = displayInterval ?? first.interval
    guard display.hasFormOfAnInterval else { throw .notAnInterval(display) }
    guard
      display == first.interval
        || (accuracyClass.allowsFinerIndication && ranges.count == 1 && display < first.interval
          && first.interval <= 10 * display)
    else { throw .displayIntervalNotAllowed(display, first.interval, accuracyClass) }
    self.accuracyClass = accuracyClass
    self.ranges = ranges
    self.displayInterval = display
    minimum =
      (accuracyClass.bounds(interval: first.interval)?.minimumInIntervals ?? 0) * first.interval
  }

  /// Max.
  package var capacity: ExactMass { ranges[ranges.count - 1].capacity }

  /// The interval e that belongs to a load: of the partial range with Max(i-1) < load <= Max(i)
  /// (R 76-1:2006, 3.3); of the last one beyond Max.
  package func interval(load: ExactMass) -> ExactMass {
    let range = ranges.first { load.magnitude <= $0.capacity } ?? ranges[ranges.count - 1]
    return range.interval
  }

  /// The maximum permissible error of a load, without sign (R 76-1:2006, 3.5.1, 3.5.2, Table 6).
  package func permissibleError(load: ExactMass, when occasion: Occasion) -> ExactMass {
    let e = interval(load: load)
    let halves = accuracyClass.halfIntervals(load: load, interval: e)
    // Exact: an interval has the form 1, 2 or 5 times a power of ten and is 1 mg or more.
    let initial = ExactMass(micrograms: halves * e.micrograms / 2)
    return occasion == .initialVerification ? initial : 2 * initial
  }

  /// The reading of a scale with interval e: the nearest multiple, halves away from zero. The
  /// interval is that of the mass before rounding.
  package func rounded(_ mass: ExactMass) -> ExactMass {
    let d = ranges.count == 1 ? displayInterval.micrograms : interval(load: mass).micrograms
    let half = mass.micrograms < 0 ? -(d / 2) : d / 2
    return ExactMass(micrograms: (mass.micrograms + half) / d * d)
  }

  /// The load for eccentricity tests on scales with `supports` points of support: Max/3 for up to
  /// four, Max/(n - 1) beyond (R 76-1:2006, 3.6.2.1 and 3.6.2.2), additive tare not counted in.
  package func eccentricityLoad(supports: Int) -> ExactMass {
    ExactMass(micrograms: capacity.micrograms / (supports <= 4 ? 3 : Int64(supports) - 1))
  }
}
