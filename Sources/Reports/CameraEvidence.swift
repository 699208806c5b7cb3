import Documents
import BoardDetection
import Bundles
import Geometry
import Sessions

/// What the evidence of a bundle says of one camera: its views with their residuals and, where the
/// corners are kept, their positions.
struct CameraEvidence {
  struct Mark {
    /// In the picture, pixels.
    var position: Vector2
    /// Observed minus predicted, pixels.
    var residual: Vector2
  }

  struct View {
    var image: String
    /// Corners used, and sqrt(sum(dx^2 + dy^2) / corners) over them, pixels.
    var corners: Int
    var rms: Double
    /// The same with the view held out of the solution; nil where nothing was.
    var holdoutRMS: Double?
  }

  struct LeftOut {
    var image: String
    var column: Int
    var row: Int
    var position: Vector2?
    var residual: Vector2?
    var reason: String
  }

  /// Corners used whose position is known.
  var marks: [Mark] = []
  /// In natural order of the pictures.
  var views: [View] = []
  var leftOut: [LeftOut] = []

  private struct Place: Hashable {
    let column: Int
    let row: Int
  }

  init(_ residuals: ResidualsDocument.Camera, _ corners: CornersDocument.Camera?) {
    for image in residuals.views.keys.sorted(by: NaturalOrder.precedes) {
      guard let view = residuals.views[image] else { continue }
      var positions: [Place: Vector2] = [:]
      for corner in corners?.images[image]?.boards.first?.corners ?? [] {
        positions[Place(column: corner.column, row: corner.row)] = Vector2(corner.x, corner.y)
      }
      var count = 0
      var squares = 0.0
      for corner in view.corners {
        let position = positions[Place(column: corner.column, row: corner.row)]
        var residual: Vector2?
        if let dx = corner.dx, let dy = corner.dy { residual = Vector2(dx, dy) }
        if let reason = corner.leftOut {
          leftOut.append(
            LeftOut(
              image: image, column: corner.column, row: corner.row, position: position,
              residual: residual, reason: reason))
        } else if let residual {
          count += 1
          squares += residual.dot(residual)
          if let position { marks.append(Mark(position: position, residual: residual)) }
        }
      }
      let rms = count > 0 ? (squares / Double(count)).squareRoot() : 0
      views.append(
        View(image: image, corners: count, rms: rms, holdoutRMS: view.holdoutRMSPixels))
    }
  }

  /// sqrt(sum(dx^2 + dy^2) / corners) over the marks, pixels.
  var rms: Double {
    let squares = marks.reduce(0) { $0 + $1.residual.dot($1.residual) }
    return marks.isEmpty ? 0 : (squares / Double(marks.count)).squareRoot()
  }
}
