/// A campaign as its JSON file holds it: every draw, and what all together show.
struct CampaignReport<Outcome: Encodable & Sendable>: Encodable, Sendable {
  struct Draw: Encodable, Sendable {
    var index: Int
    var seed: UInt64
    var outcome: Outcome
  }

  struct Series: Encodable, Sendable {
    var name: String
    var holds: Bool
    var rows: [SeriesVerdict.Row]
    var draws: [Draw]
  }

  private enum CodingKeys: String, CodingKey {
    case schema, campaign, seed, holds, series
  }

  var schema = "cartcal.campaign/1"
  var campaign: String
  /// Draw i of each series has the seed `seed` + i.
  var seed: UInt64
  var holds: Bool { series.allSatisfy(\.holds) }
  var series: [Series]

  init(campaign: String, seed: UInt64, series: [Series]) {
    self.campaign = campaign
    self.seed = seed
    self.series = series
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(campaign, forKey: .campaign)
    try container.encode(seed, forKey: .seed)
    try container.encode(holds, forKey: .holds)
    try container.encode(series, forKey: .series)
  }
}
