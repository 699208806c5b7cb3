import LinearAlgebra
import ScaleModels

/// What the data of a fit determined, and what still hangs on the priors.
package struct Determination: Equatable, Sendable {
  /// How many combinations of the cells' gains the data know at least twice as well as the priors.
  package let rank: Int
  /// The same for the mass equations alone, without moments: one less than the cells on a rigid
  /// plate.
  package let rankOfMassesAlone: Int
  /// Standard uncertainty of the least known combination of gains against each other, as a part of
  /// the gain; and what it would be from the mass equations alone.
  package let weakestGain: Double
  package let weakestGainOfMassesAlone: Double
  /// Ratio of the standard uncertainties of the least and the best known combination of gains.
  package let condition: Double
  /// Each cell's parameters in the order of `ScaleModel.covariance`: their standard uncertainties
  /// over those of the prior; near 1 where the data tell nothing.
  package let shares: [[Double]]
  /// Of the span coefficients; near 1 when temperature did not change enough to tell.
  package var spanShare: [Double] { shares.map { $0[4] } }

  init(
    _ equations: ScaleEquations, _ weighted: WeightedRows, _ inverse: Matrix, dataRows: Int
  ) throws(LinearAlgebraError) {
    let gains = (0..<equations.cellCount).map { equations.index(cell: $0, 0) }
    let values = try Self.variances(inverse, gains)
    let alone = try Self.variances(Self.withoutMoments(weighted, dataRows), gains)
    rank = values.count { $0 < 0.25 }
    rankOfMassesAlone = alone.count { $0 < 0.25 }
    let scatter = equations.priors.gainScatter
    weakestGain = scatter * (values.last ?? 0).squareRoot()
    weakestGainOfMassesAlone = scatter * (alone.last ?? 0).squareRoot()
    condition = ((values.last ?? 1) / max(values.first ?? 1, 1e-300)).squareRoot()
    shares = (0..<equations.cellCount).map { cell in
      (0..<ScaleModel.parametersPerCell).map { parameter in
        let index = equations.index(cell: cell, parameter)
        return inverse[index, index].squareRoot() / equations.priorSize(parameter)
      }
    }
  }

  /// Variances along the principal directions of the gains, in units of their prior, ascending.
  private static func variances(
    _ covariance: Matrix, _ gains: [Int]
  ) throws(LinearAlgebraError) -> [Double] {
    var block = Matrix(rows: gains.count, columns: gains.count)
    for (row, a) in gains.enumerated() {
      for (column, b) in gains.enumerated() { block[row, column] = covariance[a, b] }
    }
    return try SymmetricEigen(block).values
  }

  /// The covariance of the unknowns from masses and priors only.
  private static func withoutMoments(
    _ weighted: WeightedRows, _ dataRows: Int
  ) throws(LinearAlgebraError) -> Matrix {
    var jacobian = weighted.jacobian
    // The first of each placement's three white rows is its mass equation alone.
    for row in 0..<dataRows where row % 3 != 0 {
      for column in 0..<jacobian.columns { jacobian[row, column] = 0 }
    }
    return try Cholesky(jacobian.transposed * jacobian).inverse()
  }
}
