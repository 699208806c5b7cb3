import LinearAlgebra

/// Whether what a file says is information that a solver can work with.
extension RigInformation {
  /// True for numbers that are the information of something: symmetric, finite, and of no direction
  /// less than nothing, but for rounding.
  package var isPossible: Bool {
    let count = unknowns.count
    guard matrix.count == count * count, matrix.allSatisfy(\.isFinite) else { return false }
    var scaled = Matrix(rows: count, columns: count, elements: matrix)
    let scale = (0..<count).map { scaled[$0, $0] > 0 ? 1 / scaled[$0, $0].squareRoot() : 1 }
    for column in 0..<count {
      guard scaled[column, column] >= 0 else { return false }
      for row in 0..<count {
        guard scaled[row, column] == scaled[column, row] else { return false }
      }
    }
    for column in 0..<count {
      for row in 0..<count { scaled[row, column] *= scale[row] * scale[column] }
    }
    guard scaled.isFinite else { return false }
    do {
      return try SymmetricEigen(scaled).values.allSatisfy { $0 > -1e-6 }
    } catch {
      return false
    }
  }
}

extension RigInformation.Unknown {
  /// True when it may stand after another one: the parameters of a lens, the six of a pose and the
  /// two of a bend stand together and in order.
  package func follows(_ last: RigInformation.Unknown?) -> Bool {
    switch self {
    case .lens(let camera, let parameter) where parameter > 0:
      last == .lens(camera: camera, parameter: parameter - 1)
    case .pose(let camera, let axis) where axis > 0:
      last == .pose(camera: camera, axis: axis - 1)
    case .warp(let axis) where axis > 0: last == .warp(axis: axis - 1)
    case .lens, .pose, .warp: last?.endsBlock ?? true
    }
  }

  /// True when nothing that belongs to it is missing.
  package var endsBlock: Bool {
    switch self {
    case .lens: true
    case .pose(_, let axis): axis == 5
    case .warp(let axis): axis == 1
    }
  }
}
