import BoardDetection
import Imaging

/// A picture with the corners that were found in it drawn on top.
enum CornerDrawing {
  /// Rows are joined by lines that run from blue over magenta to orange, each corner is ringed, and the first
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
          from: (before.x, before.y), to: (corner.x, corner.y), thickness: 1.4, color)
      }
      previous = corner
    }
    for corner in board.corners {
      let color = shade(Double(corner.row) / Double(lastRow))
      let center = (x: corner.x, y: corner.y)
      picture.drawCircle(center: center, radius: 4.5, thickness: 1.6, color)
      if corner.column == 0, corner.row == 0 {
        picture.drawCircle(center: center, radius: 8, thickness: 2, color)
      }
    }
  }

  /// From blue over magenta to orange as `t` goes from 0 to 1: strong on black and on white, and
  /// told apart by colour-blind eyes.
  private static func shade(_ t: Double) -> Color {
    let stops: [(red: Double, green: Double, blue: Double)] = [
      (30, 120, 255), (225, 30, 170), (255, 150, 20),
    ]
    let segment = min(1, Int(t * 2))
    let part = t * 2 - Double(segment)
    let (from, to) = (stops[segment], stops[segment + 1])
    func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * part).rounded()) }
    return Color(
      red: mix(from.red, to.red), green: mix(from.green, to.green), blue: mix(from.blue, to.blue))
  }
}
