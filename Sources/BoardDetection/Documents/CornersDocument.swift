import Boards
import Documents

/// Corners of a session, found once and solved any number of times: schema `cartcal.corners/1`.
///
/// Positions are pixels, (0, 0) the centre of the top-left pixel; `sigma` is the standard deviation
/// of x and of y. Corners of an unanchored board carry positions in a grid of their own.
package struct CornersDocument: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.corners/1"

  package var schema = Self.schemaName
  /// The software that found them.
  package var software: String
  /// The board word, for example `checkerboard:9x6:25mm`.
  package var board: String
  /// By camera name.
  package var cameras: [String: Camera]

  package init(software: String, board: String, cameras: [String: Camera]) {
    self.software = software
    self.board = board
    self.cameras = cameras
  }

  package struct Camera: Codable, Equatable, Sendable {
    /// Picture size, pixels.
    package var width: Int
    package var height: Int
    /// By file name; equal names without extension are the same instant.
    package var images: [String: Image]

    package init(width: Int, height: Int, images: [String: Image]) {
      self.width = width
      self.height = height
      self.images = images
    }
  }

  package struct Image: Codable, Equatable, Sendable {
    /// The best board's.
    package var status: BoardStatus
    /// Why there is no complete board, as a stable code; null where there is one.
    package var reason: String?
    /// Best first; empty when none was found.
    package var boards: [BoardObservation]

    package init(status: BoardStatus, reason: String?, boards: [BoardObservation]) {
      self.status = status
      self.reason = reason
      self.boards = boards
    }
  }
}

extension CornersDocument.Image {
  /// What a detector found in a picture, rounded to a millionth of a pixel: far below any noise,
  /// and a corner then stands on one line of the file.
  package init(_ detection: BoardDetection) {
    self.init(
      status: detection.status, reason: detection.reason?.code,
      boards: detection.boards.map { board in
        var rounded = board
        for index in rounded.corners.indices { rounded.corners[index].round() }
        return rounded
      })
  }
}

extension BoardCorner {
  fileprivate mutating func round() {
    x = Self.millionths(x)
    y = Self.millionths(y)
    sigma = max(1e-6, Self.millionths(sigma))
  }

  private static func millionths(_ pixels: Double) -> Double { (pixels * 1e6).rounded() / 1e6 }
}
