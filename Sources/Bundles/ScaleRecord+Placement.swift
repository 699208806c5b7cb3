extension ScaleRecord {
  /// A known load of a calibration as the finished model reads it.
  public struct Placement: Codable, Equatable, Sendable {
    /// Number of the step in procedure.json.
    public var step: Int
    /// Kind of the step, for example `eccentricity`.
    public var kind: String
    /// Kilograms.
    public var nominal: Double
    public var reading: Double
    /// Reading less nominal.
    public var error: Double
    /// U of the error, kilograms; nil where repeats are too few for a coverage factor.
    public var expandedUncertainty: Double?
    /// The error by the calibration that was in force before, kilograms; nil without one.
    public var asFoundError: Double?
    /// Where it was meant to lie and where it is found to lie, metres.
    public var meant: [Double]
    public var found: [Double?]
    /// What each cell carries of it, kilograms.
    public var forces: [Double]

    public init(
      step: Int, kind: String, nominal: Double, reading: Double, error: Double,
      expandedUncertainty: Double?, asFoundError: Double?, meant: [Double], found: [Double?],
      forces: [Double]
    ) {
      self.step = step
      self.kind = kind
      self.nominal = nominal
      self.reading = reading
      self.error = error
      self.expandedUncertainty = expandedUncertainty
      self.asFoundError = asFoundError
      self.meant = meant
      self.found = found
      self.forces = forces
    }

    enum CodingKeys: String, CodingKey {
      case step, kind
      case nominal = "nominal_kg"
      case reading = "reading_kg"
      case error = "error_kg"
      case expandedUncertainty = "expanded_uncertainty_kg"
      case asFoundError = "as_found_error_kg"
      case meant = "xy_m"
      case found = "found_xy_m"
      case forces = "forces_kg"
    }
  }

  /// How the reading of a load that stayed moved.
  public struct Creep: Codable, Equatable, Sendable {
    /// Kilograms.
    public var load: Double
    /// Seconds since the first reading, and change of the reading since then, kilograms.
    public var times: [Double]
    public var changes: [Double]

    public init(load: Double, times: [Double], changes: [Double]) {
      self.load = load
      self.times = times
      self.changes = changes
    }

    enum CodingKeys: String, CodingKey {
      case load = "load_kg"
      case times = "time_s"
      case changes = "change_kg"
    }
  }

  /// What a scale is by its plate.
  public struct Plate: Codable, Equatable, Sendable {
    /// `I` to `IIII` (OIML R 76-1).
    public var accuracyClass: String
    /// From small to large.
    public var ranges: [Range]
    /// Min, kilograms.
    public var minimum: Double

    public struct Range: Codable, Equatable, Sendable {
      /// Max and e, kilograms.
      public var capacity: Double
      public var interval: Double

      public init(capacity: Double, interval: Double) {
        self.capacity = capacity
        self.interval = interval
      }

      enum CodingKeys: String, CodingKey {
        case capacity = "max_kg"
        case interval = "e_kg"
      }
    }

    public init(accuracyClass: String, ranges: [Range], minimum: Double) {
      self.accuracyClass = accuracyClass
      self.ranges = ranges
      self.minimum = minimum
    }

    enum CodingKeys: String, CodingKey {
      case accuracyClass = "class"
      case ranges
      case minimum = "min_kg"
    }
  }
}
