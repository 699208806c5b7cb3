/// The accuracy classes of non-automatic weighing instruments (OIML R 76-1:2006, 3.1.1).
package enum AccuracyClass: String, CaseIterable, Codable, Sendable {
  case special = "I"
  case high = "II"
  case medium = "III"
  case ordinary = "IIII"

  /// What Table 3 allows for a verification scale interval.
  package struct Bounds: Equatable, Sendable {
    /// Fewest and most verification scale intervals, n = Max / e.
    package let intervals: ClosedRange<Int64>
    /// Min in verification scale intervals.
    package let minimumInIntervals: Int64
  }

  /// The row of Table 3 (OIML R 76-1:2006, 3.2) for an interval e; nil when the class does not
  /// allow that e. Class I has no upper bound of n.
  package func bounds(interval e: ExactMass) -> Bounds? {
    func row(_ least: Int64, _ most: Int64, _ minimum: Int64) -> Bounds {
      Bounds(intervals: least...most, minimumInIntervals: minimum)
    }
    switch self {
    case .special: return e >= .milligrams(1) ? row(50_000, .max, 100) : nil
    case .high:
      if e >= .milligrams(1), e <= .milligrams(50) { return row(100, 100_000, 20) }
      return e >= .milligrams(100) ? row(5000, 100_000, 50) : nil
    case .medium:
      if e >= .milligrams(100), e <= .grams(2) { return row(100, 10_000, 20) }
      return e >= .grams(5) ? row(500, 10_000, 20) : nil
    case .ordinary: return e >= .grams(5) ? row(100, 1000, 10) : nil
    }
  }

  /// Up to how many intervals the limits of half an interval and of a whole one reach, inclusive
  /// (OIML R 76-1:2006, 3.5.1, Table 6).
  package var steps: (half: Int64, whole: Int64) {
    switch self {
    case .special: (50_000, 200_000)
    case .high: (5000, 20_000)
    case .medium: (500, 2000)
    case .ordinary: (50, 200)
    }
  }

  /// The maximum permissible error on initial verification, in half intervals: 1, 2 or 3.
  func halfIntervals(load: ExactMass, interval e: ExactMass) -> Int64 {
    let load = load.magnitude
    if load <= steps.half * e { return 1 }
    return load <= steps.whole * e ? 2 : 3
  }

  /// True when the class allows an actual scale interval d smaller than e (3.4.2).
  package var allowsFinerIndication: Bool { self == .special || self == .high }
}
