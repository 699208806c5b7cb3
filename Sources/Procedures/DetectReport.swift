package import BoardDetection

/// What `cartcal detect --json` writes: schema `cartcal.detect/1`.
package struct DetectReport: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.detect/1"

  package var schema = Self.schemaName
  package var software: String
  package var board: String
  /// By path, as given.
  package var images: [String: Image]
}

extension DetectReport {
  /// What was found in one picture.
  package struct Image: Codable, Equatable, Sendable {
    package var width: Int
    package var height: Int
    /// The best board's.
    package var status: BoardStatus
    package var ambiguous: Bool
    /// Why there is no complete board, as a stable code; null where there is one.
    package var reason: String?
    /// The same for people, with the remedy.
    package var reasonText: String?
    /// CPU time of the detection, decoding excluded, milliseconds.
    package var cpuMilliseconds: Double
    /// The best board's.
    package var corners: [BoardCorner]
    /// All boards found, best first; empty when none was.
    package var boards: [BoardObservation]

    private enum CodingKeys: String, CodingKey {
      case width, height, status, ambiguous, reason, corners, boards
      case reasonText = "reason_text"
      case cpuMilliseconds = "cpu_ms"
    }
  }
}
