package import Devices
import Glibc
package import Weighing

/// A scale that is not there: what is laid on it is said by the program, and its samples come as
/// fast as they are asked for, each a sample's time after the one before.
package final class VirtualScale: Scale {
  package var cells: Int { simulated.cells.count }
  /// Of the accelerometer, as of the next sample, radians.
  package var tilt: SIMD2<Double>? { hasAccelerometer ? simulated.slope : nil }
  /// Seconds, of the next sample.
  package private(set) var time: Double

  private let simulated: SimulatedScale
  private let rate: Double
  private let hasAccelerometer: Bool
  private let pace: VirtualPace
  private var numbers: SeededNumbers
  private var forces: [Double]
  private var before: [Double]
  private var memories: [SimulatedCell.Memory]
  private var changed = -1000.0

  /// - Parameters:
  ///   - rate: samples a second.
  ///   - start: the time of the first sample, seconds; what came before does not repeat.
  ///   - pace: with a clock, it waits until a sample is due.
  package init(
    _ scale: SimulatedScale, seed: UInt64, rate: Double, start: Double = 0,
    hasAccelerometer: Bool = false, pace: VirtualPace = .asRead
  ) {
    simulated = scale
    self.pace = pace
    self.rate = rate
    self.hasAccelerometer = hasAccelerometer
    time = start
    numbers = SeededNumbers(seed &+ UInt64(max(0, start) * 1000))
    forces = scale.forces(mass: 0, at: .zero)
    before = forces
    memories = forces.map { SimulatedCell.Memory(force: $0) }
  }

  /// Puts a mass (kilograms) on it in place of what lay there; nothing at 0.
  package func lay(_ mass: Double, at place: SIMD2<Double>) {
    let new = simulated.forces(mass: mass, at: place)
    let change = zip(new, forces).reduce(0) { $0 + abs($1.0 - $1.1) }
    for case .friction(let least) in simulated.faults where change < least { return }
    before = forces
    forces = new
    changed = time
  }

  package func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    if case .clock(let now, let wait) = pace {
      wait(min(seconds, max(0, time - now())))
      guard now() >= time - 1e-6 else {
        throw .silent(node: "the virtual scale", seconds: seconds)
      }
    }
    let since = time - changed
    let kelvin = temperature - 22
    let counts = simulated.cells.indices.map { cell in
      let properties = simulated.cells[cell]
      let settled = properties.counts(
        force: forces[cell], kelvin: kelvin, seconds: 1 / rate, memory: &memories[cell])
      // The plate swings when something is put on it or taken off.
      let swing =
        0.8 * (forces[cell] - before[cell]) * exp(-since / 0.3) * cos(2 * .pi * 3.1 * since)
      let rest = swing + properties.noise * numbers.normal()
      let value = (settled + properties.countsPerKilogram * rest).rounded()
      return min(max(value, -8_388_608), 8_388_607)
    }
    defer { time += 1 / rate }
    return ScaleSample(
      time: time, counts: counts, status: [], temperature: (temperature * 1000).rounded() / 1000)
  }

  package func zero() throws(DeviceError) {
    throw .unsupported(node: "the virtual scale", problem: "it is zeroed by weighing it empty")
  }

  /// Warms by two kelvin in half an hour.
  private var temperature: Double { 22 + 2 * (1 - exp(-time / 1800)) }
}

extension SimulatedScale {
  /// A healthy scale of a seed, always the same.
  package init(seed: UInt64, rigid: Bool = true, faults: [ScaleFault] = []) {
    var numbers = SeededNumbers(seed)
    self.init(&numbers, rigid: rigid)
    self.faults = faults
  }
}

extension SimulatedMasses {
  /// The masses of every seed as a registry holds them, in date until 2099; with small ones for
  /// discrimination, of which the true value is the nominal one.
  package static func registry() throws(MassRegistryError) -> MassRegistry {
    let large = nominal.map { kilograms in
      (kilograms, kilograms < 1 ? "\(Int(kilograms * 1000))g" : "\(Int(kilograms))kg")
    }
    let small = [(0.001, "1g"), (0.002, "2g"), (0.002, "2g-2"), (0.005, "5g"), (0.010, "10g")]
    return try MassRegistry(
      (small + large).compactMap { kilograms, word in
        ExactMass(kilograms: kilograms).map {
          ReferenceMass(
            id: "VIRTUAL-\(word)", nominal: $0, massClass: .m1, certificate: "none: virtual",
            due: .init(seconds: 4_102_444_799))
        }
      })
  }

  /// The true masses of a seed.
  package init(seed: UInt64) {
    var numbers = SeededNumbers(seed ^ 0x3A55)
    self.init(&numbers, faults: [])
  }

  /// What masses of these nominal values truly weigh together, kilograms.
  package func mass(of nominal: [Double]) -> Double { nominal.reduce(0) { $0 + mass(of: $1) } }
}
