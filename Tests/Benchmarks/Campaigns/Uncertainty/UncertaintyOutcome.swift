/// The errors of one draw in terms of what was foretold: squares of Mahalanobis's distance.
struct UncertaintyOutcome: Encodable, Sendable {
  struct Block: Encodable, Sendable {
    /// What the errors are of, for example `camera0 pose`.
    var what: String
    var squaredDistance: Double
    /// Degrees of freedom.
    var freedom: Int

    private enum CodingKeys: String, CodingKey {
      case what
      case squaredDistance = "squared_distance"
      case freedom
    }
  }

  var blocks: [Block]
  /// Blocks whose uncertainty was not given.
  var open: [String]
  /// The corners' noise as the residuals give it, over the true one.
  var noiseRatio: Double?
  /// Codes of findings.
  var findings: [String]

  private enum CodingKeys: String, CodingKey {
    case blocks, open
    case noiseRatio = "noise_ratio"
    case findings
  }
}
