import Glibc
import Testing

@testable import Weighing

struct StabilityDetectorTests {
  @Test func aLoadThatSwingsOutAndRests() throws {
    var detector = try #require(StabilityDetector(rate: 50, interval: 0.005))
    var states: [StabilityDetector.State] = []
    for index in 0..<500 {
      let time = Double(index) / 50
      states.append(detector.next(5 + 0.4 * exp(-time / 0.4) * cos(25 * time)))
    }
    #expect(states[0] == .filling)
    #expect(states[60] != .stable)
    #expect(states[499] == .stable)
    let settling = try #require(detector.settlingTime)
    // Swings stay within 2.5 g together from 0.4 ln(0.8 / 0.0025) = 2.3 s on.
    #expect(settling > 1 && settling < 2.6)
  }

  @Test func aSteadyRiseIsMovingAndASwingVibrating() throws {
    var rising = try #require(StabilityDetector(rate: 50, interval: 0.005))
    var swinging = try #require(StabilityDetector(rate: 50, interval: 0.005))
    var last = (StabilityDetector.State.filling, StabilityDetector.State.filling)
    for index in 0..<200 {
      last.0 = rising.next(0.003 * Double(index) / 50)
      last.1 = swinging.next(5 + 0.01 * sin(2 * .pi * 5 * Double(index) / 50))
    }
    #expect(last.0 == .moving)
    #expect(last.1 == .vibrating)
    #expect(rising.settlingTime == nil)
  }

  @Test func aBumpBeginsAnewAndNaNTakesNothingAlong() throws {
    var detector = try #require(StabilityDetector(rate: 10, interval: 0.005))
    for _ in 0..<50 { _ = detector.next(1) }
    #expect(detector.next(1) == .stable)
    #expect(detector.next(1.5) != .stable)
    #expect(detector.settlingTime == nil)
    #expect(detector.next(.nan) == .filling)
    for _ in 0..<19 { #expect(detector.next(1) != .stable) }
    for _ in 0..<2 { _ = detector.next(1) }
    #expect(detector.next(1) == .stable)
  }

  @Test func refusesWindowsWithoutSamples() {
    #expect(StabilityDetector(rate: 1, interval: 0.005) == nil)
    #expect(StabilityDetector(rate: .infinity, interval: 0.005) == nil)
    #expect(StabilityDetector(rate: 50, interval: 0) == nil)
  }
}
