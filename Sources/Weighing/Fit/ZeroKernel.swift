import LinearAlgebra

/// The covariance that a cell's zeros have before anything is observed.
struct ZeroKernel {
  let referenceTemperature: Double
  let temperatureScatter: Double
  let featureScatter: [Double]
  /// Counts² per second.
  let walk: Double
  /// When the walk begins, seconds.
  let start: Double

  /// What the covariance of a cell's counts hangs on.
  struct Point {
    let time: Double
    let kelvin: Double
    let features: [Double]
  }

  func point(_ observation: ZeroObservation, _ cell: Int) -> Point {
    Point(
      time: observation.time, kelvin: observation.temperature - referenceTemperature,
      features: observation.features[cell])
  }

  func point(_ prediction: ZeroTrack.Prediction, _ cell: Int) -> Point {
    Point(
      time: prediction.time, kelvin: prediction.temperature - referenceTemperature,
      features: prediction.features[cell])
  }

  func covariance(_ a: Point, _ b: Point) -> Double {
    var sum = ZeroTrack.levelSigma * ZeroTrack.levelSigma
    sum += temperatureScatter * temperatureScatter * a.kelvin * b.kelvin
    return sum + memory(a, b) + walk * max(0, min(a.time, b.time) - start)
  }

  /// The part of the covariance that cells have by what they remember.
  private func memory(_ a: Point, _ b: Point) -> Double {
    var sum = 0.0
    for (scatter, (one, two)) in zip(featureScatter, zip(a.features, b.features)) {
      sum += scatter * scatter * one * two
    }
    return sum
  }

  /// The same for observations, the lower triangle.
  func memory(_ used: [ZeroObservation], _ cell: Int) -> Matrix {
    let points = used.map { point($0, cell) }
    var matrix = Matrix(rows: used.count, columns: used.count)
    for column in used.indices {
      for row in column..<used.count { matrix[row, column] = memory(points[row], points[column]) }
    }
    return matrix
  }

  /// This kernel with nothing remembered of some features.
  func keeping(_ isKept: (Int) -> Bool) -> ZeroKernel {
    ZeroKernel(
      referenceTemperature: referenceTemperature, temperatureScatter: temperatureScatter,
      featureScatter: featureScatter.enumerated().map { isKept($0.offset) ? $0.element : 0 },
      walk: walk, start: start)
  }

  /// The matrix of observations; its lower triangle only, unless `isWhole`.
  func matrix(
    _ used: [ZeroObservation], _ cell: Int, scatter: Double, isWhole: Bool = false
  ) -> Matrix {
    let points = used.map { point($0, cell) }
    var matrix = Matrix(rows: used.count, columns: used.count)
    for column in used.indices {
      for row in column..<used.count {
        matrix[row, column] = covariance(points[row], points[column])
        if isWhole { matrix[column, row] = matrix[row, column] }
      }
      matrix[column, column] += scatter + used[column].variance
    }
    return matrix
  }

  /// All observations where they are few; else the latest ones and of the others every so many. The
  /// work grows with the cube of their number.
  static func thinned(_ count: Int, most: Int) -> [Int] {
    guard count > most else { return Array(0..<count) }
    let late = count - most / 2
    let stride = late / (most / 2) + 1
    return Array(Swift.stride(from: 0, to: late, by: stride)) + Array(late..<count)
  }
}
