/// Many draws of one kind and what they are to show.
///
/// A draw is made from its seed alone: `campaigns NAME --series SERIES --only INDEX` runs it again.
protocol CampaignSeries: Sendable {
  /// What is kept of a draw in the JSON file.
  associatedtype Outcome: Encodable & Sendable

  /// A word for the command line and the JSON file.
  var name: String { get }
  /// How many draws show what is claimed.
  var draws: Int { get }

  /// Runs one draw, on the calling thread.
  func outcome(seed: UInt64) throws -> Outcome

  /// Lines that tell a person what happened in one draw.
  func details(seed: UInt64) throws -> [String]

  /// Holds all draws against the claim.
  func judge(_ outcomes: [Outcome]) -> SeriesVerdict
}

/// What the draws of a series showed.
struct SeriesVerdict: Encodable, Sendable {
  /// One thing that was counted or measured.
  struct Row: Encodable, Sendable {
    var what: String
    var measured: String
    /// What is claimed; nil where the row only informs.
    var claimed: String?
    var holds: Bool
  }

  var rows: [Row]

  var holds: Bool { rows.allSatisfy(\.holds) }
}
