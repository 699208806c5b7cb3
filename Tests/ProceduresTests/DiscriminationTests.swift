import Files
import TestSupport
import Testing
import Weighing

@testable import Procedures

/// Small masses beside loads, on a virtual scale.
struct DiscriminationTests: VirtualWeighing {
  /// 1.4 d beside Min, half of Max and Max: what it changes is measured, the masses are traced, and
  /// the loads are no part of the fit.
  @Test func theFullSequenceDiscriminates() throws {
    let folder = try TemporaryFolder()
    let full = try request(folder, .full)
    let log = WeighingLog()
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
    let log = WeighingLog()
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
}
