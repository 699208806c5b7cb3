/// The counts of the empty scale at one time: taken anew whenever the scale is known to be empty.
public struct ScaleZero: Codable, Equatable, Sendable {
  /// One value a cell.
  public var counts: [Double]
  /// Standard uncertainties of `counts`, with what the zero may have moved since.
  public var sigmas: [Double]
  /// The temperature at which they were taken, degC.
  public var temperature: Double

  public init(counts: [Double], sigmas: [Double], temperature: Double) {
    self.counts = counts
    self.sigmas = sigmas
    self.temperature = temperature
  }

  enum CodingKeys: String, CodingKey {
    case counts
    case sigmas
    case temperature = "temperature_c"
  }
}
