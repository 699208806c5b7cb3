import Geometry
import LensModels

/// How far places of the basket are from where they were: a place is seen by all cameras as bundle a
/// has them, and what they see is put into space by bundle b. Cameras that were exchanged take no
/// part: what the old one saw says nothing of the new one.
public struct BasketDifference: Encodable, Equatable, Sendable {
  /// Of the basket: right, forward, up, metres.
  public var size: [Double]
  /// Points to the right, forward and up; an even grid from wall to wall and from floor to rim.
  public var grid: [Int]
  /// By point, fastest to the right, then forward, then up: the distance, metres; nil where fewer than
  /// two cameras see it.
  public var points: [Double?]
  /// Root mean square and largest, metres; nil where no point is seen by two.
  public var rms: Double?
  public var worst: Double?
  /// The root mean square that both bundles let expect of the same points; nil where they do not say.
  public var expected: Double?

  enum CodingKeys: String, CodingKey {
    case grid
    case size = "size_m"
    case points = "points_m"
    case rms = "rms_m"
    case worst = "worst_m"
    case expected = "expected_rms_m"
  }

  /// Nil where not both bundles have two cameras in the cart, or neither knows the basket.
  init?(_ a: CartBundle, _ b: CartBundle, leavingOut exchanged: Set<String> = []) {
    guard let record = a.cartFrame.basketError ?? b.cartFrame.basketError, record.size.count == 3,
      record.grid.count == 3, record.grid.allSatisfy({ (2...100).contains($0) })
    else { return nil }
    let cameras = a.cameras.keys.filter { !exchanged.contains($0) }.sorted().compactMap { name in
      Pair(a.cameras[name], b.cameras[name])
    }
    guard cameras.count >= 2 else { return nil }
    size = record.size
    grid = record.grid
    var points: [Double?] = []
    for up in 0..<grid[2] {
      for forward in 0..<grid[1] {
        for right in 0..<grid[0] {
          func along(_ axis: Int, _ step: Int) -> Double {
            record.size[axis] * Double(step) / Double(record.grid[axis] - 1)
          }
          let place = Vector3(
            along(0, right) - 0.5 * size[0], along(1, forward) - 0.5 * size[1], along(2, up))
          points.append(Self.distance(place, cameras))
        }
      }
    }
    self.points = points
    let known = points.compactMap { $0 }
    worst = known.max()
    rms = known.isEmpty ? nil : Self.rms(known)
    expected = Self.expected(a, b, points)
  }

  private struct Pair {
    let lens: Lens
    let other: Lens
    let cameraFromCart: RigidTransform
    let cartFromOther: RigidTransform
    let coverage: CoverageRecord?

    init?(_ a: CameraRecord?, _ b: CameraRecord?) {
      guard let a, let b, let from = a.cartPose, let to = b.cartPose else { return nil }
      do throws(LensError) {
        guard let lens = try a.lens, let other = try b.lens, lens.width == other.width,
          lens.height == other.height
        else { return nil }
        self.lens = lens
        self.other = other
      } catch {
        return nil
      }
      cameraFromCart = from.cartFromCamera.transform.inverse
      cartFromOther = to.cartFromCamera.transform
      coverage = a.certainty.coverage
    }

    /// Where the other calibration looks for what this one sees at a place; nil where it is not seen,
    /// or in a part of the picture that was not calibrated.
    func ray(_ place: Vector3) -> (origin: Vector3, direction: Vector3)? {
      guard let pixel = lens.project(cameraFromCart * place), pixel.x >= 0, pixel.y >= 0,
        pixel.x <= Double(lens.width - 1), pixel.y <= Double(lens.height - 1), isCovered(pixel),
        let direction = other.unproject(pixel)
      else { return nil }
      return (cartFromOther.translation, (cartFromOther.rotation * direction).normalized)
    }

    private func isCovered(_ pixel: Vector2) -> Bool {
      guard let coverage else { return true }
      let column = Int((pixel.x + 0.5) / Double(lens.width) * Double(coverage.columns))
      let row = Int((pixel.y + 0.5) / Double(lens.height) * Double(coverage.rows))
      let cell =
        min(row, coverage.rows - 1) * coverage.columns + min(column, coverage.columns - 1)
      return coverage.corners[cell] > 0
    }
  }

  /// How far the point nearest to all rays is from a place; nil with fewer than two.
  private static func distance(_ place: Vector3, _ cameras: [Pair]) -> Double? {
    let rays = cameras.compactMap { $0.ray(place) }
    guard rays.count >= 2 else { return nil }
    // The sum of squared distances to lines is least where sum((I - d dᵀ)(p - o)) = 0.
    var normal = Matrix3(columns: .zero, .zero, .zero)
    var right = Vector3.zero
    for (origin, d) in rays {
      let across =
        Matrix3.identity + Matrix3(columns: d * d.x, d * d.y, d * d.z) * -1
      normal = normal + across
      right += across * (origin - place)
    }
    let determinant = normal.determinant
    // Rays that are all but parallel meet nowhere in particular.
    guard determinant > 1e-4 else { return nil }
    let offset =
      Vector3(
        right.dot(normal.column1.cross(normal.column2)),
        normal.column0.dot(right.cross(normal.column2)),
        normal.column0.dot(normal.column1.cross(right))) / determinant
    return offset.length.isFinite ? offset.length : nil
  }

  private static func rms(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  private static func expected(
    _ a: CartBundle, _ b: CartBundle, _ points: [Double?]
  ) -> Double? {
    guard let first = a.cartFrame.basketError, let second = b.cartFrame.basketError,
      first.grid == second.grid, first.size == second.size, first.best.count == points.count,
      second.best.count == points.count
    else { return nil }
    let sums = points.indices.compactMap { index -> Double? in
      guard points[index] != nil, let one = first.best[index], let other = second.best[index] else {
        return nil
      }
      return (one * one + other * other).squareRoot()
    }
    return sums.isEmpty ? nil : rms(sums)
  }
}
