import Devices
import Documents
import Files
import Simulation
import TestSupport
import Testing
import Weighing

@testable import Procedures

/// Weighings with prompts, on a virtual scale with virtual hands.
struct LiveWeighingTests {
  private static let root = "\(#filePath)".split(separator: "/").dropLast(3)
    .reduce("") { "\($0)/\($1)" }
  private static let rig = root + "/rigs/virtual-cart4.yaml"

  private func request(
    _ folder: TemporaryFolder, _ length: WeighingPlan.Length = .line, cart: String = "V-1",
    masses: MassRegistry? = nil, session: String = "session"
  ) throws -> LiveWeighRequest {
    try LiveWeighRequest(
      rig: Self.rig, length: length, masses: nil, registry: masses ?? virtualMasses(),
      cart: cart, access: StoreAccess(store: folder("store"), takesUnsigned: true),
      session: folder(session), jsonFile: nil)
  }

  /// What was said, and how the hands err: `instead` gives other hands for a placement.
  private final class Log {
    var prompts: [Int?] = []
    var problems: [String] = []
    var done: [Int?] = []

    func take(_ message: LiveWeighMessage) {
      switch message {
      case .prompt(_, let placement): prompts.append(placement)
      case .problem(let text): problems.append(text)
      case .done(let placement): done.append(placement)
      case .begins, .resting: break
      }
    }
  }

  private func run(
    _ request: LiveWeighRequest, _ hands: VirtualHands, _ log: Log = Log(),
    isStopped: () -> Bool = { false }, act: ((WeighingPlan.Placement) -> Void)? = nil
  ) throws -> WeighOutcome? {
    try weighLive(
      request, scale: hands.scale, tilt: { hands.scale.tilt }, isStopped: isStopped,
      say: log.take, asked: act ?? hands.act)
  }

  @Test func theLineSequenceCalibratesAndIsVerified() throws {
    let folder = try TemporaryFolder()
    let log = Log()
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
    let log = Log()
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
    let log = Log()
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
    let log = Log()
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

  /// Killed after each placement and again in the middle of the next: it goes on with the next one,
  /// and no placement is lost or doubled.
  @Test func aKillAtEveryStepLosesAndDoublesNothing() throws {
    let folder = try TemporaryFolder()
    let all = try request(folder, session: "probe").placements
    let log = Log()
    var outcome: WeighOutcome?
    var start = 0.0
    for life in 0...all {
      let line = try request(folder)
      let before = log.done.compactMap { $0 }.count
      let hands = VirtualHands(seed: 7, spec: line.scale, start: start)
      var samples = 0
      outcome = try run(line, hands, log) {
        // Dead once one more placement is done and the next one is under way.
        guard log.done.compactMap({ $0 }).count > before else { return false }
        samples += 1
        return samples > 30 + 7 * life
      }
      // The clock begins anew with every second life, as after a power cut.
      start = life.isMultiple(of: 2) ? 0 : hands.scale.time
      if outcome != nil { break }
    }
    let finished = try #require(outcome)
    #expect(log.done.compactMap { $0 } == Array(1...all))
    let procedure = try RecordedFolder(folder("session")).procedure
    let loaded = procedure.steps.filter(\.isLoaded)
    let wanted = try request(folder, session: "probe").plan.placements.filter {
      !$0.masses.isEmpty
    }
    #expect(loaded.map { $0.nominal.reduce(0, +) } == wanted.map(\.nominal))
    #expect(loaded.map(\.position) == wanted.map(\.position))
    #expect(finished.report.verdict == .pass, "\(finished.report.findings)")
  }

  /// 1.4 d beside Min, half of Max and Max: what it changes is measured, the masses are traced, and
  /// the loads are no part of the fit.
  @Test func theFullSequenceDiscriminates() throws {
    let folder = try TemporaryFolder()
    let full = try request(folder, .full)
    let log = Log()
    let outcome = try #require(try run(full, VirtualHands(seed: 14, spec: full.scale), log))
    #expect(log.problems == [])
    let record = try #require(outcome.report.scale)
    let found = record.verdicts.filter {
      $0.test == "discrimination" && $0.occasion == "initial"
    }
    #expect(found.map(\.load) == [0.2, 15, 30])
    for evaluation in found {
      #expect(evaluation.verdict == .pass, "\(evaluation)")
      #expect(evaluation.limit == 0.004 && evaluation.standard?.contains("3.8.2.2") == true)
      #expect(abs(evaluation.value ?? 1) < 0.001)
      #expect((evaluation.expandedUncertainty ?? 1) < 0.0005)
      #expect(evaluation.note?.contains("14.0 g put on beside it showed as") == true)
    }
    #expect(
      Set(record.masses.map(\.name)).isSuperset(of: ["VIRTUAL-10g", "VIRTUAL-2g", "VIRTUAL-2g-2"]))
    #expect(outcome.report.verdict == .pass, "\(outcome.report.findings)")
    let page = try #require(outcome.page)
    let html = try String(decoding: Files.read(page, limit: 1 << 26), as: UTF8.self)
    #expect(html.contains("Discrimination, 3.8.2.2"))
  }

