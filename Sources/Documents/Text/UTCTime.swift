import Glibc

/// A moment to the second, written in ISO 8601 as UTC: `2026-03-01T09:30:00Z`.
public struct UTCTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds. Years 1 to 9999.
  public let seconds: Int

  static let range = -62_135_596_800...253_402_300_799

  /// The moment nearest to `seconds` that has four year digits.
  public init(seconds: Int) {
    self.seconds = min(max(seconds, Self.range.lowerBound), Self.range.upperBound)
  }

  /// The moment in a text of exactly the form above; nil for any other text.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 else { return nil }
    var numbers: [Int] = []
    var number = 0
    for (byte, form) in zip(bytes, "0000-00-00T00:00:00Z".utf8) {
      if form == UInt8(ascii: "0") {
        guard (48...57).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 48)
      } else {
        guard byte == form else { return nil }
        numbers.append(number)
        number = 0
      }
    }
    let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
    let total = ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5]
    guard Self.range.contains(total) else { return nil }
    self.seconds = total
    // Dates and times that do not exist (month 13, 25 o'clock) come out as another text.
    guard description == text else { return nil }
  }

  /// What the system's clock shows (`clock_gettime`, CLOCK_REALTIME).
  package static var now: UTCTime {
    var time = timespec()
    guard clock_gettime(CLOCK_REALTIME, &time) == 0 else { return UTCTime(seconds: 0) }
    return UTCTime(seconds: time.tv_sec)
  }

  public static func < (a: UTCTime, b: UTCTime) -> Bool { a.seconds < b.seconds }

  // Gregorian calendar by whole 400-year eras of years that begin in March, so that the leap day
  // comes last (E. G. Richards in: Explanatory Supplement to the Astronomical Almanac, 3rd ed.,
  // section 15.11; the arrangement by eras is H. Hinnant's).

  private static func days(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private var date: (year: Int, month: Int, day: Int) {
    let shifted = (seconds - secondOfDay) / 86_400 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  private var secondOfDay: Int { ((seconds % 86_400) + 86_400) % 86_400 }
}

extension UTCTime: CustomStringConvertible {
  public var description: String {
    let (year, month, day) = date
    let second = secondOfDay
    func padded(_ number: Int, _ count: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
      + "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }
}

extension UTCTime: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let time = UTCTime(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a time such as 2026-03-01T09:30:00Z was expected")
    }
    self = time
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
