import Boards
import Geometry

/// The least standard deviation per axis with which an unbiased estimate can place a corner in a
/// picture of known noise, everything else known (Cramer and Rao).
///
/// The information of each pixel that is nearer to this corner than to any other, within half a
/// square, is the outer product of the picture's gradient with itself, over the variance of its
/// noise: moving a corner moves that patch. JPEG adds errors that are not counted, and neither are
/// the edges of markers: they are no part of the corner.
struct CornerBound {
  let response: SensorResponse
  /// Light without noise, row by row.
  let light: [Float]
  let width: Int
  let height: Int

  /// The bound of each inner corner of a board, row by row, pixels; nil where the picture says
  /// nothing.
  func deviations(_ footprint: BoardFootprint, _ board: BoardSpec) -> [Double?] {
    let (columns, rows) = (board.columns, board.rows)
    let band = board.isMarked ? board.plainShare : 1
    let area = footprint.area
    var information = Array(
      repeating: PlaneCovariance(xx: 0, xy: 0, yy: 0), count: columns * rows)
    for row in 0..<area.height {
      for column in 0..<area.width {
        let place = footprint.places[row * area.width + column]
        guard place.x > -0.5, place.y > -0.5, place.x < Double(columns) - 0.5,
          place.y < Double(rows) - 0.5,
          abs(place.x - place.x.rounded()) < band || abs(place.y - place.y.rounded()) < band,
          let (gradient, variance) = slope(area.left + column, area.top + row)
        else { continue }
        let corner = Int(place.y.rounded()) * columns + Int(place.x.rounded())
        information[corner].xx += gradient.x * gradient.x / variance
        information[corner].xy += gradient.x * gradient.y / variance
        information[corner].yy += gradient.y * gradient.y / variance
      }
    }
    return information.map { matrix in
      let determinant = matrix.xx * matrix.yy - matrix.xy * matrix.xy
      let sum = matrix.xx + matrix.yy
      // A corner that is known along one direction only is not known.
      guard determinant > 1e-6 * sum * sum, sum > 0 else { return nil }
      return (0.5 * sum / determinant).squareRoot()
    }
  }

  /// The gradient of the noise-free value by differences of the sixth order, which lose 2 % at a
  /// blur of 0.7 px, and the variance of the value. Nil at the rim and where the sensor is
  /// saturated.
  private func slope(_ column: Int, _ row: Int) -> (Vector2, Double)? {
    guard column >= 3, row >= 3, column < width - 3, row < height - 3 else { return nil }
    let here = row * width + column
    let variance = response.variance(Double(light[here]))
    guard variance.isFinite else { return nil }
    func difference(_ step: Int) -> Double {
      let near = value(here + step) - value(here - step)
      let middle = value(here + 2 * step) - value(here - 2 * step)
      let far = value(here + 3 * step) - value(here - 3 * step)
      return (45 * near - 9 * middle + far) / 60
    }
    return (Vector2(difference(1), difference(width)), variance)
  }

  private func value(_ index: Int) -> Double { response.value(Double(light[index])) }
}