  /// Fourteen grams that the scale shows nothing of fail, and nobody waits for ever.
  @Test func aScaleThatSticksFailsDiscrimination() throws {
    let folder = try TemporaryFolder()
    let full = try request(folder, .full)
    let hands = VirtualHands(seed: 15, spec: full.scale, faults: [.friction(0.03)])
    let log = Log()
    let outcome = try #require(try run(full, hands, log))
    #expect(log.problems.count == 3, "\(log.problems)")
    #expect(log.problems.allSatisfy { $0.contains("what it shows in 60 s counts") })
    let found = outcome.report.scale?.verdicts.filter { $0.test == "discrimination" } ?? []
    #expect(found.count == 6 && found.allSatisfy { $0.verdict == .fail }, "\(found)")
    #expect(outcome.report.verdict == .fail && !outcome.isCurrent)
  }

  /// Without small masses discrimination is not done, which is said, and the type test stands.
  @Test func withoutSmallMassesTheTypeTestStands() throws {
    let folder = try TemporaryFolder()
    let masses = try MassRegistry(virtualMasses().masses.filter { $0.nominal >= .grams(100) })
    let full = try request(folder, .full, masses: masses)
    #expect(full.plan.omissions[0].contains("no masses that make up 1.4 d = 14 g"))
    #expect(!full.plan.placements.contains { $0.kind == .discrimination })
    let line = try request(folder)
    let outcome = try run(line, VirtualHands(seed: 16, spec: line.scale))
    let found = outcome?.report.scale?.verdicts.filter { $0.test == "discrimination" } ?? []
    #expect(!found.isEmpty && found.allSatisfy { $0.value == nil && $0.verdict == .pass })
    #expect(found.allSatisfy { $0.note?.contains("type test") == true })
  }

  /// Killed after the revision was stored: before it came into force, before the report was
  /// written, or at the very end. The same command finishes, and stores no second one.
  @Test(arguments: [false, true]) func whatIsStoredIsNotStoredTwice(hasEarlier: Bool) throws {
    let folder = try TemporaryFolder()
    if hasEarlier {
      let earlier = try request(folder, session: "earlier")
      _ = try run(earlier, VirtualHands(seed: 17, spec: earlier.scale))
    }
    let revision = hasEarlier ? 2 : 1
    let line = try request(folder)
    let first = try #require(
      try run(line, VirtualHands(seed: 17, spec: line.scale, start: 7000)))
    #expect(first.report.revision == revision && first.isCurrent)
    for life in 0..<3 {
      if life == 0 {
        // As it was between the two: the revision is there, the one before is in force.
        Files.removeIfThere(folder("store/V-1/current"))
        if hasEarlier { try Files.makeLink(folder("store/V-1/current"), to: "000001") }
      }
      let again = try #require(
        try run(try request(folder), VirtualHands(seed: 17, spec: line.scale)))
      #expect(again.report.revision == revision && again.isCurrent, "life \(life)")
      #expect(again.report.scale == first.report.scale)
      #expect(again.report.scale?.asFoundRevision == (hasEarlier ? 1 : nil))
    }
    let names = try folder.names(in: "store/V-1").filter { $0.hasPrefix("00") }
    #expect(names.count == revision, "\(names)")
    // Another answer from the same samples is another revision.
    let moved = try LiveWeighRequest(
      rig: Self.rig, length: .line, masses: nil, registry: virtualMasses(), use: "39.74,1609",
      cart: "V-1", access: StoreAccess(store: folder("store"), takesUnsigned: true),
      session: folder("session"), jsonFile: nil)
    let other = try run(moved, VirtualHands(seed: 17, spec: line.scale))
    #expect(other?.report.revision == revision + 1)
  }

  /// Killed between any two writes of the journal: the folder as it was after each of them.
  @Test func everyStateOfTheJournalResumes() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    let log = Log()
    _ = try run(line, VirtualHands(seed: 8, spec: line.scale), log) {
      log.done.compactMap { $0 }.count >= 3
    }
    // The samples of the fourth were written, and procedure.json not yet.
    try AtomicFile.write(Array("half a li".utf8), to: folder("session/steps/0003.csv"))
    let again = Log()
    let outcome = try run(
      try request(folder), VirtualHands(seed: 8, spec: line.scale, start: 500), again)
    #expect(again.done.compactMap { $0 } == Array(4...line.placements))
    #expect(outcome?.report.verdict == .pass)
    // Complete: the same command calibrates again from what is there, and asks for nothing.
    let third = Log()
    let last = try run(try request(folder), VirtualHands(seed: 8, spec: line.scale), third)
    #expect(third.prompts.isEmpty && last?.report.verdict == .pass)
  }

  @Test func anotherWeighingInTheFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    let line = try request(folder)
    let log = Log()
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
