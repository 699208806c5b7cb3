public import Documents
public import ScaleModels

/// The scale of a cart as it was calibrated: model, covariance, and what they rest on.
public struct ScaleRecord: Codable, Equatable, Sendable {
  /// Counts to mass and place; nil when the data gave none, and findings say why.
  public var model: ScaleModel?
  /// The model's parameters with their uncertainties, in the order of its covariance.
  public var parameters: [Parameter]
  public var conditions: Conditions
  public var gravity: Gravity
  /// The masses it was calibrated with.
  public var masses: [Mass]
  /// What was held against limits, or would be if there were any.
  public var verdicts: [Evaluation]
  /// The uncertainty of a weighing in use, by load.
  public var uncertainty: [Budget]
  /// Class, Max and e; nil where no rig says them.
  public var plate: Plate?
  /// Names of the cells in the order of the model's; numbers where no rig names them.
  public var cellNames: [String] = []
  /// The known loads, in the order of the procedure.
  public var placements: [Placement] = []
  /// Of loads that stayed.
  public var creep: [Creep] = []
  /// The revision whose calibration `asFoundError` was read with; nil without one.
  public var asFoundRevision: Int?

  public init(
    model: ScaleModel?, parameters: [Parameter], conditions: Conditions, gravity: Gravity,
    masses: [Mass], verdicts: [Evaluation], uncertainty: [Budget]
  ) {
    self.model = model
    self.parameters = parameters
    self.conditions = conditions
    self.gravity = gravity
    self.masses = masses
    self.verdicts = verdicts
    self.uncertainty = uncertainty
  }

  enum CodingKeys: String, CodingKey {
    case model, parameters, conditions, gravity, masses, verdicts, uncertainty, plate, placements
    case creep
    case cellNames = "cell_names"
    case asFoundRevision = "as_found_revision"
  }

  /// What sections written before there were plates and placements do not have is empty.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decodeIfPresent(ScaleModel.self, forKey: .model)
    parameters = try values.decode([Parameter].self, forKey: .parameters)
    conditions = try values.decode(Conditions.self, forKey: .conditions)
    gravity = try values.decode(Gravity.self, forKey: .gravity)
    masses = try values.decode([Mass].self, forKey: .masses)
    verdicts = try values.decode([Evaluation].self, forKey: .verdicts)
    uncertainty = try values.decode([Budget].self, forKey: .uncertainty)
    plate = try values.decodeIfPresent(Plate.self, forKey: .plate)
    cellNames = try values.decodeIfPresent([String].self, forKey: .cellNames) ?? []
    placements = try values.decodeIfPresent([Placement].self, forKey: .placements) ?? []
    creep = try values.decodeIfPresent([Creep].self, forKey: .creep) ?? []
    asFoundRevision = try values.decodeIfPresent(Int.self, forKey: .asFoundRevision)
  }

  /// One number of the model.
  public struct Parameter: Codable, Equatable, Sendable {
    /// How a parameter came to be known.
    public enum Source: String, CaseIterable, Codable, Sendable {
      case data
      /// The data tell less than what such cells usually have, or than the rig says.
      case prior
    }

    /// For example `cell_0.kg_per_count`: a key of the model's cells.
    public var name: String
    public var value: Double
    /// Standard uncertainty, in the unit of the value.
    public var sigma: Double
    public var source: Source

    public init(name: String, value: Double, sigma: Double, source: Source) {
      self.name = name
      self.value = value
      self.sigma = sigma
      self.source = source
    }
  }

  /// The circumstances of a calibration.
  public struct Conditions: Codable, Equatable, Sendable {
    /// degC, over all samples; what was assumed where it was not measured.
    public var lowestTemperature: Double
    public var highestTemperature: Double
    /// Mean lean about the two axes, radians; nil without an accelerometer.
    public var tilt: [Double]?
    /// Seconds.
    public var duration: Double
    /// False where there was no sensor; nil in sections written before that was noted.
    public var isTemperatureMeasured: Bool?
    /// When the weighing began; nil where the session does not say.
    public var started: UTCTime?

    public init(
      lowestTemperature: Double, highestTemperature: Double, tilt: [Double]?, duration: Double,
      isTemperatureMeasured: Bool? = nil, started: UTCTime? = nil
    ) {
      self.lowestTemperature = lowestTemperature
      self.highestTemperature = highestTemperature
      self.tilt = tilt
      self.duration = duration
      self.isTemperatureMeasured = isTemperatureMeasured
      self.started = started
    }

    enum CodingKeys: String, CodingKey {
      case lowestTemperature = "lowest_temperature_c"
      case highestTemperature = "highest_temperature_c"
      case tilt = "tilt_rad"
      case duration = "duration_s"
      case isTemperatureMeasured = "temperature_measured"
      case started
    }
  }

  /// The acceleration of gravity that masses were weighed in.
  public struct Gravity: Codable, Equatable, Sendable {
    public enum Source: String, CaseIterable, Codable, Sendable {
      case measured
      /// Computed from latitude and height.
      case site
      /// Nothing is known of the place: the conventional value. Readings stand where the scale was
      /// calibrated; elsewhere they cannot be corrected.
      case standard
    }

    /// m/s².
    public var value: Double
    public var source: Source
    /// The place of use; nil where it is not known to differ.
    public var use: Use?

    public init(value: Double, source: Source, use: Use? = nil) {
      self.value = value
      self.source = source
      self.use = use
    }

    /// A place where the scale is used and not calibrated.
    public struct Use: Codable, Equatable, Sendable {
      /// m/s².
      public var value: Double
      public var source: Source
      /// By what readings of the model are multiplied there.
      public var readingFactor: Double
      /// How much gravity differs, as a part, and how much it may for both places to be in one
      /// gravity zone; nil where class and Max are not known.
      public var change: Double
      public var zoneLimit: Double?
      /// False when a new verification is due after the move.
      public var sharesZone: Bool?

      public init(
        value: Double, source: Source, readingFactor: Double, change: Double, zoneLimit: Double?,
        sharesZone: Bool?
      ) {
        self.value = value
        self.source = source
        self.readingFactor = readingFactor
        self.change = change
        self.zoneLimit = zoneLimit
        self.sharesZone = sharesZone
      }

      enum CodingKeys: String, CodingKey {
        case source, change
        case value = "value_m_s2"
        case readingFactor = "reading_factor"
        case zoneLimit = "zone_limit"
        case sharesZone = "shares_zone"
      }
    }

    enum CodingKeys: String, CodingKey {
      case value = "value_m_s2"
      case source, use
    }
  }

  /// A reference mass.
  public struct Mass: Codable, Equatable, Sendable {
    public var name: String
    /// Kilograms.
    public var nominal: Double
    /// Standard uncertainty of the value taken for it, kilograms.
    public var sigma: Double
    /// By how much the fit finds it heavier, and how sure that is, kilograms.
    public var foundError: Double
    public var foundSigma: Double
    /// Class, certificate and the day it ends, by the registry; nil where the session names no
    /// mass of a registry.
    public var massClass: String?
    public var certificate: String?
    public var due: String?

    public init(
      name: String, nominal: Double, sigma: Double, foundError: Double, foundSigma: Double
    ) {
      self.name = name
      self.nominal = nominal
      self.sigma = sigma
      self.foundError = foundError
      self.foundSigma = foundSigma
    }

    enum CodingKeys: String, CodingKey {
      case name
      case nominal = "nominal_kg"
      case sigma = "sigma_kg"
      case foundError = "found_error_kg"
      case foundSigma = "found_error_sigma_kg"
      case massClass = "oiml_class"
      case certificate, due
    }
  }
}
