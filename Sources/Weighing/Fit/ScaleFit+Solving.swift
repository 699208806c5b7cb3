import Glibc
import LinearAlgebra
import ScaleModels

extension ScaleFit {
  /// Gauss and Newton's iteration; the sizes of scatter and placing error are chosen by the
  /// likelihood of the data once the unknowns are near.
  init(_ equations: ScaleEquations, choosesSizes: Bool) throws(LinearAlgebraError) {
    var unknowns = Array(repeating: 0.0, count: equations.unknownCount)
    var scatter = equations.priors.massScatter
    var placing = equations.priors.placing
    var passes = 0
    for pass in 0..<12 {
      passes += 1
      let rows = equations.rows(unknowns)
      if choosesSizes, pass == 2 || pass == 4 {
        (scatter, placing) = try Self.sizes(equations, rows, unknowns, placing)
      }
      let weighted = WeightedRows(
        equations, rows, unknowns: unknowns, scatter: scatter, placing: placing)
      let step = try LeastSquares(weighted.jacobian, weighted.residuals).solution
      for index in unknowns.indices { unknowns[index] -= step[index] }
      if pass > 4, step.allSatisfy({ abs($0) < 1e-9 }) { break }
    }
    let rows = equations.rows(unknowns)
    let weighted = WeightedRows(
      equations, rows, unknowns: unknowns, scatter: scatter, placing: placing)
    let inverse = try Cholesky(weighted.normalMatrix).inverse()
    let units = equations.units
    let own = Array(0..<equations.cellCount * ScaleModel.parametersPerCell)
    let shared = equations.shared.indices.map { equations.index(shared: $0) }
    func covariance(_ indices: [Int]) -> [Double] {
      indices.flatMap { row in indices.map { inverse[row, $0] * units[row] * units[$0] } }
    }
    effort = (passes, weighted.jacobian.rows, weighted.jacobian.columns)
    let dataRows = 3 * rows.count
    cells = equations.scaleCells(unknowns)
    self.covariance = covariance(own)
    jointCovariance = covariance(own + shared)
    sharedErrors = shared.map { unknowns[$0] }
    bodyErrors = equations.bodies.indices.map { body in
      let index = equations.index(body: body)
      let sigma = equations.bodies[body].sigma
      return (unknowns[index] * sigma, inverse[index, index].squareRoot() * sigma)
    }
    referenceTemperature = equations.referenceTemperature
    forceScatter = equations.priors.forceScatter
    massScatter = scatter
    self.placing = placing
    errors = zip(rows, equations.placements).map { row, placement in
      let found = placement.bodies.reduce(0) {
        $0 + unknowns[equations.index(body: $1)] * equations.bodies[$1].sigma
      }
      return row.residuals.x + found
    }
    chiSquare = weighted.residuals.prefix(dataRows).reduce(0) { $0 + $1 * $1 }
    squares = weighted.residuals.reduce(0) { $0 + $1 * $1 }
    degreesOfFreedom = Double(dataRows) - Self.determined(weighted, inverse, rows: dataRows)
    determination = try Determination(equations, weighted, inverse, dataRows: dataRows)
  }

  /// How many unknowns the first `rows` equations determine: the trace of (JᵀJ)⁻¹ J₁ᵀJ₁.
  private static func determined(_ weighted: WeightedRows, _ inverse: Matrix, rows: Int) -> Double {
    let product = weighted.jacobian * inverse
    var trace = 0.0
    for column in 0..<product.columns {
      for row in 0..<rows { trace += product[row, column] * weighted.jacobian[row, column] }
    }
    return trace
  }

  /// The sizes of mass scatter and placing error: means over a grid, each weighted by the restricted
  /// likelihood of the data (H. D. Patterson, R. Thompson, Biometrika 58, 1971) and a broad prior
  /// about the usual size, so that few placements cannot make them absurd.
  ///
  /// Scatter may be nothing, and is held to be that as likely as not, since hysteresis and creep are
  /// known for the most part. The most likely size alone would be too large on average where the
  /// true one is near that.
  private static func sizes(
    _ equations: ScaleEquations, _ rows: [ScaleEquations.Rows], _ unknowns: [Double],
    _ placing: Double
  ) throws(LinearAlgebraError) -> (scatter: Double, placing: Double) {
    let usual = equations.priors
    func mean(
      _ sizes: [Double], _ cost: (Double) throws(LinearAlgebraError) -> Double
    ) throws(LinearAlgebraError) -> Double {
      var costs: [Double] = []
      for size in sizes { costs.append(try cost(size)) }
      let least = costs.min() ?? 0
      let weights = costs.map { exp((least - $0) / 2) }
      return zip(weights, sizes).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
    func restricted(_ scatter: Double, _ placing: Double) throws(LinearAlgebraError) -> Double {
      try WeightedRows(
        equations, rows, unknowns: unknowns, scatter: scatter, placing: placing
      ).cost()
    }
    let scatters = (-8...6).map { usual.massScatter * pow(1.7, Double($0)) }
    let scatter = try mean([0] + scatters) { size throws(LinearAlgebraError) in
      let above = size > usual.massScatter ? log(size / usual.massScatter) : 0
      let one = size > 0 ? 2 * log(Double(scatters.count)) : 0
      return try restricted(size, placing) + above * above + one
    }
    let placing = try mean((-6...4).map { usual.placing * pow(1.3, Double($0)) }) {
      size throws(LinearAlgebraError) in
      let ratio = log(size / usual.placing)
      return try restricted(scatter, size) + 0.125 * ratio * ratio
    }
    return (scatter, placing)
  }
}
