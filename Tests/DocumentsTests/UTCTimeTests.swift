import Glibc
import Testing

@testable import Documents

@Test(arguments: [
  (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
  (1_709_251_199, "2024-02-29T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
  (-1, "1969-12-31T23:59:59Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  (-62_135_596_800, "0001-01-01T00:00:00Z"),
])
func knownMomentsHaveTheirText(seconds: Int, text: String) {
  #expect(UTCTime(seconds: seconds).description == text)
  #expect(UTCTime(text)?.seconds == seconds)
}

@Test func theCalendarIsTheCLibrarys() {
  for step in 0..<4000 {
    var seconds = -50_000_000_000 + step * 70_000_007
    let moment = UTCTime(seconds: seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let date = moment.description.prefix(10).split(separator: "-").compactMap { Int($0) }
    #expect(date == [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)])
    #expect(UTCTime(moment.description) == moment)
  }
}

@Test(arguments: [
  "", "2026-03-01", "2026-03-01T09:30:00", "2026-03-01 09:30:00Z", "2026-13-01T00:00:00Z",
  "2026-02-29T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "2026-03-01T09:30:60Z",
  "0000-01-01T00:00:00Z", "2026-03-01T09:30:00z", "+026-03-01T09:30:00Z", "２026-03-01T09:30:00",
])
func whatIsNoMomentIsRefused(text: String) {
  #expect(UTCTime(text) == nil)
}
