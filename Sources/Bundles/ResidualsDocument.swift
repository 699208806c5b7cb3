/// What a solve leaves of every corner it took, and where each view puts the board: schema
/// `cartcal.residuals/1`, kept as evidence so that a report can be drawn without solving again.
///
/// Positions are not repeated: they stand in `evidence/corners.json` under the same camera,
/// picture, column and row.
package struct ResidualsDocument: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.residuals/1"
  /// Where it stands in a revision's folder.
  package static let path = "evidence/residuals.json"

  package var schema = Self.schemaName
  /// The software that solved.
  package var software: String
  /// By camera name.
  package var cameras: [String: Camera]

  package init(software: String, cameras: [String: Camera]) {
    self.software = software
    self.cameras = cameras
  }

  package struct Camera: Codable, Equatable, Sendable {
    /// By file name, those that took part.
    package var views: [String: View]

    package init(views: [String: View]) { self.views = views }
  }

  package struct View: Codable, Equatable, Sendable {
    /// The instant: views of equal frame show the board in one place.
    package var frame: String
    /// False for a part of the board whose place on it is unknown.
    package var anchored: Bool
    package var cameraFromBoard: PoseRecord
    /// sqrt(sum(dx^2 + dy^2) / corners) when the view has no part in lenses, camera poses and bend,
    /// pixels; nil where nothing was held out.
    package var holdoutRMSPixels: Double?
    package var corners: [Corner]

    package init(
      frame: String, anchored: Bool, cameraFromBoard: PoseRecord, holdoutRMSPixels: Double?,
      corners: [Corner]
    ) {
      self.frame = frame
      self.anchored = anchored
      self.cameraFromBoard = cameraFromBoard
      self.holdoutRMSPixels = holdoutRMSPixels
      self.corners = corners
    }

    private enum CodingKeys: String, CodingKey {
      case frame, anchored, corners
      case cameraFromBoard = "camera_from_board"
      case holdoutRMSPixels = "holdout_rms_px"
    }
  }

  package struct Corner: Codable, Equatable, Sendable {
    package var column: Int
    package var row: Int
    /// Observed minus predicted, pixels; nil where nothing could be predicted.
    package var dx: Double?
    package var dy: Double?
    /// Why the corner was thrown out, as a stable code; nil for a corner used.
    package var leftOut: String?

    /// Rounded to a millionth of a pixel, so that a corner stands on one line of the file.
    package init(column: Int, row: Int, dx: Double?, dy: Double?, leftOut: String?) {
      self.column = column
      self.row = row
      self.dx = dx.map(Self.millionths)
      self.dy = dy.map(Self.millionths)
      self.leftOut = leftOut
    }

    private static func millionths(_ pixels: Double) -> Double { (pixels * 1e6).rounded() / 1e6 }

    private enum CodingKeys: String, CodingKey {
      case column, row, dx, dy
      case leftOut = "left_out"
    }
  }
}
