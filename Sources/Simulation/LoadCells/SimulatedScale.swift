/// A cart's scale by chance: four cells under a plate that is rigid or bends.
package struct SimulatedScale: Sendable {
  /// Half the distances of the cells along x and y, metres: cells at the corners, counterclockwise
  /// from (-, -).
  package static let half = SIMD2(0.27, 0.19)
  package static let drawing: [SIMD2<Double>] = [
    SIMD2(-half.x, -half.y), SIMD2(half.x, -half.y), SIMD2(half.x, half.y), SIMD2(-half.x, half.y),
  ]
  /// Signs of the one combination of forces that neither sum nor moments tell.
  static let saddle = [1.0, -1, 1, -1]
  package static let tare = 1.8
  static let tarePlace = SIMD2(0.01, -0.015)
  /// How high loads lie above the cells, metres: on a slope that moves their centre of pressure.
  static let height = 0.1

  package var cells: [SimulatedCell]
  /// By what part of a load the plate's bending moves it to the near corners; 0 on a rigid plate.
  package var flex: Double
  /// What each cell shows of a force on each, columns adding up to 1.
  package var crosstalk: [[Double]]
  package var faults: [ScaleFault] = []

  package init(_ numbers: inout SeededNumbers, rigid: Bool) {
    cells = (0..<4).map { _ in SimulatedCell(&numbers) }
    flex = rigid ? 0 : numbers.uniform(0.05, 0.3)
    var crosstalk = (0..<4).map { row in
      (0..<4).map { column in (row == column ? 1 : 0) + 0.0023 * numbers.normal() }
    }
    for column in 0..<4 {
      let sum = crosstalk.reduce(0) { $0 + $1[column] }
      for row in 0..<4 { crosstalk[row][column] /= sum }
    }
    self.crosstalk = crosstalk
  }

  /// What the cells see of the empty scale, kilograms.
  package var emptyForces: [Double] { forces(mass: 0, at: .zero) }

  /// The lean of the floor, radians.
  package var slope: SIMD2<Double> {
    for case .slope(let slope) in faults { return slope }
    return .zero
  }

  /// The forces that cells see of a mass (kilograms) at a place (metres), tare with it.
  func forces(mass: Double, at place: SIMD2<Double>) -> [Double] {
    let parts = share(mass, place)
    let tare = share(Self.tare, Self.tarePlace)
    let all = zip(parts, tare).map { $0 + $1 }
    return crosstalk.map { row in zip(row, all).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func share(_ mass: Double, _ place: SIMD2<Double>) -> [Double] {
    let lean = slope
    let press = mass * cosine(lean.x) * cosine(lean.y)
    // A lean about y moves the centre of pressure along x, and the other way round.
    let at = (place + Self.height * SIMD2(lean.y, -lean.x)) / Self.half
    var parts = Self.drawing.indices.map { cell in
      let corner = Self.drawing[cell] / Self.half
      let bent = flex * at.x * at.y * Self.saddle[cell]
      return press * 0.25 * (1 + at.x * corner.x + at.y * corner.y + bent)
    }
    for fault in faults {
      switch fault {
      case .twist(let part):
        // Of one size at the corners of the test, 0.74 of the way to the cells.
        let error = press * part * at.x * at.y / (0.74 * 0.74)
        for cell in parts.indices { parts[cell] += error / 4 }
      case .bind(let cell, let part):
        let corner = Self.drawing[cell] / Self.half
        // Touches only where the load comes near.
        if at.x * corner.x > 0.4, at.y * corner.y > 0.4 { parts[cell] -= part * press }
      default: break
      }
    }
    return parts
  }

  private func cosine(_ angle: Double) -> Double { 1 - angle * angle / 2 }
}
