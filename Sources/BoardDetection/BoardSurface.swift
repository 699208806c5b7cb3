/// A board's corners as one smooth surface in the picture.
///
/// Model, at the place (u, v) of a corner on the board:
///
///     x = P(u, v) / W(u, v),   y = Q(u, v) / W(u, v),   W = 1 + a u + b v
///
/// P, Q: polynomials of second to fourth degree. Perspective is in it exactly; lenses and bent
/// boards are smooth. On simulated wide lenses and bent boards with all their corners the fourth
/// degree leaves less than 0.02 px, and says where one of three missing rim corners is to 0.03 px.
/// Linear least squares (rows times W, weighed by W of the step before); of the degrees the one
/// that best predicts each corner from the others.
struct BoardSurface {
  /// A corner as it was measured.
  struct Sample {
    var place: CornerGrid.Place
    /// Pixels.
    var position: SIMD2<Double>
    /// Standard deviation of x and y each, pixels.
    var sigma: Double
  }

  private let degree: Int
  private let frame: Frame
  private let system: LeastSquares
  /// Sum of the squared residuals in units of the stated standard deviations, and its freedom.
  private let squares: Double
  private let freedom: Double

  /// Part of a sample's standard deviation that is always there, pixels: no corner outweighs all.
  private static let leastSigma = 0.01
  /// Fewest measured coordinates more than unknowns.
  private static let leastFreedom = 10
  /// Beyond what was measured errors grow faster than least squares knows: on simulated boards
  /// (corners of 3 x 2 dropped, rims, single corners) the true error is 1.2 to 2 times the stated.
  private static let caution = 2.0
  /// Places known worse than this cast no doubt, pixels: the corners of a very wide lens's picture
  /// lie many pixels from where the rest of the board says.
  private static let wellKnown = 0.15
  /// The least factor of the stated standard deviations that the residuals may show.
  private static let leastScale = 0.5

  /// The surface through samples; nil when they are too few to tell.
  init?(_ samples: [Sample]) {
    guard let frame = Frame(samples) else { return nil }
    var best: (press: Double, degree: Int, system: LeastSquares, squares: Double, freedom: Int)?
    for degree in 2...4 {
      let unknowns = frame.unknowns(degree)
      let freedom = 2 * samples.count - unknowns
      guard freedom >= Self.leastFreedom, frame.columns > degree, frame.rows > degree else { break }
      guard let system = Self.fitted(samples, frame, degree) else { continue }
      var press = 0.0
      var squares = 0.0
      for sample in samples {
        let (residual, leverage) = Self.residual(of: sample, system, frame, degree)
        let left = max(1 - leverage, 1e-3)
        squares += residual * residual
        press += residual * residual / (left * left)
      }
      guard press.isFinite, best.map({ press < $0.press }) ?? true else { continue }
      best = (press, degree, system, squares, freedom)
    }
    guard let best else { return nil }
    self.frame = frame
    degree = best.degree
    system = best.system
    squares = best.squares
    freedom = Double(best.freedom)
  }

  /// Where the corner of a place should be, and the standard deviation of x and y each, pixels; nil
  /// where the surface runs to infinity.
  func prediction(at place: CornerGrid.Place) -> (position: SIMD2<Double>, sigma: Double)? {
    let basis = frame.basis(place, degree)
    let (w, value) = frame.value(basis, system.solution)
    guard w > 0.05 else { return nil }
    var sum = 0.0
    for axis in 0..<2 {
      sum += system.variance(of: frame.row(basis, axis, value[axis], weight: 1 / w))
    }
    let scale = max((squares / freedom).squareRoot(), Self.leastScale)
    let sigma = Self.caution * scale * frame.size * (sum / 2).squareRoot()
    return (frame.pixels(value), sigma)
  }

  /// How far one of the samples lies from where the others say it is, along each axis, in standard
  /// deviations of that distance (the scatter of the others taken for all); 0 where they hardly know.
  func doubt(of sample: Sample) -> Double {
    let (residual, leverage) = Self.residual(of: sample, system, frame, degree)
    let left = max(1 - leverage, 1e-3)
    let others = max(0, squares - residual * residual / left) / (freedom - 2)
    let scale = max(others.squareRoot(), Self.leastScale)
    let known = Self.caution * (leverage / left).squareRoot()
    guard known * scale * frame.size / frame.weight(sample) < Self.wellKnown else { return 0 }
    return residual / left / (scale * (2 + 2 * known * known).squareRoot())
  }

