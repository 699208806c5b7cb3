import Glibc

/// Campaigns of simulated rigs, from the command line.
///
/// To add a campaign: write a type that conforms to `CampaignSeries`, and add its line in `run`.
@main
struct CampaignsCommand {
  static let known = [
    "uncertainty", "errors", "starts", "repair", "faults", "bundle-speed", "weighing",
    "weighing-temperature",
    "weighing-faults", "weighing-one-temperature", "weighing-speed",
  ]

  static func main() {
    exit(status(CommandLine.arguments.dropFirst()))
  }

  /// 0 when all claims hold, 1 when one does not, 2 for bad usage, 5 for anything unexpected.
  static func status(_ words: ArraySlice<String>) -> Int32 {
    guard let first = words.first, first != "--help", first != "-h" else {
      Terminal.say(help)
      return words.isEmpty ? 2 : 0
    }
    do {
      if first == "exports" { return try writeExports(Array(words.dropFirst())) }
      return try run(first, CampaignOptions(words.dropFirst())) ? 0 : 1
    } catch let error as CampaignError {
      Terminal.writeError("campaigns: \(error)\n")
      if case .drawFailed = error { return 5 }
      return 2
    } catch {
      Terminal.writeError("campaigns: \(error)\n")
      return 5
    }
  }

  /// `exports [--seed N] --out DIR`: no campaign, but what a benchmark in Python reads.
  private static func writeExports(_ words: [String]) throws -> Int32 {
    let values = Dictionary(
      stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) },
      uniquingKeysWith: { first, _ in first })
    guard words.count == 2 * values.count, let folder = values["--out"],
      Set(values.keys).isSubset(of: ["--out", "--seed"]),
      let seed = UInt64(values["--seed"] ?? "1")
    else { throw CampaignError.badOption("exports", expected: "[--seed N] --out DIR") }
    try ExportSamples.write(to: folder, seed: seed)
    return 0
  }

  private static func run(_ name: String, _ options: CampaignOptions) throws -> Bool {
    let runner = CampaignRunner(name: name, options: options)
    switch name {
    case "uncertainty": return try runner.run(UncertaintySeries.all)
    case "errors": return try runner.run(ErrorsSeries.all)
    case "starts": return try runner.run(StartsSeries.all)
    case "repair": return try runner.run(RepairSeries.all)
    case "faults": return try runner.run([FaultSeries()])
    case "bundle-speed": return try runner.run([BundleSpeedSeries()])
    case "weighing": return try runner.run(WeighingSeries.all)
    case "weighing-temperature": return try runner.run([TemperatureSeries()])
    case "weighing-one-temperature": return try runner.run([OneTemperatureSeries()])
    case "weighing-faults": return try runner.run(WeighingFaultSeries.all)
    case "weighing-speed": return try runner.run([WeighingSpeedSeries()])
    default: throw CampaignError.unknownCampaign(name, known: known)
    }
  }

  static let help = """
    campaigns NAME [--series NAME]... [--draws N] [--seed N] [--json FILE] [--threads N]
                   [--only INDEX]

    Calibrates many simulated rigs or scales and holds what comes out against the truth.

      uncertainty               errors of lenses, poses and pixels are as large as foretold
      errors                    what is wrong with a cart is named, and healthy carts raise no alarm
      starts                    random rigs end right, or with a finding that names why
      repair                    carts with a replaced camera come out as after a whole calibration,
                                and what else moved is named
      faults                    bundles that were damaged, mixed or tampered with are refused
      bundle-speed              what verifying and loading a bundle costs
      weighing                  errors of unknown loads are small, and as large as foretold
      weighing-temperature      so are those of temperature coefficients
      weighing-one-temperature  so are those of loads 14 K off a calibration at one temperature
      weighing-faults           what is wrong with a scale or its masses is named
      weighing-speed            what the fit and the filters cost

    campaigns exports [--seed N] --out DIR: random cameras of every lens model in every format that
    bundle export writes, with points and where the cameras see them, for a benchmark.

    --series   only this series of the campaign (may be given several times)
    --draws    draws of each series; without it as many as the claim needs
    --seed     draw i has the seed N + i (1)
    --json     keeps every draw in a file
    --only     runs one draw again and tells what happened in it

    exit status: 0 all claims hold; 1 one does not; 2 bad usage; 5 anything unexpected.
    """
}
