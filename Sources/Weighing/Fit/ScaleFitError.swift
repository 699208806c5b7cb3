package import LinearAlgebra

/// Why no scale model can be fitted.
package enum ScaleFitError: Error, Equatable {
  case noPlacement
  case noCell
  /// The loads did not move the cells' counts upwards.
  case noSignal
  case numerics(LinearAlgebraError)
}

extension ScaleFitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noPlacement:
      "No known mass was put on the scale. Place masses of the registry and weigh them."
    case .noCell: "The procedure names no load cell. Give the positions of the cells."
    case .noSignal:
      "The counts do not grow with the masses put on. Check that the masses really were placed, "
        + "and the wiring and polarity of the cells."
    case .numerics(let error): "The scale cannot be fitted: \(error)"
    }
  }
}
