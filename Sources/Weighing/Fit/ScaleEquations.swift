import ScaleModels

/// The equations of a scale fit and where each unknown stands.
///
/// Every placement gives three: the cells' forces sum to the mass, and their moments about both
/// axes are those of the mass where it lies. Unknowns are of unit size: each is measured in its
/// prior's standard deviation, gains in that of their scatter, so that priors are rows of one.
struct ScaleEquations {
  let placements: [Placement]
  let bodies: [KnownBody]
  /// Errors that signals share, each an unknown of unit size.
  let shared: [SharedError]
  /// Positions of the cells by the drawing, metres.
  let cells: [SIMD2<Double>]
  let priors: ScaleFitPriors
  let referenceTemperature: Double
  /// The mean gain that the start found, kilograms per count.
  let gain: Double

  var cellCount: Int { cells.count }
  var unknownCount: Int { cellCount * ScaleModel.parametersPerCell + bodies.count + shared.count }

  func index(cell: Int, _ parameter: Int) -> Int {
    cell * ScaleModel.parametersPerCell + parameter
  }
  func index(body: Int) -> Int { cellCount * ScaleModel.parametersPerCell + body }
  func index(shared: Int) -> Int { index(body: bodies.count) + shared }

  /// The size of each unknown's unit, in the units of `ScaleModel.covariance` and in kilograms.
  var units: [Double] {
    let cell = [
      gain * priors.gainScatter, positionSigma(\.x), positionSigma(\.y), priors.quadratic,
      priors.spanPerKelvin,
    ]
    return Array(repeating: cell, count: cellCount).flatMap { $0 } + bodies.map(\.sigma)
      + shared.map { _ in 1 }
  }

  /// Standard deviation of a cell's effective position along an axis, metres: half a millimetre of
  /// contact point where all cells stand in one line.
  private func positionSigma(_ axis: (SIMD2<Double>) -> Double) -> Double {
    let places = cells.map(axis)
    let extent = (places.max() ?? 0) - (places.min() ?? 0)
    return max(priors.cellPosition * extent, 0.0005)
  }

  /// The cells that the unknowns describe, without zeros.
  func scaleCells(_ unknowns: [Double]) -> [ScaleCell] {
    let units = units
    return cells.indices.map { cell in
      func value(_ parameter: Int) -> Double {
        unknowns[index(cell: cell, parameter)] * units[index(cell: cell, parameter)]
      }
      return ScaleCell(
        x: cells[cell].x + value(1), y: cells[cell].y + value(2),
        kilogramsPerCount: gain + value(0), quadraticPerKilogram: value(3),
        spanPerKelvin: priors.meanSpanPerKelvin + value(4))
    }
  }

  /// The mass that presses on the cells, kilograms.
  func mass(of placement: Placement, _ unknowns: [Double]) -> Double {
    placement.press
      * zip(placement.bodies, placement.parts).reduce(0) { sum, part in
        let body = bodies[part.0]
        return sum + part.1 * (body.mass + unknowns[index(body: part.0)] * body.sigma)
      }
  }

  /// The three equations of a placement at the unknowns.
  struct Rows {
    /// Kilograms, kilogram metres, kilogram metres: cells less bodies.
    var residuals: SIMD3<Double>
    /// Derivatives by all unknowns.
    var jacobian: [SIMD3<Double>]
    /// The covariance of the residuals from the samples, zeros and cells' own scatter, and what a
    /// mass scatter of one kilogram and a placing error of one metre add to it: xx, xy, xz, yy, yz,
    /// zz.
    var noise: [Double]
    var byScatter: [Double]
    var byPlacing: [Double]
  }

  func rows(_ unknowns: [Double]) -> [Rows] {
    let (model, units) = (scaleCells(unknowns), units)
    return placements.enumerated().map { place, placement in
      let mass = mass(of: placement, unknowns)
      let arms = SIMD3(1, placement.position.x, placement.position.y)
      var rows = Rows(
        residuals: -mass * arms, jacobian: Array(repeating: .zero, count: unknownCount),
        noise: Array(repeating: 0, count: 6), byScatter: Array(repeating: 0, count: 6),
        byPlacing: [0, 0, 0, mass * mass, 0, mass * mass])
      var wrench = SIMD3<Double>.zero
      for (number, cell) in model.enumerated() {
        var signal = placement.signals[number]
        for (index, error) in shared.enumerated() where error.cell == number {
          signal -= error.counts[place] * unknowns[self.index(shared: index)]
        }
        let force = cell.force(
          signal: signal,
          kelvin: placement.temperature - referenceTemperature)
        let lever = SIMD3(1, cell.x, cell.y)
        rows.residuals += force.force * lever
        let first = index(cell: number, 0)
        rows.jacobian[first] = force.byGain * units[first] * lever
        rows.jacobian[first + 1] = SIMD3(0, force.force * units[first + 1], 0)
        rows.jacobian[first + 2] = SIMD3(0, 0, force.force * units[first + 2])
        rows.jacobian[first + 3] = force.byQuadratic * units[first + 3] * lever
        rows.jacobian[first + 4] = force.bySpan * units[first + 4] * lever
        for (index, error) in shared.enumerated() where error.cell == number {
          rows.jacobian[self.index(shared: index)] = -force.bySignal * error.counts[place] * lever
        }
        let own = priors.forceScatter * force.force
        let variance = force.bySignal * force.bySignal * placement.variances[number] + own * own
        for (entry, product) in Self.products(lever).enumerated() {
          rows.noise[entry] += variance * product
        }
        wrench += force.force * lever
      }
      // What all cells have alike scatters sum and moments together.
      let part = ScaleModel.scatterPart(mass: wrench.x)
      rows.byScatter = Self.products(part * wrench)
      for (body, part) in zip(placement.bodies, placement.parts) {
        rows.jacobian[index(body: body)] -= placement.press * part * bodies[body].sigma * arms
      }
      return rows
    }
  }

  private static func products(_ v: SIMD3<Double>) -> [Double] {
    [v.x * v.x, v.x * v.y, v.x * v.z, v.y * v.y, v.y * v.z, v.z * v.z]
  }

  /// The prior standard deviation of a cell's parameter in units of its unknown: 1, but for spans,
  /// which have a part that all cells share.
  func priorSize(_ parameter: Int) -> Double {
    guard parameter == 4 else { return 1 }
    let common = priors.commonSpanPerKelvin / priors.spanPerKelvin
    return (1 + common * common).squareRoot()
  }

  /// The priors of gains and spans: each cell's less their mean is of unit size. The gains' mean is
  /// free; that of the spans has a size of its own.
  var sharedPriorRows: [[(index: Int, value: Double)]] {
    let count = Double(cellCount)
    let differences = [0, 4].flatMap { parameter in
      cells.indices.map { cell in
        cells.indices.map { other in
          (index(cell: other, parameter), (other == cell ? 1 : 0) - 1 / count)
        }
      }
    }
    // The mean's variance has a part of each cell's own.
    let common = priors.commonSpanPerKelvin / priors.spanPerKelvin
    let size = (common * common + 1 / count).squareRoot()
    return differences + [cells.indices.map { (index(cell: $0, 4), 1 / count / size) }]
  }
}
