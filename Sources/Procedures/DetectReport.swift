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
    package var corners: [Corner]
    /// All boards found, best first; empty when none was.
    package var boards: [Board]

    private enum CodingKeys: String, CodingKey {
      case width, height, status, ambiguous, reason, corners, boards
      case reasonText = "reason_text"
      case cpuMilliseconds = "cpu_ms"
    }
  }

  package struct Board: Codable, Equatable, Sendable {
    package var status: BoardStatus
    package var ambiguous: Bool
    package var corners: [Corner]

    init(_ board: BoardObservation) {
      status = board.status
      ambiguous = board.ambiguous
      corners = board.corners.map(Corner.init)
    }
  }

  /// A corner: identity, position and standard deviation per axis, pixels.
  package struct Corner: Codable, Equatable, Sendable {
    package var column: Int
    package var row: Int
    package var x: Double
    package var y: Double
    package var sigma: Double

    init(_ corner: BoardCorner) {
      column = corner.column
      row = corner.row
      x = corner.x
      y = corner.y
      sigma = corner.sigma
    }
  }
}
