import Documents
import Execution
import TestSupport
import Testing

@testable import campaigns

/// Draws whose outcome is their seed.
private struct SeedSeries: CampaignSeries {
  var name = "seeds"
  var draws = 5
  var fails = false

  struct Failure: Error {}

  func outcome(seed: UInt64) throws -> UInt64 {
    if fails, seed == 12 { throw Failure() }
    return seed
  }

  func details(seed: UInt64) throws -> [String] { ["\(seed)"] }

  func judge(_ outcomes: [UInt64]) -> SeriesVerdict {
    SeriesVerdict(rows: [.init(what: "draws", measured: "\(outcomes.count)", holds: true)])
  }
}

struct CampaignRunnerTests {
  @Test func drawsComeInOrderForAnyNumberOfThreads() throws {
    for threads in ["1", "3"] {
      let options = try CampaignOptions(["--seed", "10", "--threads", threads, "--draws", "40"])
      let outcomes = try CampaignRunner(name: "test", options: options).run(SeedSeries())
      #expect(outcomes == (0..<40).map { UInt64(10 + $0) })
    }
    let whole = try CampaignRunner(name: "test", options: CampaignOptions()).run(SeedSeries())
    #expect(whole == [1, 2, 3, 4, 5])
  }

  @Test func aDrawThatFailsIsNamed() throws {
    let options = try CampaignOptions(["--seed", "10"])
    #expect(throws: CampaignError.drawFailed(series: "seeds", index: 2, reason: "Failure()")) {
      try CampaignRunner(name: "test", options: options).run(SeedSeries(fails: true))
    }
  }

  @Test func optionsAreChecked() throws {
    let options = try CampaignOptions([
      "--series", "b", "--json", "x.json", "--only", "7", "--series", "a",
    ])
    #expect(options.series == ["b", "a"] && options.json == "x.json" && options.only == 7)
    let wrong = [["--draws"], ["--draws", "0"], ["--seed", "-1"], ["--only", "x"], ["--what"]]
    for words in wrong {
      #expect(throws: CampaignError.self) { try CampaignOptions(words[...]) }
    }
    let chosen = try CampaignOptions(["--series", "seeds"])
    #expect(try chosen.chosen(from: [SeedSeries()], campaign: "test").count == 1)
    #expect(throws: CampaignError.unknownSeries("a", campaign: "test", known: ["seeds"])) {
      try CampaignOptions(["--series", "a"]).chosen(from: [SeedSeries()], campaign: "test")
    }
    #expect(CampaignsCommand.status(["no-such"]) == 2)
  }
}
