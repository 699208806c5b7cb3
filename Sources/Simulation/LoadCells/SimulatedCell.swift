import Glibc

/// A load cell with its converter, as cells are: zero and gain from the maker's scatter, a little
/// curved, drifting with temperature, creeping, remembering the way it was loaded, noisy.
package struct SimulatedCell: Sendable {
  /// Counts of the cell with nothing on it at 22 degC.
  package var zero: Double
  package var countsPerKilogram: Double
  /// Per kilogram: counts follow F (1 + q F).
  package var quadratic: Double
  /// Kilograms per kelvin.
  package var zeroPerKelvin: Double
  /// Per kelvin.
  package var spanPerKelvin: Double
  /// What a load comes to show beside itself in the end, as a part of it, and how fast, seconds.
  package var creep: Double
  package var creepTime: Double
  /// What is shown in excess on the way down, as a part of twice the width of the loop, and that
  /// width, kilograms.
  package var hysteresis: Double
  package var loop: Double
  /// Standard deviation of a sample, kilograms.
  package var noise: Double

  /// A cell by chance, of 106.5 counts a gram for carts up to 30 kg.
  init(_ numbers: inout SeededNumbers) {
    countsPerKilogram = 106_500 * (1 + 0.03 * numbers.normal())
    zero = numbers.uniform(-40_000, 40_000)
    quadratic = 1e-5 * numbers.normal()
    zeroPerKelvin = numbers.uniform(-0.25e-3, 0.25e-3)
    spanPerKelvin = numbers.uniform(0.2e-5, 2e-5)
    creep = 1.2e-4 * numbers.normal()
    creepTime = numbers.uniform(80, 300)
    hysteresis = numbers.uniform(5e-5, 1e-4)
    loop = numbers.uniform(0.1, 0.4)
    noise = numbers.uniform(0.08e-3, 0.15e-3)
  }

  /// What creep and hysteresis remember.
  struct Memory {
    var crept: Double
    /// How far the load must still rise to take up all play, kilograms.
    var play = 0.0
    var before: Double

    /// A cell on which `force` has lain for ever.
    init(force: Double) {
      crept = force
      before = force
    }
  }

  /// The reading of a force (kilograms) after `seconds` more of it, before noise; counts.
  func counts(
    force: Double, kelvin: Double, seconds: Double, memory: inout Memory
  ) -> Double {
    memory.crept += (force - memory.crept) * min(1, seconds / creepTime)
    // The play operator (L. Prandtl, 1928): what is shown lags behind by up to the loop's width.
    memory.play = min(max(memory.play - (force - memory.before), 0), 2 * loop)
    memory.before = force
    let shown = force + creep * memory.crept + hysteresis * memory.play
    return zero + countsPerKilogram
      * (shown * (1 + quadratic * shown) * (1 + spanPerKelvin * kelvin) + zeroPerKelvin * kelvin)
  }
}
