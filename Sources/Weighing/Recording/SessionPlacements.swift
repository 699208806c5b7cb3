import Glibc
import LinearAlgebra
import ScaleModels

/// The known loads of a session and the bodies in them: those of the same nominal value are the
/// same, in one placement one after the other.
struct SessionPlacements {
  private(set) var placements: [Placement] = []
  private(set) var bodies: [KnownBody] = []

  /// Loads with what the cells would say without them, counts, and the variances of their signals.
  init(
    _ loads: [(mean: StepMean, zero: [Double], variances: [Double])], _ registry: MassRegistry?
  ) {
    for load in loads {
      let step = load.mean.step
      var used: [Int] = []
      for body in Self.bodies(step, registry) {
        if let known = bodies.firstIndex(where: { $0.name == body.name }) {
          used.append(known)
        } else {
          used.append(bodies.count)
          bodies.append(body)
        }
      }
      placements.append(
        Placement(
          step: step.number, bodies: used, position: step.position,
          signals: zip(load.mean.counts, load.zero).map { $0 - $1 }, variances: load.variances,
          temperature: load.mean.temperature, press: load.mean.press))
    }
  }
}

extension SessionPlacements {
  /// The bodies of a step: masses of the registry by their ids and certified values, else by
  /// nominal value and limits, equal ones numbered.
  static func bodies(_ step: RecordedProcedure.Step, _ registry: MassRegistry?) -> [KnownBody] {
    var copies: [Double: Int] = [:]
    return step.nominal.indices.map { place in
      let nominal = step.nominal[place]
      if let id = step.massIDs?[place], let mass = registry?[id],
        let sigma = mass.standardUncertainty
      {
        return KnownBody(name: id, mass: mass.value.kilograms, sigma: sigma)
      }
      copies[nominal, default: 0] += 1
      // Within the limits of the class anything is as likely (EURAMET cg-18, 7.1.2).
      return KnownBody(
        name: step.massIDs?[place] ?? "\(nominal) kg, number \(copies[nominal] ?? 1)",
        mass: nominal, sigma: step.limits[place] * 1e-6 / 3.0.squareRoot())
    }
  }
}

/// The errors of zeros, which many signals share, as a few that are independent of each other, and
/// for the rest as each signal's own.
struct SignalErrors {
  private(set) var shared: [SharedError] = []
  /// Variances by cell and placement, counts².
  private(set) var own: [[Double]] = []

  /// Smaller errors than this part of the samples' own variance are not told apart.
  private static let least = 0.02
  /// More shared errors of a cell than this make the fit slow and no better.
  private static let most = 8

  init(
    _ predictor: ZeroPredictor, _ zeros: [ZeroTrack.Prediction], noise: [[Double]], cells: Int
  ) throws(LinearAlgebraError) {
    for cell in 0..<cells {
      let covariance = predictor.covariance(zeros, cell)
      var rest = zeros.indices.map { max(0, covariance[$0, $0]) }
      let eigen = try SymmetricEigen(covariance)
      let floor = Self.least * (noise.map { $0[cell] }.min() ?? 0)
      for index in eigen.values.indices.reversed().prefix(Self.most)
      where eigen.values[index] > floor {
        let size = eigen.values[index].squareRoot()
        let counts = zeros.indices.map { size * eigen.vectors[$0, index] }
        for place in zeros.indices { rest[place] -= counts[place] * counts[place] }
        shared.append(SharedError(cell: cell, counts: counts))
      }
      own.append(rest.map { max(0, $0) })
    }
  }
}

/// What hysteresis does to readings that do not know of earlier loads.
struct MemoryScatter {
  /// Of each cell's force by itself, as a part of it.
  let force: Double
  /// Of what all cells have alike, kilograms; see `ScaleModel.massScatter`.
  let mass: Double

  /// From what memory did to the signals of known loads, counts by load and cell.
  init(_ memory: [[Double]], _ placements: [Placement], _ cells: [ScaleCell]) {
    var (squares, forceSquares, masses) = (0.0, 0.0, 0.0)
    for (counts, placement) in zip(memory, placements) {
      let errors = zip(counts, cells).map { $0 * $1.kilogramsPerCount }
      let forces = zip(placement.signals, cells).map { $0 * $1.kilogramsPerCount }
      let load = forces.reduce(0, +)
      let sum = errors.reduce(0, +)
      let share = load * ScaleModel.scatterPart(mass: load)
      masses += share > 0.05 ? sum * sum / (share * share) : 0
      // Beside what all have alike.
      squares += zip(errors, forces).reduce(0) { total, pair in
        let own = pair.0 - sum * (load > 0 ? pair.1 / load : 0)
        return total + own * own
      }
      forceSquares += forces.reduce(0) { $0 + $1 * $1 }
    }
    let count = Double(max(1, placements.count))
    // What heavy loads leave behind is a large part of a light one that follows: a mean of parts
    // would be that of the light ones.
    force = forceSquares > 0 ? min((squares / forceSquares).squareRoot(), 1e-3) : 0
    mass = min((masses / count).squareRoot(), 0.01)
  }
}
