import ScaleModels

/// Gains of cells while a scale is being calibrated, and how sure they are: they begin as the last
/// calibration or the data sheets have them, and each known load tells a little more.
///
/// Recursive least squares (R. E. Kalman, J. Basic Eng. 82, 1960) over relative errors of gains.
struct RoughGains: Sendable {
  /// Kilograms per count by cell.
  private(set) var values: [Double]
  /// Covariance of the relative errors, row by row; nil while nothing is known.
  private var covariance: [[Double]]?

  /// Scatter of a cell's gain by its data sheet, as a part.
  private static let sheet = ScaleFitPriors().gainScatter
  /// What a gain may change by between a calibration and the next one, as a part.
  private static let ageing = 0.001
  /// A reading on the way, as a part of the load: creep, temperature, lean, class of the masses.
  private static let rough = 0.002
  /// How exactly a mass is placed, metres.
  private static let placing = 0.01

  /// From data sheets: kilograms per count, nil where they are not known.
  init(_ known: [Double]?, cells: Int) {
    values = known ?? Array(repeating: 1e-5, count: cells)
    covariance = known.map { Self.diagonal($0.count, Self.sheet) }
  }

  /// From a calibration.
  init(_ model: ScaleModel) {
    let (cells, count) = (model.cells, model.parameterCount)
    values = cells.map(\.kilogramsPerCount)
    var covariance = Self.diagonal(cells.count, Self.ageing)
    for a in cells.indices {
      for b in cells.indices {
        let (row, column) = (
          a * ScaleModel.parametersPerCell, b * ScaleModel.parametersPerCell
        )
        covariance[a][b] +=
          model.covariance[row * count + column]
          / (cells[a].kilogramsPerCount * cells[b].kilogramsPerCount)
      }
    }
    self.covariance = covariance
  }

  private static func diagonal(_ count: Int, _ sigma: Double) -> [[Double]] {
    (0..<count).map { row in (0..<count).map { $0 == row ? sigma * sigma : 0 } }
  }

  /// How sure the sum of such forces is, kilograms.
  func sigma(_ forces: [Double]) -> Double {
    guard let covariance else { return .infinity }
    return max(0, Self.product(forces, covariance, forces)).squareRoot()
  }

  /// A known mass (kilograms) lies at a place (metres), where the cells say `forces`.
  mutating func learn(
    mass: Double, at place: SIMD2<Double>, _ forces: [Double], cells: [SIMD2<Double>]
  ) {
    let seen = forces.reduce(0, +)
    guard mass > 0, seen > 0 else { return }
    var forces = forces
    if covariance == nil {
      for cell in values.indices {
        values[cell] *= mass / seen
        forces[cell] *= mass / seen
      }
      covariance = Self.diagonal(values.count, Self.sheet)
    }
    // The sum of the forces is the mass, their moments are those of the mass.
    let arms: [((SIMD2<Double>) -> Double, Double)] = [
      ({ _ in 1 }, Self.rough * mass), ({ $0.x }, Self.placing * mass),
      ({ $0.y }, Self.placing * mass),
    ]
    for (arm, sigma) in arms {
      let row = zip(forces, cells).map { $0 * arm($1) }
      update(row, off: mass * arm(place) - row.reduce(0, +), variance: sigma * sigma, &forces)
    }
  }

  /// Data sheets are all that is left.
  mutating func forget() { covariance = Self.diagonal(values.count, Self.sheet) }

  private mutating func update(
    _ row: [Double], off: Double, variance: Double, _ forces: inout [Double]
  ) {
    guard var covariance else { return }
    let column = covariance.map { Self.sum($0, row) }
    let total = Self.sum(column, row) + variance
    guard total > 0, off.isFinite else { return }
    for cell in values.indices {
      let change = 1 + min(max(column[cell] / total * off, -0.5), 0.5)
      values[cell] *= change
      forces[cell] *= change
      for other in values.indices {
        covariance[cell][other] -= column[cell] * column[other] / total
      }
    }
    self.covariance = covariance
  }

  private static func sum(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func product(_ a: [Double], _ matrix: [[Double]], _ b: [Double]) -> Double {
    zip(a, matrix).reduce(0) { $0 + $1.0 * sum($1.1, b) }
  }
}
