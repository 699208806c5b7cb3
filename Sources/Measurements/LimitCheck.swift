/// A number held against a limit.
///
/// Between pass and fail lies a guard band: a number within the limit, but by less than the band,
/// is marginal. That keeps a cart that only just passes from being one that would fail tomorrow.
public struct LimitCheck: Codable, Equatable, Sendable {
  /// On which side of the limit the good numbers lie.
  public enum Bound: String, CaseIterable, Codable, Sendable {
    case atMost = "at_most"
    case atLeast = "at_least"
  }

  /// What was measured: a stable snake_case word, for example `holdout_rms`.
  public let name: String
  /// What it is about, where that is one thing: a camera.
  public let subject: String?
  /// Nil where the data cannot tell.
  public let value: Double?
  public let limit: Double
  public let bound: Bound
  /// The width of the guard band, in the unit of the limit; not negative.
  public let guardBand: Double
  public let unit: CheckUnit
  public let verdict: Verdict

  enum CodingKeys: String, CodingKey {
    case name, subject, value, limit, bound, unit, verdict
    case guardBand = "guard_band"
  }

  /// Holds `value` against `limit`. A value that is not a number is not determined.
  public init(
    name: String, subject: String? = nil, value: Double?, _ bound: Bound, limit: Double,
    guardBand: Double, unit: CheckUnit
  ) {
    let value = value.flatMap { $0.isNaN ? nil : $0 }
    self.name = name
    self.subject = subject
    self.value = value
    self.limit = limit
    self.bound = bound
    self.guardBand = guardBand
    self.unit = unit
    // How far within the limit the value lies.
    let margin = value.map { bound == .atMost ? limit - $0 : $0 - limit }
    verdict =
      switch margin {
      case nil: .notDetermined
      case .some(let margin) where margin < 0: .fail
      case .some(let margin) where margin < guardBand: .marginal
      case .some: .pass
      }
  }
}

/// The unit of a check's numbers.
public enum CheckUnit: String, CaseIterable, Codable, Sendable {
  case pixels = "px"
  case metres = "m"
  case radians = "rad"
  /// A part of a whole, or a ratio.
  case one = "1"
}

extension Verdict {
  /// The verdict of several together: fail if one fails, else not determined if one is, else
  /// marginal if one is. Not asked when none was asked.
  public init(_ verdicts: some Sequence<Verdict>) {
    let all = Set(verdicts)
    let order: [Verdict] = [.fail, .notDetermined, .marginal, .pass]
    self = order.first { all.contains($0) } ?? .notAsked
  }
}
