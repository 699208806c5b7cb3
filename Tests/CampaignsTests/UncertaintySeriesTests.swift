import Testing

@testable import campaigns

/// A handful of draws of each rig; `campaigns uncertainty` runs them all.
@Test(arguments: UncertaintyRig.allCases)
func errorsOfAFewDrawsAreAsLargeAsForetold(_ rig: UncertaintyRig) throws {
  let series = UncertaintySeries(rig: rig)
  let outcomes = try (0..<5).map { try series.outcome(seed: 100 + UInt64($0)) }
  let blocks = outcomes.flatMap(\.blocks)
  #expect(outcomes.allSatisfy { $0.open.isEmpty })
  // Lens, pose and two pixels of each camera, but for the reference camera's pose.
  #expect(blocks.count == 5 * (4 * rig.kinds.count - 1))
  let verdict = series.judge(outcomes)
  #expect(verdict.holds, "\(verdict.lines)")
  // Errors ten times as large would not pass.
  var wrong = outcomes
  for index in wrong.indices {
    for block in wrong[index].blocks.indices { wrong[index].blocks[block].squaredDistance *= 100 }
  }
  #expect(!series.judge(wrong).holds)
}
