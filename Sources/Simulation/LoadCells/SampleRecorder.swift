import Glibc
import Weighing

/// Samples a simulated scale step by step.
struct SampleRecorder {
  private(set) var times: [Double] = []
  private(set) var temperatures: [Double] = []
  private(set) var tilts: [SIMD2<Double>] = []
  private(set) var counts: [Double] = []
  private(set) var steps: [Int] = []

  private let scale: SimulatedScale
  private let conditions: WeighingConditions
  private var numbers: SeededNumbers
  private let tare: [Double]
  private var memories: [SimulatedCell.Memory]
  private var before: [Double]
  /// Mains frequency, Hz: never quite 50.
  private static let mains = 49.97
  /// Amplitude of what is left of the hum, kilograms: a converter averages over each sample.
  private let hum: Double
  /// Error of the accelerometer, radians.
  private let tiltError: SIMD2<Double>

  init(
    _ scale: SimulatedScale, _ conditions: WeighingConditions, _ numbers: inout SeededNumbers
  ) {
    self.scale = scale
    self.conditions = conditions
    self.numbers = numbers.split()
    tare = scale.forces(mass: 0, at: .zero)
    memories = tare.map { SimulatedCell.Memory(force: $0) }
    before = tare
    let cycles = Double.pi * Self.mains / conditions.rate
    hum = conditions.hum * sin(cycles) / cycles
    tiltError = 0.001 * SIMD2(numbers.normal(), numbers.normal())
  }

  mutating func record(_ step: RecordedProcedure.Step, _ load: SimulatedWeighing.Load) {
    let forces =
      load.mass > 0 ? scale.forces(mass: load.mass, at: load.place) : tare
    let burst = numbers.chance(conditions.bursts) ? numbers.uniform(0, step.end - step.start) : nil
    let count = Int(((step.end - step.start) * conditions.rate).rounded())
    let seconds = 1 / conditions.rate
    for sample in 0..<count {
      let since = Double(sample) * seconds
      let time = step.start + since
      let kelvin = temperature(time) - 22
      var row = sampled(forces, since: since, burst: burst, time: time, kelvin: kelvin)
      spoil(&row, minutes: time / 60)
      times.append((time * 10_000).rounded() / 10_000)
      temperatures.append((temperature(time) * 1000).rounded() / 1000)
      if conditions.hasAccelerometer {
        let noise = 0.0005 * SIMD2(numbers.normal(), numbers.normal())
        let tilt = scale.slope + tiltError + noise
        tilts.append(SIMD2((tilt.x * 1e6).rounded() / 1e6, (tilt.y * 1e6).rounded() / 1e6))
      }
      counts += row
      steps.append(step.number)
    }
    before = forces
  }

  private mutating func sampled(
    _ forces: [Double], since: Double, burst: Double?, time: Double, kelvin: Double
  ) -> [Double] {
    let seconds = 1 / conditions.rate
    let mains = hum * sin(2 * .pi * Self.mains * time)
    var shaking = 0.0
    if let burst, since >= burst, since < burst + 1.5 {
      shaking = 0.005 * sin(2 * .pi * 7.3 * since)
    }
    return scale.cells.indices.map { cell in
      let properties = scale.cells[cell]
      let settled = properties.counts(
        force: forces[cell], kelvin: kelvin, seconds: seconds, memory: &memories[cell])
      // The plate swings when something is put on it or taken off.
      let swing =
        (0.8 * (forces[cell] - before[cell]) + 0.02) * exp(-since / 0.3)
        * cos(2 * .pi * 3.1 * since)
      let rest = swing + shaking + mains + properties.noise * numbers.normal()
      return settled + properties.countsPerKilogram * rest
    }
  }

  /// What is wrong with wires, converters and zeros; and the converter's whole counts.
  private func spoil(_ row: inout [Double], minutes: Double) {
    for fault in conditions.faults {
      switch fault {
      case .deadCell(let cell): row[cell] = scale.cells[cell].zero
      case .zeroDrift(let kilograms):
        row[0] += kilograms * minutes * scale.cells[0].countsPerKilogram
      case .swappedCells(let one, let other): row.swapAt(one, other)
      default: break
      }
    }
    let full = Double(sign: .plus, exponent: SimulatedWeighing.bits - 1, significand: 1)
    for cell in row.indices {
      row[cell] = min(max(row[cell].rounded(), -full), full - 1)
      for case .saturation(cell, let end) in conditions.faults { row[cell] = min(row[cell], end) }
    }
  }

  private func temperature(_ time: Double) -> Double {
    let rise = (1 - exp(-time / 600)) / (1 - exp(-2.0))
    return conditions.temperature + conditions.warming * rise
  }
}
