import Execution

/// What the command line asks of a campaign.
struct CampaignOptions: Sendable {
  /// Draws of each series; nil for as many as its claim needs.
  var draws: Int?
  var seed: UInt64 = 1
  /// Where the JSON file goes; nil for none.
  var json: String?
  var threads = ThreadCount()
  /// Names of the series to run; empty for all.
  var series: [String] = []
  /// Runs only the draw of this index and tells what happened in it.
  var only: Int?

  /// The seed of a draw.
  func seed(of index: Int) -> UInt64 { seed &+ UInt64(index) }

  /// The options in the words after the campaign's name.
  init(_ words: ArraySlice<String> = []) throws(CampaignError) {
    var rest = words
    while let option = rest.popFirst() {
      guard ["--draws", "--seed", "--json", "--threads", "--series", "--only"].contains(option)
      else { throw .badOption(option, expected: "no such option") }
      guard let value = rest.popFirst() else { throw .badOption(option, expected: "a value") }
      switch option {
      case "--draws": draws = try number(value, option, atLeast: 1)
      case "--threads": threads = ThreadCount(try number(value, option, atLeast: 1))
      case "--only": only = try number(value, option, atLeast: 0)
      case "--series": series.append(value)
      case "--json": json = value
      default:
        guard let number = UInt64(value) else {
          throw .badOption(option, expected: "a whole number, not \"\(value)\"")
        }
        seed = number
      }
    }
  }

  private func number(
    _ word: String, _ option: String, atLeast least: Int
  ) throws(CampaignError) -> Int {
    guard let number = Int(word), number >= least, number <= 10_000_000 else {
      throw .badOption(option, expected: "a whole number of at least \(least), not \"\(word)\"")
    }
    return number
  }

  /// The series to run, in the campaign's order.
  func chosen<Series: CampaignSeries>(
    from all: [Series], campaign: String
  ) throws(CampaignError) -> [Series] {
    let known = all.map(\.name)
    for word in series where !known.contains(word) {
      throw .unknownSeries(word, campaign: campaign, known: known)
    }
    return series.isEmpty ? all : all.filter { series.contains($0.name) }
  }
}
