/// Why a factorisation has no answer.
package enum LinearAlgebraError: Error, Equatable {
  /// The leading minor of this order is not positive: the matrix is not positive definite.
  case notPositiveDefinite(order: Int)
  /// An element is infinite or NaN.
  case notFinite
  /// The iteration for eigenvalues or singular values did not end.
  case notConverged
}

extension LinearAlgebraError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      return "The equations do not determine unknown number \(order). Give more or other data."
    case .notFinite: return "A number in the equations is infinite or undefined. Check the data."
    case .notConverged:
      return "The eigenvalues of the equations could not be computed. Check the data."
    }
  }
}
