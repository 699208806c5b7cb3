import Documents
import Execution

/// What verifying and loading a bundle costs a reader in Swift: signature, digests of all files, and
/// the calibration itself.
struct BundleSpeedSeries: CampaignSeries {
  private let bundle: SpeedBundle

  init() throws { bundle = try SpeedBundle() }

  struct Outcome: Encodable, Sendable {
    /// CPU milliseconds.
    var milliseconds: Double

    private enum CodingKeys: String, CodingKey {
      case milliseconds = "cpu_ms"
    }
  }

  let name = "load"
  let draws = 40

  func outcome(seed: UInt64) throws -> Outcome {
    let before = ResourceUse.processCPUSeconds
    try bundle.load()
    return Outcome(milliseconds: (ResourceUse.processCPUSeconds - before) * 1000)
  }

  func judge(_ outcomes: [Outcome]) -> SeriesVerdict {
    let sorted = outcomes.map(\.milliseconds).sorted()
    let median = sorted[sorted.count / 2]
    return SeriesVerdict(rows: [
      SeriesVerdict.Row(
        what: "verify and load six cameras, \(bundle.bytes / 1000) kB, CPU ms",
        measured: NumberText.fixed(median, 2), claimed: "below 20", holds: median < 20)
    ])
  }

  func details(seed: UInt64) throws -> [String] {
    ["\(NumberText.fixed(try outcome(seed: seed).milliseconds, 2)) ms"]
  }
}
