/// A reading with its derivatives by the model's parameters and by the signals.
package struct LinearizedReading: Sendable {
  package let mass: Double
  package let x: Double
  package let y: Double
  /// Derivatives of (mass, x, y) by the parameters in the order of `ScaleModel.covariance`,
  /// row-major.
  package let byParameters: [Double]
  /// Derivatives of (mass, x, y) by the cells' signals, row-major.
  package let bySignals: [Double]
  /// Variances of the signals, counts².
  package let signalVariances: [Double]

  init(forces: [CellForce], cells: [ScaleCell], press: Double, signalVariances: [Double]) {
    let total = forces.reduce(0) { $0 + $1.force }
    let x = zip(forces, cells).reduce(0) { $0 + $1.0.force * $1.1.x } / total
    let y = zip(forces, cells).reduce(0) { $0 + $1.0.force * $1.1.y } / total
    var byParameters: [Double] = []
    var bySignals: [Double] = []
    // How mass, x and y follow a cell's force, and x and y its position.
    let rows: [(ScaleCell) -> (byForce: Double, byX: Double, byY: Double)] = [
      { _ in (1 / press, 0, 0) },
      { (($0.x - x) / total, 1 / total, 0) },
      { (($0.y - y) / total, 0, 1 / total) },
    ]
    for row in rows {
      for (force, cell) in zip(forces, cells) {
        let (byForce, byX, byY) = row(cell)
        byParameters += [
          byForce * force.byGain, byX * force.force, byY * force.force,
          byForce * force.byQuadratic, byForce * force.bySpan,
        ]
        bySignals.append(byForce * force.bySignal)
      }
    }
    mass = total / press
    self.x = x
    self.y = y
    self.byParameters = byParameters
    self.bySignals = bySignals
    self.signalVariances = signalVariances
  }

  /// The covariance that this reading shares with another one of the same model, 3x3, row-major:
  /// both hang on the same parameters and, with covariance `signals` (counts², by cell), on zeros
  /// taken at the same times.
  package func shared(
    with other: LinearizedReading, parameters covariance: [Double], signals: [Double]
  ) -> [Double] {
    let count = byParameters.count / 3
    let cells = signals.count
    var result = Array(repeating: 0.0, count: 9)
    for row in 0..<3 {
      for column in 0..<3 {
        var sum = 0.0
        for a in 0..<count {
          let left = byParameters[row * count + a]
          for b in 0..<count {
            sum += left * covariance[a * count + b] * other.byParameters[column * count + b]
          }
        }
        for cell in 0..<cells {
          sum +=
            bySignals[row * cells + cell] * signals[cell] * other.bySignals[column * cells + cell]
        }
        result[row * 3 + column] = sum
      }
    }
    return result
  }

  /// This reading with unknown errors of signals among its parameters, behind those of the model:
  /// each makes a cell's signal smaller by so many counts a unit.
  package func extended(by errors: [(cell: Int, counts: Double)]) -> LinearizedReading {
    let count = byParameters.count / 3
    let cells = bySignals.count / 3
    var extended: [Double] = []
    for row in 0..<3 {
      extended += byParameters[row * count..<(row + 1) * count]
      for error in errors { extended.append(-bySignals[row * cells + error.cell] * error.counts) }
    }
    return LinearizedReading(self, byParameters: extended)
  }

  private init(_ other: LinearizedReading, byParameters: [Double]) {
    mass = other.mass
    x = other.x
    y = other.y
    self.byParameters = byParameters
    bySignals = other.bySignals
    signalVariances = other.signalVariances
  }

  /// With a covariance of parameters that has the model's own first; nil for the model's alone.
  package func reading(
    of model: ScaleModel, parameters extended: [Double]? = nil
  ) -> ScaleReading {
    var covariance = shared(
      with: self, parameters: extended ?? model.covariance, signals: signalVariances)
    let scatter = model.massScatter * mass * ScaleModel.scatterPart(mass: mass)
    covariance[0] += scatter * scatter
    return ScaleReading(mass: mass, x: x, y: y, covariance: covariance)
  }
}
