/// Bundles that were damaged, mixed with others or tampered with: each is refused, and no reader
/// crashes on one.
struct FaultSeries: CampaignSeries {
  private let bundle: DamagedBundle

  init() throws { bundle = try DamagedBundle() }

  let name = "bundles"
  let draws = 10_000

  func outcome(seed: UInt64) throws -> DamagedBundle.Outcome { try bundle.outcome(seed: seed) }

  func judge(_ outcomes: [DamagedBundle.Outcome]) -> SeriesVerdict {
    let unsafe = outcomes.indices.filter { !outcomes[$0].isSafe }
    var rows = [
      SeriesVerdict.Row(
        what: "taken though it is not what was signed", measured: "\(unsafe.count)",
        claimed: "none", holds: unsafe.isEmpty)
    ]
    if !unsafe.isEmpty {
      rows.append(
        SeriesVerdict.Row(
          what: "draws not right",
          measured: unsafe.prefix(12).map(String.init).joined(separator: " "),
          holds: true))
    }
    for fault in DamagedBundle.Fault.allCases {
      let own = outcomes.filter { $0.fault == fault.rawValue }
      let refused = own.count { $0.refusal != nil }
      rows.append(
        SeriesVerdict.Row(
          what: fault.rawValue,
          measured: "\(refused) of \(own.count) refused"
            + (refused < own.count ? ", the others change nothing that is read" : ""),
          holds: true))
    }
    return SeriesVerdict(rows: rows)
  }

  func details(seed: UInt64) throws -> [String] {
    let outcome = try bundle.outcome(seed: seed)
    return [
      "\(outcome.fault) of \(outcome.file)", outcome.refusal ?? "taken",
      outcome.isSafe ? "safe" : "NOT safe",
    ]
  }
}
