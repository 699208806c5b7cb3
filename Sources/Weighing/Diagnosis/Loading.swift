/// The loads of a session in kilograms, with one gain for all cells: good to a few percent, and so
/// to some 2 cm of place, whatever is wrong.
struct Loading {
  struct Load {
    let step: RecordedProcedure.Step
    /// Kilograms by cell.
    let forces: [Double]
    var total: Double { forces.reduce(0, +) }
  }

  let loads: [Load]
  let cells: [SIMD2<Double>]
  /// Half the size of the cells' rectangle, metres.
  let reach: Double

  init(_ diagnosis: SessionDiagnosis, zero: StepMean) {
    let gain = diagnosis.commonGain ?? 0
    let empty = diagnosis.empty
    loads = diagnosis.loads.map { load in
      // The zero before it is near enough; drift was looked for elsewhere.
      let zero = empty.last { $0.time < load.time } ?? zero
      return Load(
        step: load.step,
        forces: load.counts.indices.map { gain * (load.counts[$0] - zero.counts[$0]) })
    }
    cells = diagnosis.procedure.cells
    let centre = cells.reduce(SIMD2<Double>.zero, +) / Double(max(1, cells.count))
    reach = cells.map { Self.length($0 - centre) }.max() ?? 0
  }

  static func length(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }

  /// Where a load's centre of pressure is with cells at `positions`, metres; nil for hardly any
  /// load.
  func place(_ load: Load, _ positions: [SIMD2<Double>]) -> SIMD2<Double>? {
    guard load.total > 1e-9 else { return nil }
    return zip(load.forces, positions).reduce(SIMD2<Double>.zero) { $0 + $1.0 * $1.1 } / load.total
  }

  /// How far loads lie from where they were meant to, metres, by load; heavy ones only.
  func distances(_ positions: [SIMD2<Double>]) -> [Double] {
    let heaviest = loads.map { $0.step.nominal.reduce(0, +) }.max() ?? 0
    return loads.map { load in
      guard load.step.nominal.reduce(0, +) >= 0.01 * heaviest,
        let place = place(load, positions)
      else { return 0 }
      return Self.length(place - load.step.position)
    }
  }
}

extension SessionDiagnosis {
  /// One gain for all cells, kilograms per count, from the median over loads; nil when counts do
  /// not grow with them.
  var commonGain: Double? {
    let empty = empty
    let gains = loads.compactMap { load -> Double? in
      guard let zero = empty.last(where: { $0.time < load.time }) ?? empty.first else { return nil }
      let sum = zip(load.counts, zero.counts).reduce(0) { $0 + $1.0 - $1.1 }
      let mass = load.press * load.step.nominal.reduce(0, +)
      return sum > 0 ? mass / sum : nil
    }
    return RobustMean.median(gains)
  }
}
