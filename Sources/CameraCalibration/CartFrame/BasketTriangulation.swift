import Geometry
import LensModels
import LinearAlgebra

/// Propagates how sure lenses and poses are to points of the basket.
///
/// Two cameras triangulate the point X whose pixels are nearest to those they see. To first order
/// an error d of their lenses and poses moves it by A d with A = -(Jᵀ J)^-1 Jᵀ M, where J and M are
/// the derivatives of the four pixel coordinates by X and by d; its covariance is A C Aᵀ.
struct BasketTriangulation {
  /// A camera in the cart.
  struct Camera {
    /// Index into the input's cameras.
    var index: Int
    var lens: Lens
    var cameraFromCart: RigidTransform
    /// Where in the picture corners were used; a lens is known nowhere else.
    var region: ConvexHull
    /// Places in the covariance: those of the lens, then the six of the pose, or none where it is
    /// held.
    var places: [Int]
  }

  /// How a point is seen: derivatives of x and of y.
  private struct Sight {
    var byPoint: (Vector3, Vector3)
    var byState: ([Double], [Double])
  }

  private let cameras: [Camera]
  /// By pair: the covariance of both cameras' unknowns.
  private var blocks: [Matrix] = []
  private var pairs: [(first: Int, second: Int)] = []

  /// Cameras whose lens or pose is left open by the data take no part.
  init(_ cameras: [Camera], _ covariance: StateCovariance) {
    self.cameras = cameras.filter { covariance.block($0.places) != nil }
    for first in self.cameras.indices {
      for second in self.cameras.indices where second > first {
        guard
          let block = covariance.block(self.cameras[first].places + self.cameras[second].places)
        else { continue }
        pairs.append((first, second))
        blocks.append(block)
      }
    }
  }

  /// The expected errors over the basket.
  func errors(in size: Vector3, relativeTo frame: BasketError.Frame) -> BasketError {
    var result = BasketError(frame: frame, size: size, points: [], pairs: [])
    var sums = pairs.map { _ in (squares: 0.0, worst: 0.0, count: 0) }
    for place in BasketError.places(in: size) {
      let sights = cameras.map { sight($0, place) }
      var variances: [(square: Double, perPixel: Double)] = []
      for (index, pair) in pairs.enumerated() {
        guard let a = sights[pair.first], let b = sights[pair.second],
          let variance = variance(a, b, blocks[index])
        else { continue }
        variances.append(variance)
        sums[index].squares += variance.square
        sums[index].worst = max(sums[index].worst, variance.square)
        sums[index].count += 1
      }
      variances.sort { $0.square < $1.square }
      result.points.append(
        BasketError.Point(
          place: place, cameras: sights.count { $0 != nil },
          best: variances.first.map { $0.square.squareRoot() },
          median: variances.isEmpty
            ? nil : variances[variances.count / 2].square.squareRoot(),
          perPixel: variances.first?.perPixel))
    }
    for (index, pair) in pairs.enumerated() where sums[index].count > 0 {
      result.pairs.append(
        BasketError.Pair(
          first: cameras[pair.first].index, second: cameras[pair.second].index,
          points: sums[index].count,
          rms: (sums[index].squares / Double(sums[index].count)).squareRoot(),
          worst: sums[index].worst.squareRoot()))
    }
    return result
  }

  /// Nil where the picture does not show the point, or shows it where no corners were.
  private func sight(_ camera: Camera, _ place: Vector3) -> Sight? {
    let point = camera.cameraFromCart * place
    guard let seen = camera.lens.projectWithDerivatives(point), camera.region.contains(seen.pixel)
    else { return nil }
    let back = camera.cameraFromCart.rotation.inverse
    func byState(_ parameters: [Double], _ gradient: Vector3) -> [Double] {
      guard camera.places.count > parameters.count else { return parameters }
      // The pose turns the point about the camera by a and moves it by m.
      let turn = point.cross(gradient)
      return parameters + [turn.x, turn.y, turn.z, gradient.x, gradient.y, gradient.z]
    }
    return Sight(
      byPoint: (back * seen.xByPoint, back * seen.yByPoint),
      byState: (
        byState(seen.xByParameters, seen.xByPoint), byState(seen.yByParameters, seen.yByPoint)
      ))
  }

  /// The mean squared error of a point seen by two cameras, and what a standard deviation of one
  /// pixel along each axis of both pictures makes of it; nil where they see it along one line.
  private func variance(
    _ a: Sight, _ b: Sight, _ covariance: Matrix
  ) -> (square: Double, perPixel: Double)? {
    let rows = [a.byPoint.0, a.byPoint.1, b.byPoint.0, b.byPoint.1]
    var normal = InlineArray<3, SIMD8<Double>>(repeating: .zero)
    for row in rows {
      for i in 0..<3 {
        normal[i] += SIMD8(row.x, row.y, row.z, 0, 0, 0, 0, 0) * row[i]
      }
    }
    guard let factor = SmallCholesky<3>(normal, damping: 0) else { return nil }
    // (Jᵀ J)^-1 Jᵀ, by row of J.
    let inverse = rows.map { row in
      factor.backward(factor.forward(SIMD8(row.x, row.y, row.z, 0, 0, 0, 0, 0)))
    }
    var perPixel = 0.0
    for column in inverse { perPixel += (column * column).sum() }
    let split = a.byState.0.count
    let count = split + b.byState.0.count
    var moves: [SIMD8<Double>] = []
    for index in 0..<count {
      moves.append(
        index < split
          ? inverse[0] * a.byState.0[index] + inverse[1] * a.byState.1[index]
          : inverse[2] * b.byState.0[index - split] + inverse[3] * b.byState.1[index - split])
    }
    var square = 0.0
    for j in 0..<count {
      var sum = SIMD8<Double>.zero
      for i in 0..<count { sum += moves[i] * covariance[i, j] }
      square += (sum * moves[j]).sum()
    }
    guard square.isFinite, perPixel.isFinite else { return nil }
    return (max(0, square), perPixel.squareRoot())
  }
}
