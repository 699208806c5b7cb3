/// Why a campaign could not be run.
enum CampaignError: Error, Equatable {
  case unknownCampaign(String?, known: [String])
  case unknownSeries(String, campaign: String, known: [String])
  case badOption(String, expected: String)
  case drawFailed(series: String, index: Int, reason: String)
}

extension CampaignError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownCampaign(let word, let known):
      return (word.map { "there is no campaign \"\($0)\". " } ?? "")
        + "Say which campaign to run: \(known.joined(separator: ", ")). See: campaigns --help"
    case .unknownSeries(let word, let campaign, let known):
      return "\(campaign) has no series \"\(word)\". "
        + "Its series: \(known.joined(separator: ", "))."
    case .badOption(let option, let expected):
      return "\(option): expected \(expected). See: campaigns --help"
    case .drawFailed(let series, let index, let reason):
      return "draw \(index) of series \(series) could not be run: \(reason) "
        + "Look at it with --series \(series) --only \(index)."
    }
  }
}
