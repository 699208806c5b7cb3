/// One load cell of a scale: how its counts become the force on it, as the mass that would press
/// as hard where the scale was calibrated.
///
/// With the signal s (counts less the counts of the empty scale), F = a s (1 + q a s)(1 + b t),
/// t being the temperature less the model's reference temperature.
public struct ScaleCell: Codable, Equatable, Sendable {
  /// Where the force acts, metres in the platform's axes; as fitted, with what the cells' crosstalk
  /// and contact points do to it.
  public var x: Double
  public var y: Double
  /// a, kilograms per count.
  public var kilogramsPerCount: Double
  /// q, per kilogram.
  public var quadraticPerKilogram: Double
  /// b, per kelvin.
  public var spanPerKelvin: Double
  /// How the counts of the empty scale follow temperature, counts per kelvin.
  public var zeroCountsPerKelvin: Double

  public init(
    x: Double, y: Double, kilogramsPerCount: Double, quadraticPerKilogram: Double = 0,
    spanPerKelvin: Double = 0, zeroCountsPerKelvin: Double = 0
  ) {
    self.x = x
    self.y = y
    self.kilogramsPerCount = kilogramsPerCount
    self.quadraticPerKilogram = quadraticPerKilogram
    self.spanPerKelvin = spanPerKelvin
    self.zeroCountsPerKelvin = zeroCountsPerKelvin
  }

  enum CodingKeys: String, CodingKey {
    case x = "x_m"
    case y = "y_m"
    case kilogramsPerCount = "kg_per_count"
    case quadraticPerKilogram = "quadratic_per_kg"
    case spanPerKelvin = "span_per_k"
    case zeroCountsPerKelvin = "zero_counts_per_k"
  }

  /// The force of a signal, kilograms, with its derivatives by signal, a, q and b.
  package func force(signal: Double, kelvin: Double) -> CellForce {
    let linear = kilogramsPerCount * signal
    let warm = 1 + spanPerKelvin * kelvin
    let curve = 1 + quadraticPerKilogram * linear
    let slope = (1 + 2 * quadraticPerKilogram * linear) * warm
    return CellForce(
      force: linear * curve * warm, bySignal: kilogramsPerCount * slope, byGain: signal * slope,
      byQuadratic: linear * linear * warm, bySpan: linear * curve * kelvin)
  }
}

/// A cell's force (kilograms) and its derivatives by the signal and the cell's parameters.
package struct CellForce: Sendable {
  package var force: Double
  package var bySignal: Double
  package var byGain: Double
  package var byQuadratic: Double
  package var bySpan: Double
}
