import LinearAlgebra

/// How the empty scale moves with time beside what temperature explains.
struct ZeroDrift {
  /// Kilograms a minute, all cells together, and its standard uncertainty.
  let perMinute: Double
  let sigma: Double
  /// The cell that moves most.
  let cell: Int
  private let total: Double

  /// Slower drift than this belongs to a healthy scale, kilograms a minute; and so does less than
  /// this in all, kilograms.
  private static let least = 0.0007
  private static let leastTotal = 0.0015
  /// Standard deviation of the temperature coefficient of all cells' zeros together, kg per kelvin.
  private static let perKelvin = 0.001
  /// What a zero may be off for reasons of its own, such as creep, kilograms.
  private static let scatter = 0.0005

  /// Nil when the scale was not empty at three times or more, or not for a minute.
  init?(_ diagnosis: SessionDiagnosis) {
    let empty = diagnosis.empty
    guard empty.count >= 3, let first = empty.first, let last = empty.last,
      last.time - first.time >= 45, let gain = diagnosis.commonGain
    else { return nil }
    // Level, minutes and kelvin in units of their prior deviations; the first two are free.
    let kelvin = empty.map { $0.temperature - first.temperature }
    let minutes = empty.map { ($0.time - first.time) / 60 }
    func fit(_ values: [Double]) throws(LinearAlgebraError) -> [Double] {
      try LeastSquares(Self.design(minutes, kelvin), values.map { $0 / Self.scatter } + [0])
        .solution
    }
    do throws(LinearAlgebraError) {
      let cells = first.counts.indices
      let sums = empty.map { zero in
        cells.reduce(0) { $0 + gain * (zero.counts[$1] - first.counts[$1]) }
      }
      let design = Self.design(minutes, kelvin)
      perMinute = try fit(sums)[1]
      let inverse = try Cholesky(design.transposed * design).inverse()
      sigma = inverse[1, 1].squareRoot()
      var slopes: [Double] = []
      for cell in cells {
        slopes.append(abs(try fit(empty.map { gain * ($0.counts[cell] - first.counts[cell]) })[1]))
      }
      cell = slopes.indices.max { slopes[$0] < slopes[$1] } ?? 0
      total = perMinute * (last.time - first.time) / 60
    } catch {
      return nil
    }
  }

  private static func design(_ minutes: [Double], _ kelvin: [Double]) -> Matrix {
    var design = Matrix(rows: minutes.count + 1, columns: 3)
    for row in minutes.indices {
      design[row, 0] = 1 / scatter
      design[row, 1] = minutes[row] / scatter
      design[row, 2] = kelvin[row] / scatter
    }
    design[minutes.count, 2] = 1 / perKelvin
    return design
  }

  /// True when it is beyond what a healthy scale does, and certain.
  var isPlain: Bool {
    abs(perMinute) > Self.least && abs(total) > Self.leastTotal && abs(perMinute) > 4 * sigma
  }
}
