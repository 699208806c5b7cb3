import ScaleModels

/// How far two calibrations of a scale read the same loads apart.
public struct ScaleDifference: Encodable, Equatable, Sendable {
  /// A load on the scale, as calibration a reads it.
  public struct Load: Encodable, Equatable, Sendable {
    /// Where: `middle`, or on the cell of this number, from 0.
    public var cell: Int?
    /// Kilograms.
    public var mass: Double
    /// b less a, kilograms, and one standard deviation of it by both uncertainties.
    public var difference: Double
    public var sigma: Double

    enum CodingKeys: String, CodingKey {
      case cell
      case mass = "mass_kg"
      case difference = "difference_kg"
      case sigma = "sigma_kg"
    }

    /// True for a difference beyond chance and beyond what matters.
    var isOther: Bool {
      abs(difference) > DifferenceThreshold.loadDeviations * sigma
        && abs(difference) > DifferenceThreshold.load
    }
  }

  public var loads: [Load]
  /// The largest difference, kilograms.
  public var worst: Double
  /// False where a load is read differently by more than both uncertainties explain, and than matters.
  public var isSame: Bool

  enum CodingKeys: String, CodingKey {
    case loads
    case worst = "worst_kg"
    case isSame = "same"
  }

  /// Nil where one has no scale, or another number of cells.
  init?(_ a: ScaleSection?, _ b: ScaleSection?) {
    guard let section = a, let first = section.record.model, let second = b?.record.model,
      first.cells.count == second.cells.count
    else { return nil }
    let largest = section.record.masses.map(\.nominal).max() ?? 5
    let cells = first.cells.count
    var wanted: [(cell: Int?, mass: Double)] = [(nil, 0.25 * largest), (nil, largest)]
    if cells > 1 { wanted += (0..<cells).map { ($0, largest / 3) } }
    loads = wanted.compactMap { Self.load($0.cell, $0.mass, first, second) }
    guard !loads.isEmpty else { return nil }
    worst = loads.map { abs($0.difference) }.max() ?? 0
    isSame = !loads.contains(where: \.isOther)
  }

  /// One load as both read it; nil where no counts give it.
  private static func load(
    _ cell: Int?, _ mass: Double, _ a: ScaleModel, _ b: ScaleModel
  ) -> Load? {
    let zero = ScaleZero(
      counts: a.zero.counts, sigmas: a.zero.counts.map { _ in 0 },
      temperature: a.referenceTemperature)
    var counts = zero.counts
    for (index, own) in a.cells.enumerated() {
      let force = cell == nil ? mass / Double(a.cells.count) : cell == index ? mass : 0
      // F = u (1 + q u), u = a s, at the reference temperature.
      let q = own.quadraticPerKilogram
      let root = 1 + 4 * q * force
      guard root > 0 else { return nil }
      let linear = 2 * force / (1 + root.squareRoot())
      counts[index] += linear / own.kilogramsPerCount
    }
    do throws(ScaleModelError) {
      let first = try a.reading(
        counts: counts, temperature: a.referenceTemperature, zero: zero)
      let second = try b.reading(
        counts: counts, temperature: a.referenceTemperature, zero: zero)
      let variance = first.covariance[0] + second.covariance[0]
      guard first.mass.isFinite, second.mass.isFinite, variance.isFinite else { return nil }
      return Load(
        cell: cell, mass: first.mass, difference: second.mass - first.mass,
        sigma: max(0, variance).squareRoot())
    } catch {
      return nil
    }
  }
}
