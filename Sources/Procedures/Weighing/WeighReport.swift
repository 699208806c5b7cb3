package import Bundles
package import Measurements

/// What `cartcal weigh --json` writes: schema `cartcal.weigh/1`.
///
/// Times and memory aside, the same session gives the same bytes.
package struct WeighReport: Encodable, Equatable, Sendable {
  package static let schemaName = "cartcal.weigh/1"
  package typealias Evaluation = ScaleRecord.Evaluation
  package typealias Placement = ScaleRecord.Placement
  package typealias Creep = ScaleRecord.Creep

  package var schema = Self.schemaName
  package var software: String
  package var session: String
  /// As it would stand in a bundle; its keys stand among those of the report. Nil where the session
  /// gives no calibration.
  package var scale: ScaleRecord?
  /// The model's covariance with the names of its rows.
  package var covariance: Covariance?
  package var fit: Fit?
  /// Unknown loads, by number of their step.
  package var verify: [String: Estimate] = [:]
  /// Their steps in the order of `verifyCovariance`.
  package var verifySteps: [Int] = []
  /// Of (mass, x, y) of one after the other: rows, kilograms and metres.
  package var verifyCovariance: [[Double]] = []
  package var findings: [Finding]
  package var verdict: Verdict
  package var cart: String?
  package var revision: Int?
  package var bundle: String?
  package var cpuSeconds = 0.0
  package var peakResidentBytes = 0

  package struct Covariance: Encodable, Equatable, Sendable {
    package var order: [String]
    package var values: [Double]
  }

  /// An unknown load.
  package struct Estimate: Encodable, Equatable, Sendable {
    /// Kilograms.
    package var mass: Double
    /// Metres; nil where the load is too light to tell.
    package var x: Double?
    package var y: Double?
    package var massSigma: Double
    package var radialSigma: Double
    /// Rows of (mass, x, y).
    package var covariance: [[Double]]

    private enum CodingKeys: String, CodingKey {
      case mass = "mass_kg"
      case x = "x_m"
      case y = "y_m"
      case massSigma = "sigma_mass_kg"
      case radialSigma = "sigma_radial_m"
      case covariance
    }
  }

  /// How the model was fitted, and what the data determined.
  package struct Fit: Encodable, Equatable, Sendable {
    package var placements: [Placement]
    package var chiSquare: Double
    package var degreesOfFreedom: Double
    package var massScatter: Double
    package var placingSigma: Double
    package var rank: Int
    package var rankOfMassesAlone: Int
    package var condition: Double
    package var weakestGain: Double
    package var weakestGainOfMassesAlone: Double
    package var creep: [Creep]

    private enum CodingKeys: String, CodingKey {
      case placements, rank, condition, creep
      case chiSquare = "chi_square"
      case degreesOfFreedom = "degrees_of_freedom"
      case massScatter = "mass_scatter_kg"
      case placingSigma = "placing_sigma_m"
      case rankOfMassesAlone = "rank_of_masses_alone"
      case weakestGain = "weakest_gain"
      case weakestGainOfMassesAlone = "weakest_gain_of_masses_alone"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case schema, software, session, model, parameters, covariance, conditions, gravity, masses
    case verdicts, uncertainty, plate, fit, verify, findings, verdict, cart, revision, bundle
    case cellNames = "cell_names"
    case asFoundRevision = "as_found_revision"
    case verifySteps = "verify_steps"
    case verifyCovariance = "verify_covariance"
    case cpuSeconds = "cpu_s"
    case peakResidentBytes = "peak_rss_bytes"
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(schema, forKey: .schema)
    try values.encode(software, forKey: .software)
    try values.encode(session, forKey: .session)
    try values.encode(scale?.model, forKey: .model)
    try values.encode(scale?.parameters ?? [], forKey: .parameters)
    try values.encode(covariance, forKey: .covariance)
    try values.encode(scale?.conditions, forKey: .conditions)
    try values.encode(scale?.gravity, forKey: .gravity)
    try values.encode(scale?.masses ?? [], forKey: .masses)
    try values.encode(scale?.verdicts ?? [], forKey: .verdicts)
    try values.encode(scale?.uncertainty ?? [], forKey: .uncertainty)
    try values.encode(scale?.plate, forKey: .plate)
    try values.encode(scale?.cellNames ?? [], forKey: .cellNames)
    try values.encode(scale?.asFoundRevision, forKey: .asFoundRevision)
    try values.encode(fit, forKey: .fit)
    try values.encode(verify, forKey: .verify)
    try values.encode(verifySteps, forKey: .verifySteps)
    try values.encode(verifyCovariance, forKey: .verifyCovariance)
    try values.encode(findings, forKey: .findings)
    try values.encode(verdict, forKey: .verdict)
    try values.encode(cart, forKey: .cart)
    try values.encode(revision, forKey: .revision)
    try values.encode(bundle, forKey: .bundle)
    try values.encode(cpuSeconds, forKey: .cpuSeconds)
    try values.encode(peakResidentBytes, forKey: .peakResidentBytes)
  }
}
