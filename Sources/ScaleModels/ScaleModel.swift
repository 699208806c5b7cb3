import Glibc

/// A calibrated scale: counts of its load cells and the temperature become mass and place.
///
///     let reading = try model.reading(counts: counts, temperature: 21.5, zero: zero)
///     print(reading.mass, reading.massSigma)   // kg
///
/// Axes: the platform's, metres, x and y in its plane. Masses are kilograms at `gravity`; give the
/// gravity of the place of use where it differs.
public struct ScaleModel: Codable, Equatable, Sendable {
  public let cells: [ScaleCell]
  /// The empty scale at the end of the calibration, for use until zero is taken anew.
  public let zero: ScaleZero
  /// The temperature that spans are given at, degC.
  public let referenceTemperature: Double
  /// The acceleration of gravity where it was calibrated, m/s².
  public let gravity: Double
  /// Standard uncertainty of each cell's force by itself, from creep and scatter, as a part of it.
  public let forceScatter: Double
  /// Standard uncertainty of heavy loads from what all cells have alike, hysteresis and creep,
  /// kilograms; light loads have less, see `scatterPart`.
  public let massScatter: Double
  /// Covariance of the cells' parameters, row-major, `parameterCount` squared. Order: of each cell
  /// kilogramsPerCount, x, y, quadraticPerKilogram, spanPerKelvin, in the units of `ScaleCell`.
  /// The tolerance of the reference masses is in it.
  public let covariance: [Double]

  /// Parameters of one cell in `covariance`.
  public static let parametersPerCell = 5
  public var parameterCount: Int { cells.count * Self.parametersPerCell }

  enum CodingKeys: String, CodingKey {
    case cells
    case zero
    case referenceTemperature = "reference_temperature_c"
    case gravity = "gravity_m_s2"
    case forceScatter = "force_scatter"
    case massScatter = "mass_scatter_kg"
    case covariance
  }

