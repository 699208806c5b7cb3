import Geometry
import LensModels
import LinearAlgebra

/// How far, in pixels, the best lens of a simpler model is from a lens at worst, over its picture;
/// infinite when no such lens can be found.
///
/// The simpler lens and a rotation are fitted by least squares (Gauss and Newton) to the directions
/// that the lens sees on a grid of pixels, from the middle of the picture outwards.
func effect(of lens: Lens, toldAs kind: LensKind) throws -> Double {
  var parameters = Array(lens.parameters.prefix(4))
  parameters += Array(repeating: 0, count: kind.parameterCount - 4)
  var rotation = Rotation.identity
  var worst = Double.infinity
  for part in [0.3, 0.5, 0.7, 0.85, 1] {
    let points = samples(lens, part)
    for _ in 0..<12 {
      let told = try Lens(
        kind: kind, width: lens.width, height: lens.height, parameters: parameters)
      guard let step = try step(told, rotation, points) else { return .infinity }
      worst = step.worst
      for index in parameters.indices { parameters[index] += step.change[index] }
      guard parameters[0] > 0, parameters[1] > 0 else { return .infinity }
      let turn = step.change.suffix(3).map { $0 }
      rotation = Rotation(rotationVector: Vector3(turn[0], turn[1], turn[2])) * rotation
    }
  }
  return worst
}

/// Pixels of the middle `part` of the picture, with what is seen there.
private func samples(_ lens: Lens, _ part: Double) -> [(pixel: Vector2, direction: Vector3)] {
  let (columns, rows) = (16, 10)
  var result: [(pixel: Vector2, direction: Vector3)] = []
  for column in 0...columns {
    for row in 0...rows {
      let x = 0.5 + part * (Double(column) / Double(columns) - 0.5)
      let y = 0.5 + part * (Double(row) / Double(rows) - 0.5)
      let pixel = Vector2(x * Double(lens.width - 1), y * Double(lens.height - 1))
      // Perspective models end at 90 degrees; boards are not seen beyond 80.
      if let direction = lens.unproject(pixel), direction.z > 0.17 {
        result.append((pixel, direction))
      }
    }
  }
  return result
}

private func step(
  _ lens: Lens, _ rotation: Rotation, _ points: [(pixel: Vector2, direction: Vector3)]
) throws -> (change: [Double], worst: Double)? {
  let count = lens.parameters.count
  var rows: [(gradient: [Double], residual: Double)] = []
  var worst = 0.0
  for point in points {
    let turned = rotation * point.direction
    guard let seen = lens.projectWithDerivatives(turned) else { continue }
    let residual = point.pixel - seen.pixel
    worst = max(worst, residual.length)
    for (byParameters, byPoint, value) in [
      (seen.xByParameters, seen.xByPoint, residual.x),
      (seen.yByParameters, seen.yByPoint, residual.y),
    ] {
      let byTurn = turned.cross(byPoint)
      rows.append((byParameters + [byTurn.x, byTurn.y, byTurn.z], value))
    }
  }
  guard rows.count >= 2 * (count + 3) else { return nil }
  var matrix = Matrix(rows: rows.count, columns: count + 3)
  for (row, equation) in rows.enumerated() {
    for (column, value) in equation.gradient.enumerated() { matrix[row, column] = value }
  }
  let solution = try LeastSquares(matrix, rows.map(\.residual), relativeTolerance: 1e-10).solution
  return (solution, worst)
}
