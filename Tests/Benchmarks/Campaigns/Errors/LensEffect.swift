import Geometry
import LensModels
import LinearAlgebra

/// How far, in pixels, the best lens of a simpler model is from a lens at the edge of what is seen:
/// root mean square over the outer tenth of some pixels, those where boards are seen. Infinite when
/// no such lens can be found.
///
/// The simpler lens and a rotation are fitted by least squares (Gauss and Newton) to the directions
/// that the lens sees, from the middle of the picture outwards.
func effect(of lens: Lens, toldAs kind: LensKind, at pixels: [Vector2]) throws -> Double {
  let middle = Vector2(lens.parameters[2], lens.parameters[3])
  let points = pixels.sorted { ($0 - middle).length < ($1 - middle).length }.compactMap { pixel in
    // Perspective models end at 90 degrees.
    lens.unproject(pixel).flatMap { $0.z > 0.1 ? (pixel: pixel, direction: $0) : nil }
  }
  var parameters = Array(lens.parameters.prefix(4))
  parameters += Array(repeating: 0, count: kind.parameterCount - 4)
  var rotation = Rotation.identity
  var atEdge = Double.infinity
  for part in [0.3, 0.6, 0.8, 0.9, 1] {
    let near = Array(points.prefix(Int(part * Double(points.count))))
    for _ in 0..<12 {
      let told = try Lens(
        kind: kind, width: lens.width, height: lens.height, parameters: parameters)
      guard let step = try step(told, rotation, near) else { return .infinity }
      atEdge = step.atEdge
      for index in parameters.indices { parameters[index] += step.change[index] }
      guard parameters[0] > 0, parameters[1] > 0 else { return .infinity }
      let turn = step.change.suffix(3).map { $0 }
      rotation = Rotation(rotationVector: Vector3(turn[0], turn[1], turn[2])) * rotation
    }
  }
  return atEdge
}

private func step(
  _ lens: Lens, _ rotation: Rotation, _ points: [(pixel: Vector2, direction: Vector3)]
) throws -> (change: [Double], atEdge: Double)? {
  let count = lens.parameters.count
  var rows: [(gradient: [Double], residual: Double)] = []
  let inner = points.count - points.count / 10
  var edgeSquares = 0.0
  for (index, point) in points.enumerated() {
    let turned = rotation * point.direction
    guard let seen = lens.projectWithDerivatives(turned) else { continue }
    let residual = point.pixel - seen.pixel
    if index >= inner { edgeSquares += residual.dot(residual) }
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
  return (solution, (edgeSquares / Double(points.count - inner)).squareRoot())
}