  /// Throws when sizes do not fit each other, a number is not finite or a gain is zero.
  public init(
    cells: [ScaleCell], zero: ScaleZero, referenceTemperature: Double, gravity: Double,
    forceScatter: Double, massScatter: Double = 0, covariance: [Double]
  ) throws(ScaleModelError) {
    let parameters = cells.count * Self.parametersPerCell
    guard !cells.isEmpty, cells.count <= 64, zero.counts.count == cells.count,
      zero.sigmas.count == cells.count, covariance.count == parameters * parameters
    else { throw .wrongSize }
    let numbers =
      cells.flatMap {
        [
          $0.x, $0.y, $0.kilogramsPerCount, $0.quadraticPerKilogram, $0.spanPerKelvin,
          $0.zeroCountsPerKelvin,
        ]
      } + zero.counts + zero.sigmas + covariance
      + [zero.temperature, referenceTemperature, gravity, forceScatter, massScatter]
    guard numbers.allSatisfy({ $0.isFinite }), gravity > 0, forceScatter >= 0,
      massScatter >= 0,
      cells.allSatisfy({ $0.kilogramsPerCount != 0 }),
      zero.sigmas.allSatisfy({ $0 >= 0 })
    else { throw .notFinite }
    self.cells = cells
    self.zero = zero
    self.referenceTemperature = referenceTemperature
    self.gravity = gravity
    self.forceScatter = forceScatter
    self.massScatter = massScatter
    self.covariance = covariance
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      cells: container.decode([ScaleCell].self, forKey: .cells),
      zero: container.decode(ScaleZero.self, forKey: .zero),
      referenceTemperature: container.decode(Double.self, forKey: .referenceTemperature),
      gravity: container.decode(Double.self, forKey: .gravity),
      forceScatter: container.decode(Double.self, forKey: .forceScatter),
      massScatter: container.decode(Double.self, forKey: .massScatter),
      covariance: container.decode([Double].self, forKey: .covariance))
  }

  /// The part of `massScatter` that a load (kilograms) has over its mass, per kilogram: hysteresis
  /// grows with the load up to several kilograms and less and less beyond.
  package static func scatterPart(mass: Double) -> Double { 1 / (abs(mass) + 10) }

  /// The model with its cells' parameters changed, in the order and units of `covariance`.
  package func moved(by changes: [Double]) throws(ScaleModelError) -> ScaleModel {
    guard changes.count == parameterCount else { throw .wrongSize }
    var cells = cells
    for index in cells.indices {
      let first = index * Self.parametersPerCell
      cells[index].kilogramsPerCount += changes[first]
      cells[index].x += changes[first + 1]
      cells[index].y += changes[first + 2]
      cells[index].quadraticPerKilogram += changes[first + 3]
      cells[index].spanPerKelvin += changes[first + 4]
    }
    return try ScaleModel(
      cells: cells, zero: zero, referenceTemperature: referenceTemperature, gravity: gravity,
      forceScatter: forceScatter, massScatter: massScatter, covariance: covariance)
  }

  /// What lies on the scale.
  ///
  /// - Parameters:
  ///   - counts: one a cell, filtered and settled.
  ///   - temperature: degC.
  ///   - zero: the scale when last empty; the calibration's where nil.
  ///   - tilt: how far the scale leans since zero was taken level, radians around its two axes;
  ///     the load then presses with its cosine.
  ///   - gravity: of the place of use, m/s²; the calibration's where nil.
  ///
  /// Throws when there are not as many counts as cells, or a number is not finite, or the scale
  /// leans by more than half a radian.
  public func reading(
    counts: [Double], temperature: Double, zero: ScaleZero? = nil,
    tilt: SIMD2<Double> = .zero, gravity: Double? = nil
  ) throws(ScaleModelError) -> ScaleReading {
    try linearized(
      counts: counts, temperature: temperature, zero: zero ?? self.zero, tilt: tilt,
      gravity: gravity ?? self.gravity
    ).reading(of: self)
  }

  /// What each cell carries, kilograms, with the zero at the same temperature.
  package func forces(counts: [Double], temperature: Double, zero: [Double]) -> [Double] {
    precondition(counts.count == cells.count && zero.count == cells.count)
    return cells.indices.map { cell in
      cells[cell].force(
        signal: counts[cell] - zero[cell], kelvin: temperature - referenceTemperature
      ).force
    }
  }

  package func linearized(
    counts: [Double], temperature: Double, zero: ScaleZero, tilt: SIMD2<Double> = .zero,
    gravity: Double
  ) throws(ScaleModelError) -> LinearizedReading {
    guard counts.count == cells.count, zero.counts.count == cells.count,
      zero.sigmas.count == cells.count
    else { throw .wrongSize }
    guard abs(tilt.x) <= 0.5, abs(tilt.y) <= 0.5, gravity > 0, gravity.isFinite,
      temperature.isFinite, (counts + zero.counts + zero.sigmas).allSatisfy({ $0.isFinite })
    else { throw .notFinite }
    let press = cos(tilt.x) * cos(tilt.y) * gravity / self.gravity
    let forces = cells.indices.map { cell in
      cells[cell].force(
        signal: counts[cell] - zero.counts[cell]
          - cells[cell].zeroCountsPerKelvin * (temperature - zero.temperature),
        kelvin: temperature - referenceTemperature)
    }
    return LinearizedReading(
      forces: forces, cells: cells, press: press,
      signalVariances: zero.sigmas.indices.map { cell in
        let scatter = forceScatter * forces[cell].force / forces[cell].bySignal
        return zero.sigmas[cell] * zero.sigmas[cell] + scatter * scatter
      })
  }
}

/// Why a scale model cannot be or cannot read.
public enum ScaleModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Counts, zeros or covariances are not as many as the cells need.
  case wrongSize
  /// A number is not finite or beyond what is possible.
  case notFinite

  public var description: String {
    switch self {
    case .wrongSize:
      "The numbers are not as many as the scale has cells. Give one value for each cell."
    case .notFinite:
      "A number of the scale is infinite, undefined or impossible. Check counts and temperature."
    }
  }
}
