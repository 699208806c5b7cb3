import LensModels
import LinearAlgebra
import Geometry

/// How sure the pixel is at which a camera sees a point, with what a lens may trade with the
/// camera's place given back to the place.
///
/// A principal point that is moved and a camera that is turned look nearly alike, so the covariance
/// of a lens by itself makes each pixel seem badly known. What matters is what is left when the
/// place follows the lens: the best small rotation for points at infinity, the best small rotation
/// and translation for points at the boards' distances, as linear functions of the change of the
/// lens. Both are least-squares fits over the covered cells' middles; those for finite ranges hold
/// for the nearest, median and farthest board distance at once.
///
/// Source: the idea is that of D. Kogan, "mrcal" (https://mrcal.secretsauce.net), section
/// "projection uncertainty"; there the place follows the boards, here the lens's own picture of
/// the covered cells.
package struct ProjectionUncertainty: Equatable, Sendable {
  /// At points of one distance to the camera.
  package struct AtRange: Equatable, Sendable {
    /// Metres; nil for infinity.
    package var range: Double?
    /// One standard deviation in the worst direction (the root of the covariance's larger
    /// eigenvalue), pixels; nil where the lens sees nothing.
    package var centre: Double?
    /// The largest over the cells with corners.
    package var worstCovered: Double?
    /// At the middle of each cell of `PictureCoverage`, covered or not.
    package var cells: [Double?]

    package init(range: Double?, centre: Double?, worstCovered: Double?, cells: [Double?]) {
      self.range = range
      self.centre = centre
      self.worstCovered = worstCovered
      self.cells = cells
    }
  }

  /// At the nearest board, at the median one, at infinity; nearest and median are missing when no
  /// motion can be told from the covered cells.
  package var ranges: [AtRange]

  package init(ranges: [AtRange]) { self.ranges = ranges }
}

extension ProjectionUncertainty {
  /// The uncertainty of a lens with the given covariance of its parameters. `boardDistances` are
  /// those of the boards' middles to the camera, metres, ascending.
  ///
  /// Nil when too few cells are covered for a rotation to be told.
  init?(
    _ lens: Lens, covariance: Matrix, coverage: PictureCoverage, boardDistances: [Double]
  ) {
    let covered = coverage.counts.indices.filter { coverage.counts[$0] > 0 }
      .map { coverage.centre(cell: $0) }
    guard let turn = PoseFollowingLens(lens, pixels: covered, ranges: [nil]) else { return nil }
    var ranges: [AtRange] = []
    if let nearest = boardDistances.first, let farthest = boardDistances.last {
      let median = boardDistances[boardDistances.count / 2]
      if let motion = PoseFollowingLens(
        lens, pixels: covered, ranges: [nearest, median, farthest])
      {
        for range in [nearest, median] {
          ranges.append(AtRange(lens, motion, covariance, coverage, range: range))
        }
      }
    }
    ranges.append(AtRange(lens, turn, covariance, coverage, range: nil))
    self.ranges = ranges
  }
}

extension ProjectionUncertainty.AtRange {
  fileprivate init(
    _ lens: Lens, _ gauge: PoseFollowingLens, _ covariance: Matrix,
    _ coverage: PictureCoverage, range: Double?
  ) {
    self.range = range
    func deviation(_ pixel: Vector2) -> Double? {
      gauge.covariance(lens, pixel: pixel, range: range, covariance)?.worstDeviation
    }
    let middle = Vector2(0.5 * Double(lens.width - 1), 0.5 * Double(lens.height - 1))
    centre = deviation(middle)
    let cells = coverage.counts.indices.map { deviation(coverage.centre(cell: $0)) }
    self.cells = cells
    worstCovered = coverage.counts.indices.filter { coverage.counts[$0] > 0 }
      .compactMap { cells[$0] }.max()
  }
}

/// The covariance of a pixel, pixels^2.
struct PixelCovariance: Equatable {
  var xx: Double
  var xy: Double
  var yy: Double

  /// The mean squared distance.
  var trace: Double { xx + yy }

  /// One standard deviation in the direction in which it is largest, pixels.
  var worstDeviation: Double {
    let half = 0.5 * (xx - yy)
    return (0.5 * (xx + yy) + (half * half + xy * xy).squareRoot()).squareRoot()
  }
}
