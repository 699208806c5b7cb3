import Documents
import Execution
import Synchronization

/// Runs the series of a campaign, prints what they show and keeps every draw.
struct CampaignRunner {
  let name: String
  let options: CampaignOptions

  /// Runs all series that were asked for. True when every claim holds.
  func run<Series: CampaignSeries>(_ all: [Series]) throws -> Bool {
    let chosen = try options.chosen(from: all, campaign: name)
    if let index = options.only {
      for series in chosen { try show(series, index) }
      return true
    }
    var report = CampaignReport<Series.Outcome>(campaign: name, seed: options.seed, series: [])
    for series in chosen {
      let outcomes = try run(series)
      let verdict = series.judge(outcomes)
      Terminal.say("\(name) \(series.name), \(outcomes.count) draws from seed \(options.seed)")
      for line in verdict.lines { Terminal.say("  " + line) }
      report.series.append(
        CampaignReport.Series(
          name: series.name, holds: verdict.holds, rows: verdict.rows,
          draws: outcomes.enumerated().map { index, outcome in
            CampaignReport.Draw(index: index, seed: options.seed(of: index), outcome: outcome)
          }))
      // After each series, so that an interrupted campaign keeps what it has.
      if let path = options.json {
        try AtomicFile.write(try JSONDocument.encode(report), to: path)
      }
    }
    Terminal.say(report.holds ? "all claims hold" : "NOT all claims hold")
    return report.holds
  }

  /// The outcomes of all draws in their order, whatever the number of threads.
  func run<Series: CampaignSeries>(_ series: Series) throws -> [Series.Outcome] {
    let count = options.draws ?? series.draws
    let progress = DrawProgress("\(name) \(series.name)", count: count)
    let results = parallelMap(count, threads: options.threads) { index in
      let result = Result { try series.outcome(seed: options.seed(of: index)) }
      progress.countOne()
      return result
    }
    progress.end()
    return try results.enumerated().map { index, result in
      do {
        return try result.get()
      } catch {
        throw CampaignError.drawFailed(series: series.name, index: index, reason: "\(error)")
      }
    }
  }

  private func show<Series: CampaignSeries>(_ series: Series, _ index: Int) throws {
    let seed = options.seed(of: index)
    Terminal.say("\(name) \(series.name), draw \(index), seed \(seed)")
    for line in try series.details(seed: seed) { Terminal.say("  " + line) }
  }
}

extension SeriesVerdict {
  /// One line a row, in columns.
  var lines: [String] {
    let whatWidth = rows.map(\.what.count).max() ?? 0
    let measuredWidth = rows.map(\.measured.count).max() ?? 0
    return rows.map { row in
      let padded =
        row.what.padded(to: whatWidth) + "  " + row.measured.padded(to: measuredWidth)
      guard let claimed = row.claimed else { return padded }
      return padded + "  " + claimed + (row.holds ? "  ok" : "  MISS")
    }
  }
}
