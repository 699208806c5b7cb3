import BoardDetection
import Imaging

/// A picture with the corners that were found in it drawn on top.
enum CornerDrawing {
  /// Rows are joined by lines that run from blue to orange, each corner is ringed, and the first
  /// corner (column 0, row 0) has a second ring.
  static func draw(_ boards: [BoardObservation], on grey: GreyImage) -> ColorImage {
    var picture = ColorImage(grey)
    for board in boards { draw(board, on: &picture) }
    return picture
  }

  private static func draw(_ board: BoardObservation, on picture: inout ColorImage) {
    let lastRow = max(1, board.corners.map(\.row).max() ?? 1)
    var previous: BoardCorner?
    for corner in board.corners {
      let color = shade(Double(corner.row) / Double(lastRow))
      if let before = previous, before.row == corner.row {
        picture.drawLine(
          from: (before.x, before.y), to: (corner.x, corner.y), thickness: 1, color)
      }
      previous = corner
    }
    for corner in board.corners {
      let color = shade(Double(corner.row) / Double(lastRow))
      let center = (x: corner.x, y: corner.y)
      picture.drawCircle(center: center, radius: 4, thickness: 1.2, color)
      if corner.column == 0, corner.row == 0 {
        picture.drawCircle(center: center, radius: 8, thickness: 2, color)
      }
    }
  }

  /// From blue at 0 to orange at 1: told apart by colour-blind eyes and in grey print.
  private static func shade(_ t: Double) -> Color {
    func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * t).rounded()) }
    return Color(red: mix(30, 255), green: mix(120, 150), blue: mix(255, 20))
  }
}
