package import Geometry
package import LensModels
import LinearAlgebra

/// How far a solved lens is from the true one at a pixel, and how far its covariance lets expect:
/// for points at infinity, after the best rotation (see `ProjectionUncertainty`).
package struct ProjectionError: Equatable, Sendable {
  /// In the solved lens's picture.
  package var pixel: Vector2
  /// Where the true lens sees what the solved one sees at `pixel`, minus `pixel`.
  package var error: Vector2
  /// The square of Mahalanobis's distance of the error: chi-square distributed with 2 degrees of
  /// freedom where errors are normal; nil where nothing is expected.
  package var squaredDistance: Double?
}

extension CalibratedCamera {
  /// The errors against the true lens at the middle of some cells of the picture's coverage; nil
  /// when the lens is left open or too little is covered. Where one of the lenses sees nothing there
  /// is no entry.
  package func projectionErrors(against truth: Lens, cells: [Int]) -> [ProjectionError]? {
    guard let lens, let certainty, let rows = certainty.lensCovariance else { return nil }
    let count = lens.parameters.count
    let covariance = Matrix(rows: count, columns: count, elements: rows)
    let coverage = certainty.coverage
    let covered = coverage.counts.indices.filter { coverage.counts[$0] > 0 }
      .map { coverage.centre(cell: $0) }
    guard let gauge = PoseFollowingLens(lens, pixels: covered, ranges: [nil]),
      let rotation = bestRotation(from: lens, to: truth, pixels: covered)
    else { return nil }
    return cells.compactMap { cell in
      let pixel = coverage.centre(cell: cell)
      guard let direction = lens.unproject(pixel), let other = truth.project(rotation * direction),
        let own = gauge.covariance(lens, pixel: pixel, range: nil, covariance)
      else { return nil }
      return ProjectionError(
        pixel: pixel, error: other - pixel, squaredDistance: own.squaredDistance(other - pixel))
    }
  }
}

extension PixelCovariance {
  fileprivate func squaredDistance(_ error: Vector2) -> Double? {
    let determinant = xx * yy - xy * xy
    guard determinant > 0 else { return nil }
    return (yy * error.x * error.x - 2 * xy * error.x * error.y + xx * error.y * error.y)
      / determinant
  }
}
