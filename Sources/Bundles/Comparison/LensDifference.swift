import Geometry
import LensModels

/// How far two lenses differ over the picture: where b sees what a sees at a pixel, far away and after
/// the rotation that brings both nearest to each other, which a camera's pose takes up.
///
/// Source: D. Kogan, "mrcal" (https://mrcal.secretsauce.net), section "differencing".
public struct LensDifference: Encodable, Equatable, Sendable {
  /// Root mean square and largest distance over the cells compared, pixels.
  public var rms: Double
  public var worst: Double
  /// The root mean square that both uncertainties let expect; nil where they are not known.
  public var expected: Double?
  /// The angle of the rotation, radians.
  public var turned: Double
  /// Cells that part the picture evenly.
  public var columns: Int
  public var rows: Int
  /// By cell, row by row from the top left: the distance; nil where one of both has no corners.
  public var cells: [Double?]
  /// The same as the uncertainties let expect.
  public var expectedCells: [Double?]
  /// Turns a's directions to b's.
  let rotation: Rotation

  enum CodingKeys: String, CodingKey {
    case columns, rows, cells
    case rms = "rms_px"
    case worst = "worst_px"
    case expected = "expected_px"
    case turned = "turned_rad"
    case expectedCells = "expected_cells"
  }

  /// What is left when three times the expected difference is taken away, pixels.
  var unexplained: Double {
    let expected = 3 * (expected ?? 0)
    return max(0, rms * rms - expected * expected).squareRoot()
  }

  /// True for lenses that differ by more than chance and than matters.
  var isOther: Bool { unexplained > DifferenceThreshold.lensPixels }

  /// Where corners were seen in both, else everywhere; nil where the pictures differ in size, or too
  /// little can be compared.
  init?(
    _ a: Lens, _ first: CertaintyRecord, _ b: Lens, _ second: CertaintyRecord
  ) {
    guard a.width == b.width, a.height == b.height else { return nil }
    let grid = Grid(first.coverage, second.coverage)
    let pixels = (0..<grid.count).map { grid.centre($0, width: a.width, height: a.height) }
    let compared = pixels.indices.filter { grid.isCompared[$0] }
    guard let rotation = a.rotation(to: b, pixels: compared.map { pixels[$0] }) else { return nil }
    var cells: [Double?] = Array(repeating: nil, count: grid.count)
    var expected = cells
    let firstFar = Self.farCells(first, grid.count)
    let secondFar = Self.farCells(second, grid.count)
    var (squares, worst, count) = (0.0, 0.0, 0.0)
    var (expectedSquares, expectedCount) = (0.0, 0.0)
    for cell in compared {
      guard let direction = a.unproject(pixels[cell]), let seen = b.project(rotation * direction)
      else { continue }
      let distance = (seen - pixels[cell]).length
      guard distance.isFinite else { continue }
      cells[cell] = distance
      squares += distance * distance
      worst = max(worst, distance)
      count += 1
      if let one = firstFar?[cell], let other = secondFar?[cell] {
        expected[cell] = (one * one + other * other).squareRoot()
        expectedSquares += one * one + other * other
        expectedCount += 1
      }
    }
    guard count > 0 else { return nil }
    rms = (squares / count).squareRoot()
    self.worst = worst
    self.expected = expectedCount > 0 ? (expectedSquares / expectedCount).squareRoot() : nil
    turned = rotation.angle
    self.rotation = rotation
    columns = grid.columns
    rows = grid.rows
    self.cells = cells
    expectedCells = expected
  }

  /// The uncertainty of far points by cell.
  private static func farCells(_ certainty: CertaintyRecord, _ count: Int) -> [Double?]? {
    certainty.projection?.ranges.last { $0.range == nil && $0.cells.count == count }?.cells
  }

  private struct Grid {
    var columns = 8
    var rows = 6
    var isCompared: [Bool]
    var count: Int { columns * rows }

    init(_ first: CoverageRecord?, _ second: CoverageRecord?) {
      if let first, let second, first.columns == second.columns, first.rows == second.rows {
        (columns, rows) = (first.columns, first.rows)
        isCompared = zip(first.corners, second.corners).map { $0 > 0 && $1 > 0 }
      } else {
        isCompared = Array(repeating: true, count: 48)
      }
    }

    /// Pixel (0, 0) is the centre of the top-left pixel.
    func centre(_ cell: Int, width: Int, height: Int) -> Vector2 {
      Vector2(
        (Double(cell % columns) + 0.5) / Double(columns) * Double(width) - 0.5,
        (Double(cell / columns) + 0.5) / Double(rows) * Double(height) - 0.5)
    }
  }
}

extension Lens {
  /// The rotation of directions that brings what this lens sees at some pixels nearest to these
  /// pixels in another lens's picture, in the sense of least squares; nil when it cannot be told.
  func rotation(to other: Lens, pixels: [Vector2]) -> Rotation? {
    let seen = pixels.compactMap { pixel in
      unproject(pixel).map { (pixel: pixel, direction: $0) }
    }
    var rotation = Rotation.identity
    // Gauss and Newton; differences are of pixels, so that each round wins digits by the thousand.
    for _ in 0..<10 {
      var normal = Matrix3(columns: .zero, .zero, .zero)
      var right = Vector3.zero
      var count = 0
      for (pixel, direction) in seen {
        let turned = rotation * direction
        guard let at = other.projectWithDerivatives(turned) else { continue }
        // Turned by d on the left, the point moves by d x point.
        for (gradient, error) in [
          (turned.cross(at.xByPoint), at.pixel.x - pixel.x),
          (turned.cross(at.yByPoint), at.pixel.y - pixel.y),
        ] {
          normal =
            normal
            + Matrix3(columns: gradient * gradient.x, gradient * gradient.y, gradient * gradient.z)
          right -= gradient * error
        }
        count += 1
      }
      guard count >= 3, let step = normal.solve(right) else { return nil }
      rotation = Rotation(rotationVector: step) * rotation
      if step.length < 1e-12 { break }
    }
    return rotation
  }
}

extension Matrix3 {
  /// x with M x = `right`, by Cramer's rule; nil for a matrix that is singular to rounding.
  fileprivate func solve(_ right: Vector3) -> Vector3? {
    let determinant = determinant
    let size = column0.length * column1.length * column2.length
    guard size > 0, abs(determinant) > 1e-12 * size else { return nil }
    let x = Vector3(
      right.dot(column1.cross(column2)), column0.dot(right.cross(column2)),
      column0.dot(column1.cross(right)))
    let result = x / determinant
    return result.length.isFinite ? result : nil
  }
}
