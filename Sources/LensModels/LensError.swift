/// What is wrong with the parameters of a lens.
public enum LensError: Error, Equatable, Sendable {
  case wrongParameterCount(LensKind, count: Int)
  case impossibleParameter(LensKind, name: String, value: Double)
}

extension LensError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .wrongParameterCount(let kind, let count):
      return "A \(kind.rawValue) lens has \(kind.parameterCount) parameters "
        + "(\(kind.parameterNames.joined(separator: ", "))), but \(count) are given. "
        + "Check the model's name, or calibrate again."
    case .impossibleParameter(let kind, let name, let value):
      return "A \(kind.rawValue) lens cannot have \(name) = \(value). Calibrate again."
    }
  }
}
