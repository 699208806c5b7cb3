import Glibc
import Testing

@testable import Weighing

struct MainsFilterTests {
  /// What is left of hum of size 1000 on a level of 50 000, after the first period.
  func rest(rate: Double, mains: Double, harmonic: Double) throws -> Double {
    var filter = try #require(MainsFilter(rate: rate, mains: mains))
    var worst = 0.0
    for index in 0..<2000 {
      let hum = 1000 * sin(2 * .pi * mains * harmonic * Double(index) / rate + 0.3)
      let output = filter.filter(50_000 + hum)
      if index > 2 * filter.delay { worst = max(worst, abs(output - 50_000)) }
    }
    return worst
  }

  @Test func wholePeriodsLeaveNothing() throws {
    #expect(try rest(rate: 1000, mains: 50, harmonic: 1) < 1e-6)
    #expect(try rest(rate: 1000, mains: 50, harmonic: 3) < 1e-6)
  }

  /// 320 Hz: 6.4 samples in a period of 50 Hz, 5.33 of 60 Hz.
  @Test(arguments: [50.0, 60])
  func brokenPeriodsLeaveLittle(mains: Double) throws {
    let ratio = mains / 320
    #expect(try rest(rate: 320, mains: mains, harmonic: 1) < 1000 * ratio * ratio * 2)
  }

  @Test func aConstantStaysItself() throws {
    var filter = try #require(MainsFilter(rate: 320, mains: 50))
    for _ in 0..<100 { #expect(abs(filter.filter(8_388_607) - 8_388_607) < 1e-6) }
  }

  @Test func tooSlowToSeeTheMains() {
    #expect(MainsFilter(rate: 10, mains: 50) == nil)
    #expect(MainsFilter(rate: .nan, mains: 50) == nil)
    #expect(MainsFilter(rate: 1e9, mains: 50) == nil)
  }
}
