import Documents
import Files
import TestSupport
import Testing
import Weighing

@testable import Procedures

/// Weighings that end before their time, and go on.
struct WeighJournalTests: VirtualWeighing {
  /// Killed after each placement and again in the middle of the next: it goes on with the next one,
  /// and no placement is lost or doubled.
  @Test func aKillAtEveryStepLosesAndDoublesNothing() throws {
    let folder = try TemporaryFolder()
    let all = try request(folder, session: "probe").placements
    let log = WeighingLog()
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
    let log = WeighingLog()
    _ = try run(line, VirtualHands(seed: 8, spec: line.scale), log) {
      log.done.compactMap { $0 }.count >= 3
    }
    // The samples of the fourth were written, and procedure.json not yet.
    try AtomicFile.write(Array("half a li".utf8), to: folder("session/steps/0003.csv"))
    let again = WeighingLog()
    let outcome = try run(
      try request(folder), VirtualHands(seed: 8, spec: line.scale, start: 500), again)
    #expect(again.done.compactMap { $0 } == Array(4...line.placements))
    #expect(outcome?.report.verdict == .pass)
    // Complete: the same command calibrates again from what is there, and asks for nothing.
    let third = WeighingLog()
    let last = try run(try request(folder), VirtualHands(seed: 8, spec: line.scale), third)
    #expect(third.prompts.isEmpty && last?.report.verdict == .pass)
  }
}
