import Devices
import Documents
import Simulation
import TestSupport
import Testing
import Weighing

@testable import Procedures

/// Weighings with prompts, on a virtual scale with virtual hands.
struct LiveWeighingTests: VirtualWeighing {
  @Test func theLineSequenceCalibratesAndIsVerified() throws {
    let folder = try TemporaryFolder()
    let log = WeighingLog()
    let line = try request(folder)
    let outcome = try #require(try run(line, VirtualHands(seed: 3, spec: line.scale), log))
    #expect(log.problems == [])
    #expect(log.done == (1...line.placements).map { $0 })
    #expect(outcome.isCurrent, "\(outcome.report.findings)")
    // Type tests stand for what the line does not do.
    #expect(outcome.report.verdict == .pass, "\(outcome.report.findings)")
    let verify = try request(folder, .verify, session: "verify")
    let hands = VirtualHands(seed: 3, spec: verify.scale, start: 5000)
    let verified = try #require(try run(verify, hands))
    #expect(verified.report.verdict == .pass)
    #expect(verified.report.findings == [] && verified.report.bundle == nil)
    #expect(verified.report.scale?.asFoundRevision == 1)
  }

  /// On a slope of three degrees every load is 0.137 % light: told with an accelerometer, and
  /// without one against the calibration on level ground.
  @Test(arguments: [true, false]) func aSlopeIsNamedByVerify(hasAccelerometer: Bool) throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    _ = try run(line, VirtualHands(seed: 4, spec: line.scale))
    let verify = try request(folder, .verify, session: "verify")
    let hands = VirtualHands(
      seed: 4, spec: verify.scale, start: 5000, faults: [.slope(SIMD2(0.0437, 0.0288))],
      hasAccelerometer: hasAccelerometer)
    let outcome = try #require(try run(verify, hands))
    #expect(outcome.report.findings.map(\.code) == ["floor_slope"])
    #expect(outcome.report.findings[0].text.contains("3.0 degrees"), "\(outcome.report.findings)")
  }

  /// A second calibration says what the first one would have read: as found before as left.
  @Test func asFoundStandsBesideAsLeft() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    _ = try run(line, VirtualHands(seed: 5, spec: line.scale))
    let again = try request(folder, session: "again")
    let outcome = try #require(try run(again, VirtualHands(seed: 5, spec: line.scale, start: 9000)))
    #expect(outcome.report.scale?.asFoundRevision == 1)
    let placements = outcome.report.scale?.placements ?? []
    #expect(!placements.isEmpty)
    #expect(placements.allSatisfy { abs($0.asFoundError ?? 1) < 0.003 })
  }

  /// The wrong mass, then the wrong corner: each named, and the right one taken after that.
  @Test func mistakesOfHandsAreNamed() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    let hands = VirtualHands(seed: 6, spec: line.scale)
    let log = WeighingLog()
    var mistakes = 0
    var samples = 0
    // What the hands do next, and at which sample: they lift the mass before they put it down.
    var next: (at: Int, act: () -> Void)?
    var right: WeighingPlan.Placement?
    let outcome = try weighLive(
      line, scale: hands.scale,
      isStopped: {
        samples += 1
        if let due = next, samples >= due.at {
          next = nil
          due.act()
        } else if next == nil, log.problems.count == mistakes, let placement = right {
          right = nil
          next = (samples + 30, { hands.act(placement) })
          hands.clear()
        }
        return samples > 20_000
      }, say: log.take,
      asked: { placement in
        guard placement.kind == .eccentricity, mistakes < 2 else {
          return hands.act(placement)
        }
        mistakes += 1
        right = placement
        let nominal = mistakes == 1 ? [5.0] : placement.masses.map(\.nominal.kilograms)
        let place = mistakes == 1 ? placement.position : -placement.position
        hands.clear()
        next = (samples + 30, { hands.lay(nominal, at: place) })
      })
    #expect(log.problems.count == 2)
    #expect(log.problems.first?.contains("like VIRTUAL-5kg") == true, "\(log.problems)")
    #expect(log.problems.last?.contains("on the corner of") == true, "\(log.problems)")
    #expect(outcome?.report.verdict == .pass)
  }

  /// On a cart that was calibrated before, a mass that is 5 % off is named; who lifts it and puts it
  /// on again is believed, so that nobody is ever stuck, and all loads together show what is wrong.
  @Test func aMassFivePercentOffIsNamedAndTheInsistentBelieved() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    _ = try run(line, VirtualHands(seed: 12, spec: line.scale))
    let again = try request(folder, session: "again")
    let hands = VirtualHands(seed: 12, spec: again.scale, start: 9000)
    let log = WeighingLog()
    var samples = 0
    var (answered, next) = (0, 0)
    var load: (nominal: [Double], place: SIMD2<Double>) = ([], .zero)
    let outcome = try weighLive(
      again, scale: hands.scale,
      isStopped: {
        samples += 1
        // Lifts what lies there and puts it down again, whatever the problem.
        if answered < log.problems.count {
          (answered, next) = (log.problems.count, samples + 30)
          hands.clear()
        }
        if samples == next { hands.scale.lay(load.nominal.reduce(0, +), at: load.place) }
        return samples > 20_000
      }, say: log.take,
      asked: { placement in
        let isFirst = placement.position == again.plan.placements[1].position
        let masses = placement.masses.map(\.nominal.kilograms)
        load = (isFirst ? [10.5] : masses, placement.position)
        hands.scale.lay(load.nominal.reduce(0, +), at: load.place)
      })
    #expect(log.problems.first?.contains("10 kg is asked for") == true, "\(log.problems)")
    #expect(log.done.compactMap { $0 } == (1...again.placements).map { $0 }, "\(log.problems)")
    let findings = outcome?.report.findings ?? []
    #expect(findings.contains { $0.severity != .note }, "\(findings)")
  }

  /// On a new cart nothing is known but data sheets: whoever insists on a mass that is 5 % off is
  /// believed, a later load of other masses looks wrong, and in the end the fit names the mass.
  @Test(arguments: [5, 10, 20]) func onANewCartTheFitNamesAMassFivePercentOff(
    wrong: Double
  ) throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    let hands = VirtualHands(seed: 18, spec: line.scale)
    let log = WeighingLog()
    var samples = 0
    var (answered, next) = (0, 0)
    var load: (mass: Double, place: SIMD2<Double>) = (0, .zero)
    let outcome = try weighLive(
      line, scale: hands.scale,
      isStopped: {
        samples += 1
        if answered < log.problems.count {
          (answered, next) = (log.problems.count, samples + 30)
          hands.clear()
        }
        if samples == next { hands.scale.lay(load.mass, at: load.place) }
        return samples > 20_000
      }, say: log.take,
      asked: { placement in
        let masses = placement.masses.map(\.nominal.kilograms)
        let mass = masses.reduce(0) { $0 + ($1 == wrong ? 1.05 : 1) * $1 }
        load = (mass, placement.position)
        hands.scale.lay(load.mass, at: load.place)
      })
    #expect(log.problems.contains { $0.contains("is asked for") }, "\(log.problems)")
    let first = outcome?.report.findings.first
    #expect(first?.code == "mass_wrong", "\(outcome?.report.findings ?? [])")
    #expect(first?.subject == "VIRTUAL-\(Int(wrong))kg", "\(outcome?.report.findings ?? [])")
  }

  /// Masses stand in the report by their ids, with what the registry says of them.
  @Test func massesAreTracedToTheRegistry() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    let outcome = try run(line, VirtualHands(seed: 13, spec: line.scale))
    let masses = outcome?.report.scale?.masses ?? []
    #expect(Set(masses.map(\.name)) == ["VIRTUAL-5kg", "VIRTUAL-10kg", "VIRTUAL-20kg"])
    #expect(masses.allSatisfy { $0.certificate == "none: virtual" && $0.massClass == "M1" })
  }

  @Test func anotherWeighingInTheFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    let log = WeighingLog()
    _ = try run(line, VirtualHands(seed: 9, spec: line.scale), log) { log.done.count >= 2 }
    let other = try request(folder, cart: "V-2")
    let error = #expect(throws: ProcedureError.self) {
      try run(other, VirtualHands(seed: 9, spec: other.scale))
    }
    #expect(error.map { "\($0)" }?.contains("holds another weighing") == true)
    try AtomicFile.write(Array("{".utf8), to: folder("session/procedure.json"))
    #expect(throws: ProcedureError.self) {
      try run(try request(folder), VirtualHands(seed: 9, spec: line.scale))
    }
  }

  @Test func massesThatMayNotBeUsedStopBeforeAnythingIsAsked() throws {
    let folder = try TemporaryFolder()
    func registry(_ massClass: MassClass, due: Int) throws -> MassRegistry {
      try MassRegistry(
        [5, 10, 20].map {
          ReferenceMass(
            id: "m\($0)", nominal: .kilograms($0), massClass: massClass, certificate: "c",
            due: UTCTime(seconds: due))
        })
    }
    let overdue = #expect(throws: ProcedureError.self) {
      try request(folder, masses: registry(.m1, due: 1_000_000_000))
    }
    #expect(overdue.map { "\($0)" }?.contains("ended on") == true, "\(String(describing: overdue))")
    let verify = #expect(throws: ProcedureError.self) { try request(folder, .verify) }
    #expect(verify.map { "\($0)" }?.contains("no calibrated scale") == true)
    let none = #expect(throws: ProcedureError.self) {
      try request(folder, masses: MassRegistry([]))
    }
    #expect(none.map { "\($0)" }?.contains("no masses") == true)
    #expect(try folder.names().isEmpty)
  }
}
