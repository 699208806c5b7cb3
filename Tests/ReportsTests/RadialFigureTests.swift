import BoardDetection
import Bundles
import Geometry
import Testing

@testable import Reports

struct RadialFigureTests {
  /// Evidence of corners spread over 640 x 480 pixels about (320, 240), with residuals that
  /// `residual` gives at a place seen from the middle.
  private func evidence(_ residual: (Vector2) -> Vector2) throws -> CameraEvidence {
    var seen: [BoardCorner] = []
    var fitted: [ResidualsDocument.Corner] = []
    for row in 0..<24 {
      for column in 0..<32 {
        let arm = Vector2(20 * Double(column) - 310, 20 * Double(row) - 230)
        let step = residual(arm)
        seen.append(
          BoardCorner(
            column: column, row: row, x: 320 + arm.x + step.x, y: 240 + arm.y + step.y, sigma: 0.1))
        fitted.append(
          .init(column: column, row: row, dx: step.x, dy: step.y, leftOut: nil))
      }
    }
    let view = ResidualsDocument.View(
      frame: "0", anchored: true,
      cameraFromBoard: PoseRecord(
        RigidTransform(rotation: .identity, translation: Vector3(0, 0, 1))),
      holdoutRMSPixels: nil, corners: fitted)
    return CameraEvidence(
      .init(views: ["0.png": view]),
      .init(
        width: 640, height: 480,
        images: [
          "0.png": .init(
            status: .complete, reason: nil,
            boards: [.init(status: .complete, ambiguous: false, corners: seen)])
        ]))
  }

  private func caption(_ residual: (Vector2) -> Vector2) throws -> String {
    let drawing = RadialFigure(try evidence(residual), centre: Vector2(320, 240)).drawing
    return try #require(drawing).html
  }

  @Test func errorsAwayFromTheCentreAreRadial() throws {
    let drawn = try caption { $0 * (1e-3 * $0.length / 400) }
    #expect(drawn.contains("in 10 (solid) and 0 (dashed) of 10 rings"), "\(drawn)")
  }

  @Test func errorsRoundTheCentreAreTangential() throws {
    let drawn = try caption { Vector2(-$0.y, $0.x) * 1e-3 }
    #expect(drawn.contains("in 0 (solid) and 10 (dashed) of 10 rings"), "\(drawn)")
  }

  /// A step that changes its sign from corner to corner has no mean.
  @Test func whatHasNoOrderIsNoPattern() throws {
    var sign = 1.0
    let drawn = try caption { _ in
      sign = -sign
      return Vector2(0.1 * sign, 0.07 * sign)
    }
    #expect(drawn.contains("in 0 (solid) and 0 (dashed) of 10 rings"), "\(drawn)")
  }

  @Test func nothingIsDrawnOfNothing() throws {
    let none = CameraEvidence(.init(views: [:]), nil)
    #expect(RadialFigure(none, centre: .zero).drawing == nil)
  }
}
