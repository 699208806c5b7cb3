import Testing
import Weighing

@testable import Simulation

struct SimulatedWeighingTests {
  /// Without any fault the plate's forces carry the load with its moments.
  @Test(arguments: [true, false]) func forcesCarryTheLoad(rigid: Bool) {
    var numbers = SeededNumbers(4)
    var scale = SimulatedScale(&numbers, rigid: rigid)
    scale.crosstalk = (0..<4).map { row in (0..<4).map { $0 == row ? 1 : 0 } }
    let (load, place) = (3.0, SIMD2(0.1, -0.07))
    let empty = scale.forces(mass: 0, at: .zero)
    let forces = zip(scale.forces(mass: load, at: place), empty).map { $0 - $1 }
    let sum = forces.reduce(0, +)
    let moment = zip(forces, SimulatedScale.drawing).reduce(SIMD2<Double>.zero) {
      $0 + $1.0 * $1.1
    }
    #expect(abs(sum - load) < 1e-12)
    #expect(abs(moment.x / load - place.x) < 1e-12 && abs(moment.y / load - place.y) < 1e-12)
    #expect(abs(empty.reduce(0, +) - SimulatedScale.tare) < 1e-12)
  }

  @Test func aSeedGivesOneSession() {
    let one = SimulatedWeighing(seed: 7, .line)
    #expect(one.samples == SimulatedWeighing(seed: 7, .line).samples)
    #expect(one.samples != SimulatedWeighing(seed: 8, .line).samples)
    #expect(one.loads.count == one.procedure.steps.count)
  }

  /// Both files read back to what was simulated.
  @Test(arguments: [true, false]) func filesReadBack(sessionForm: Bool) throws {
    var conditions = WeighingConditions()
    conditions.hasAccelerometer = sessionForm
    let weighing = SimulatedWeighing(seed: 3, .line, conditions)
    let samples = try RecordedSamples(
      Array(weighing.csv(sessionForm: sessionForm).utf8), file: "s.csv", cells: 4)
    #expect(samples == weighing.samples)
    #expect(samples.tilts.isEmpty == !sessionForm)
  }

  private func column(_ cell: Int, of weighing: SimulatedWeighing) -> [Double] {
    let samples = weighing.samples
    return (0..<samples.count).map { samples.counts[samples.cells * $0 + cell] }
  }

  @Test func faultsShowWhereTheyShould() {
    func session(_ fault: ScaleFault) -> SimulatedWeighing {
      var conditions = WeighingConditions()
      conditions.faults = [fault]
      return SimulatedWeighing(seed: 5, .line, conditions)
    }
    let healthy = SimulatedWeighing(seed: 5, .line)
    #expect(Set(column(2, of: session(.deadCell(2)))).count == 1)
    let swapped = session(.swappedCells(0, 3)).samples
    #expect(swapped.counts[0] == healthy.samples.counts[3])
    let heavy = session(.wrongMass(nominal: 10, part: 0.05))
    #expect(abs(heavy.masses.mass(of: 10) - 10.5) < 0.001)
    let cut = column(1, of: session(.saturation(1, counts: 100_000)))
    #expect(cut.max() == 100_000)
    // A slope of three degrees takes the cosine of every load.
    let angle = 3 * Double.pi / 180
    let sloped = session(.slope(SIMD2(0, angle))).scale.forces(mass: 10, at: .zero)
    let level = healthy.scale.forces(mass: 10, at: .zero)
    let ratio = sloped.reduce(0, +) / level.reduce(0, +)
    #expect(abs(ratio - 0.99863) < 1e-5)
  }
}
