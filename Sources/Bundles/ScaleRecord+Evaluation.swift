public import Measurements

extension ScaleRecord {
  /// One test of a scale, evaluated against a limit where there is one.
  public struct Evaluation: Codable, Equatable, Sendable {
    /// A stable word, for example `eccentricity`.
    public var test: String
    /// What it was evaluated against, with the clause; nil where no limit was given.
    public var standard: String?
    /// When: `initial` or `in_service`, `acceptance` or `maintenance`; nil with `standard`.
    public var occasion: String?
    /// The load, kilograms.
    public var load: Double
    /// The worst that was found, kilograms; nil where the session cannot tell.
    public var value: Double?
    public var limit: Double?
    /// U = k u, kilograms, and k.
    public var expandedUncertainty: Double?
    public var coverageFactor: Double?
    /// What the decision rule takes off the limit, kilograms.
    public var guardBand: Double?
    public var rule: String?
    public var verdict: Verdict
    /// What the verdict rests on or lacks, for people.
    public var note: String?

    public init(
      test: String, standard: String?, occasion: String?, load: Double, value: Double?,
      limit: Double?, expandedUncertainty: Double?, coverageFactor: Double?, guardBand: Double?,
      rule: String?, verdict: Verdict, note: String?
    ) {
      self.test = test
      self.standard = standard
      self.occasion = occasion
      self.load = load
      self.value = value
      self.limit = limit
      self.expandedUncertainty = expandedUncertainty
      self.coverageFactor = coverageFactor
      self.guardBand = guardBand
      self.rule = rule
      self.verdict = verdict
      self.note = note
    }

    enum CodingKeys: String, CodingKey {
      case test, standard, occasion, rule, verdict, note
      case load = "load_kg"
      case value = "value_kg"
      case limit = "limit_kg"
      case expandedUncertainty = "expanded_uncertainty_kg"
      case coverageFactor = "coverage_factor"
      case guardBand = "guard_band_kg"
    }
  }

  /// An uncertainty budget of the error of indication at one load.
  public struct Budget: Codable, Equatable, Sendable {
    public struct Row: Codable, Equatable, Sendable {
      public var name: String
      /// How its size was found.
      public var source: String
      /// Kilograms.
      public var standardUncertainty: Double
      /// Nil for infinitely many.
      public var degreesOfFreedom: Double?

      public init(
        name: String, source: String, standardUncertainty: Double, degreesOfFreedom: Double?
      ) {
        self.name = name
        self.source = source
        self.standardUncertainty = standardUncertainty
        self.degreesOfFreedom = degreesOfFreedom
      }

      enum CodingKeys: String, CodingKey {
        case name, source
        case standardUncertainty = "standard_uncertainty_kg"
        case degreesOfFreedom = "degrees_of_freedom"
      }
    }

    /// Kilograms.
    public var load: Double
    public var rows: [Row]
    public var combined: Double
    /// Nil for infinitely many.
    public var degreesOfFreedom: Double?
    /// Nil where there is less than one degree of freedom.
    public var coverageFactor: Double?
    public var expanded: Double?

    public init(
      load: Double, rows: [Row], combined: Double, degreesOfFreedom: Double?,
      coverageFactor: Double?, expanded: Double?
    ) {
      self.load = load
      self.rows = rows
      self.combined = combined
      self.degreesOfFreedom = degreesOfFreedom
      self.coverageFactor = coverageFactor
      self.expanded = expanded
    }

    enum CodingKeys: String, CodingKey {
      case rows
      case load = "load_kg"
      case combined = "combined_kg"
      case degreesOfFreedom = "effective_degrees_of_freedom"
      case coverageFactor = "coverage_factor"
      case expanded = "expanded_kg"
    }
  }
}