  private static func fitted(_ samples: [Sample], _ frame: Frame, _ degree: Int) -> LeastSquares? {
    var weights = [Double](repeating: 1, count: samples.count)
    var system: LeastSquares?
    for _ in 0..<2 {
      var next = LeastSquares(unknowns: frame.unknowns(degree))
      for (sample, w) in zip(samples, weights) {
        let basis = frame.basis(sample.place, degree)
        let value = frame.unit(sample.position)
        let weight = frame.weight(sample) / w
        for axis in 0..<2 {
          next.add(
            frame.row(basis, axis, value[axis], weight: weight), equals: value[axis] * weight)
        }
      }
      guard next.solve() else { return nil }
      for (n, sample) in samples.enumerated() {
        let (w, _) = frame.value(frame.basis(sample.place, degree), next.solution)
        guard w > 0.05 else { return nil }
        weights[n] = w
      }
      system = next
    }
    return system
  }

  /// How far a sample lies off in units of its standard deviation, and how much of it is its own
  /// doing.
  private static func residual(
    of sample: Sample, _ system: LeastSquares, _ frame: Frame, _ degree: Int
  ) -> (residual: Double, leverage: Double) {
    let basis = frame.basis(sample.place, degree)
    let (w, value) = frame.value(basis, system.solution)
    let measured = frame.unit(sample.position)
    let weight = frame.weight(sample)
    let off = (measured - value) * weight
    var leverage = 0.0
    for axis in 0..<2 {
      leverage += system.variance(of: frame.row(basis, axis, measured[axis], weight: weight / w))
    }
    return ((off.x * off.x + off.y * off.y).squareRoot(), leverage / 2)
  }

  /// Places and pixels in units of about one, for numbers that stay sound.
  private struct Frame {
    let columns: Int
    let rows: Int
    /// Pixels in one unit.
    let size: Double
    private let middle: SIMD2<Double>
    private let placeMiddle: SIMD2<Double>
    private let placeSize: Double

    init?(_ samples: [Sample]) {
      let count = Double(samples.count)
      guard let i0 = samples.map(\.place.i).min(), let i1 = samples.map(\.place.i).max(),
        let j0 = samples.map(\.place.j).min(), let j1 = samples.map(\.place.j).max()
      else { return nil }
      columns = i1 - i0 + 1
      rows = j1 - j0 + 1
      placeMiddle = SIMD2(Double(i0 + i1) / 2, Double(j0 + j1) / 2)
      placeSize = Double(max(columns, rows)) / 2
      let mean = samples.reduce(SIMD2<Double>(0, 0)) { $0 + $1.position } / count
      let squares = samples.reduce(0.0) {
        let d = $1.position - mean
        return $0 + d.x * d.x + d.y * d.y
      }
      middle = mean
      size = (squares / count).squareRoot()
      guard size > 0, size.isFinite else { return nil }
    }

    func unknowns(_ degree: Int) -> Int { (degree + 1) * (degree + 2) + 2 }

    func unit(_ p: SIMD2<Double>) -> SIMD2<Double> { (p - middle) / size }
    func pixels(_ p: SIMD2<Double>) -> SIMD2<Double> { p * size + middle }

    /// One over a sample's standard deviation, in units.
    func weight(_ sample: Sample) -> Double {
      size / (sample.sigma * sample.sigma + leastSigma * leastSigma).squareRoot()
    }

    /// The monomials of a place: 1, u, v, u u, u v, v v, ...
    func basis(_ place: CornerGrid.Place, _ degree: Int) -> [Double] {
      let u = (Double(place.i) - placeMiddle.x) / placeSize
      let v = (Double(place.j) - placeMiddle.y) / placeSize
      var basis = [1.0]
      basis.reserveCapacity((degree + 1) * (degree + 2) / 2)
      for total in 1...degree {
        // Each degree is the one before times u, and its last times v.
        let start = basis.count - total
        for k in 0..<total { basis.append(basis[start + k] * u) }
        basis.append(basis[start + total - 1] * v)
      }
      return basis
    }

    /// The row of one coordinate (`axis` 0: x) with the measured or predicted `value`, times
    /// `weight`.
    func row(_ basis: [Double], _ axis: Int, _ value: Double, weight: Double) -> [Double] {
      var row = [Double](repeating: 0, count: 2 * basis.count + 2)
      for (k, b) in basis.enumerated() { row[axis * basis.count + k] = b * weight }
      row[2 * basis.count] = -value * basis[1] * weight
      row[2 * basis.count + 1] = -value * basis[2] * weight
      return row
    }

    /// W, and the place's position in units.
    func value(_ basis: [Double], _ solution: [Double]) -> (w: Double, SIMD2<Double>) {
      let n = basis.count
      var sum = SIMD2<Double>(0, 0)
      for k in 0..<n { sum += SIMD2(solution[k], solution[n + k]) * basis[k] }
      let w = 1 + solution[2 * n] * basis[1] + solution[2 * n + 1] * basis[2]
      return (w, sum / w)
    }
  }
}
