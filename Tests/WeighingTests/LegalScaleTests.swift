import Testing

@testable import Weighing

struct LegalScaleTests {
  static func cart() throws -> LegalScale {
    try LegalScale(
      accuracyClass: .medium,
      ranges: [WeighingRange(capacity: .kilograms(30), interval: .grams(5))])
  }

  static func multiInterval() throws -> LegalScale {
    try LegalScale(
      accuracyClass: .medium,
      ranges: [
        WeighingRange(capacity: .kilograms(6), interval: .grams(2)),
        WeighingRange(capacity: .kilograms(15), interval: .grams(5)),
        WeighingRange(capacity: .kilograms(30), interval: .grams(10)),
      ])
  }

  /// Class III, e = 5 g: 2.5 g to 2.5 kg, 5 g to 10 kg, 7.5 g above (OIML R 76-1, Table 6).
  @Test func permissibleErrors() throws {
    let scale = try Self.cart()
    let expected: [(ExactMass, Int64)] = [
      (.grams(100), 2500), (.grams(2500), 2500), (ExactMass(micrograms: 2_500_000_001), 5000),
      (.kilograms(10), 5000), (.grams(10_001), 7500), (.kilograms(30), 7500),
    ]
    for (load, milligrams) in expected {
      let limit = scale.permissibleError(load: load, when: .initialVerification)
      #expect(limit == .milligrams(milligrams))
      #expect(scale.permissibleError(load: load, when: .inService) == 2 * limit)
    }
    #expect(scale.minimum == .grams(100))
    #expect(scale.eccentricityLoad(supports: 4) == .kilograms(10))
    #expect(scale.eccentricityLoad(supports: 6) == .kilograms(6))
  }

  /// Each partial range has its own e, also for counting the load (OIML R 76-1, 3.3).
  @Test func multiIntervalErrors() throws {
    let scale = try Self.multiInterval()
    let expected: [(ExactMass, Int64, Int64)] = [
      (.kilograms(1), 2, 1000), (.kilograms(4), 2, 2000), (.kilograms(6), 2, 3000),
      (.grams(6001), 5, 5000), (.kilograms(10), 5, 5000), (.kilograms(15), 5, 7500),
      (.grams(15_001), 10, 10_000), (.kilograms(20), 10, 10_000), (.kilograms(30), 10, 15_000),
    ]
    for (load, interval, milligrams) in expected {
      #expect(scale.interval(load: load) == .grams(interval))
      #expect(
        scale.permissibleError(load: load, when: .initialVerification) == .milligrams(milligrams))
    }
    #expect(scale.minimum == .grams(40))
  }

  @Test func roundsToTheNearestInterval() throws {
    let scale = try Self.multiInterval()
    #expect(scale.rounded(.milligrams(1_000_999)) == .grams(1000))
    #expect(scale.rounded(.grams(1001)) == .grams(1002))
    #expect(scale.rounded(.milligrams(-2999)) == .grams(-2))
    #expect(scale.rounded(.grams(-3)) == .grams(-4))
    #expect(scale.rounded(.milligrams(12_002_500)) == .grams(12_005))
    #expect(scale.rounded(.grams(20_004)) == .grams(20_000))
  }

  @Test func refusesWhatNoClassAllows() throws {
    func scale(
      _ accuracyClass: AccuracyClass, _ ranges: [(Int64, Int64)], d: ExactMass? = nil
    ) throws(LegalScaleError) -> LegalScale {
      try LegalScale(
        accuracyClass: accuracyClass,
        ranges: ranges.map {
          WeighingRange(capacity: .grams($0.0), interval: .grams($0.1))
        }, displayInterval: d)
    }
    #expect(throws: LegalScaleError.noRange) { try scale(.medium, []) }
    #expect(throws: LegalScaleError.notAnInterval(.grams(3))) { try scale(.medium, [(30_000, 3)]) }
    #expect(throws: LegalScaleError.intervalOutsideClass(.grams(2), .ordinary)) {
      try scale(.ordinary, [(1000, 2)])
    }
    let (long, short) = ((150_000, 10) as (Int64, Int64), (2000, 5) as (Int64, Int64))
    #expect(throws: (any Error).self) { try scale(.medium, [long]) }
    #expect(throws: (any Error).self) { try scale(.medium, [short]) }
    #expect(throws: (any Error).self) { try scale(.medium, [(15_000, 5), (6000, 10)]) }
    #expect(throws: LegalScaleError.displayIntervalNotAllowed(.grams(1), .grams(5), .medium)) {
      try scale(.medium, [(30_000, 5)], d: .grams(1))
    }
    #expect(throws: LegalScaleError.impossibleCapacity(.grams(-5))) {
      try scale(.medium, [(-5, 5)])
    }
    #expect(
      try scale(.high, [(60_000, 1)], d: .milligrams(200)).displayInterval == .milligrams(200))
  }
}
