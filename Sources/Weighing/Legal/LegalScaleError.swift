/// Why a scale is none that OIML R 76-1 knows.
package enum LegalScaleError: Error, Equatable {
  case noRange
  case notAnInterval(ExactMass)
  case impossibleCapacity(ExactMass)
  case intervalOutsideClass(ExactMass, AccuracyClass)
  case wrongNumberOfIntervals(WeighingRange, AccuracyClass, allowed: ClosedRange<Int64>)
  case rangesOutOfOrder(WeighingRange, WeighingRange)
  case displayIntervalNotAllowed(ExactMass, ExactMass, AccuracyClass)
}

extension LegalScaleError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRange: return "The scale has no weighing range. Give Max and e."
    case .notAnInterval(let e):
      return "An interval of \(e) is not 1, 2 or 5 times a power of ten (OIML R 76-1, 4.2.2.1). "
        + "Give an interval of that form, as on the scale's plate."
    case .impossibleCapacity(let capacity):
      return "A Max of \(capacity) is not possible. Give Max as on the scale's plate."
    case .intervalOutsideClass(let e, let accuracyClass):
      return "Class \(accuracyClass.rawValue) allows no interval e of \(e) (OIML R 76-1, Table 3). "
        + "Check e and the class on the scale's plate."
    case .wrongNumberOfIntervals(let range, let accuracyClass, let allowed):
      let bound =
        allowed.upperBound == .max
        ? "at least \(allowed.lowerBound)" : "\(allowed.lowerBound) to \(allowed.upperBound)"
      return "Max \(range.capacity) with e = \(range.interval) is "
        + "\(range.capacity.micrograms / range.interval.micrograms) intervals, but class "
        + "\(accuracyClass.rawValue) has \(bound) (OIML R 76-1, Table 3). "
        + "Check Max, e and the class on the scale's plate."
    case .rangesOutOfOrder(let below, let above):
      return "The range to \(above.capacity) with e = \(above.interval) does not follow the one to "
        + "\(below.capacity) with e = \(below.interval). Give ranges with growing Max and e."
    case .displayIntervalNotAllowed(let d, let e, let accuracyClass):
      return "An indication in steps of \(d) with e = \(e) is not allowed in class "
        + "\(accuracyClass.rawValue) (OIML R 76-1, 3.4). Give d = e; only one-range scales of "
        + "classes I and II may have e up to 10 d."
    }
  }
}
