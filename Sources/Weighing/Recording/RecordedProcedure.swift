package import Documents

/// The `procedure.json` of a recorded weighing session: what was done when.
package struct RecordedProcedure: Decodable, Equatable, Sendable {
  /// Samples per second, as recorded.
  package let rate: Double
  /// Size of the platform along x and y, metres.
  package let platform: SIMD2<Double>
  /// Positions of the cells, metres, from the middle of the platform.
  package let cells: [SIMD2<Double>]
  /// Bits of the converter.
  package let bits: Int
  /// By time.
  package let steps: [Step]
  /// When the session began; nil where it does not say.
  package let started: UTCTime?
  /// Names of the cells by the rig; nil without one.
  package var cellNames: [String]?

  package struct Step: Decodable, Equatable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Sendable {
      case empty
      case linearityUp = "linearity_up"
      case linearityDown = "linearity_down"
      case eccentricity, repeatability
      /// A load, and then the same with 1.4 d put on beside it.
      case discrimination
      case creep, verify
    }

    package let number: Int
    package let kind: Kind
    /// Seconds.
    package let start: Double
    package let end: Double
    package let group: String?
    /// Nominal masses put on together, kilograms; empty for an empty scale and an unknown load.
    package let nominal: [Double]
    package let massClass: MassClass?
    /// Limits of the masses' errors, milligrams, one a mass.
    package let limits: [Double]
    /// Where the masses' common centre was meant to be, metres.
    package let position: SIMD2<Double>
    /// Standard deviation of the placing where known, metres.
    package let positionSigma: Double?
    /// The masses by their ids in the registry, one each; nil where the session does not say.
    package let massIDs: [String]?

    enum CodingKeys: String, CodingKey {
      case number = "step"
      case kind
      case start = "t_start"
      case end = "t_end"
      case group
      case nominal = "nominal_kg"
      case massClass = "oiml_class"
      case limits = "mpe_mg"
      case position = "xy_m"
      case positionSigma = "xy_sigma_m"
      case massIDs = "mass_ids"
    }

    package init(
      number: Int, kind: Kind, start: Double, end: Double, group: String? = nil,
      nominal: [Double] = [], massClass: MassClass? = nil, limits: [Double] = [],
      position: SIMD2<Double> = .zero, positionSigma: Double? = nil, massIDs: [String]? = nil
    ) {
      self.number = number
      self.kind = kind
      self.start = start
      self.end = end
      self.group = group
      self.nominal = nominal
      self.massClass = massClass
      self.limits = limits
      self.position = position
      self.positionSigma = positionSigma
      self.massIDs = massIDs
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      number = try container.decode(Int.self, forKey: .number)
      kind = try container.decode(Kind.self, forKey: .kind)
      start = try container.decode(Double.self, forKey: .start)
      end = try container.decode(Double.self, forKey: .end)
      group = try container.decodeIfPresent(String.self, forKey: .group)
      massClass = try container.decodeIfPresent(MassClass.self, forKey: .massClass)
      positionSigma = try container.decodeIfPresent(Double.self, forKey: .positionSigma)
      let isLoaded = kind != .empty && kind != .verify
      massIDs = isLoaded ? try container.decodeIfPresent([String].self, forKey: .massIDs) : nil
      nominal = isLoaded ? try container.decode([Double].self, forKey: .nominal) : []
      limits = isLoaded ? try container.decode([Double].self, forKey: .limits) : []
      position =
        isLoaded ? try container.decode(RecordedPoint.self, forKey: .position).vector : .zero
      func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
        guard holds else {
          throw DecodingError.dataCorruptedError(
            forKey: key, in: container, debugDescription: text)
        }
      }
      try require(
        abs(start) < 1e10 && abs(end) < 1e10 && end > start, .end,
        "a step must end after it starts, within 10 000 million seconds")
      try require(
        !isLoaded || (1...100).contains(nominal.count), .nominal, "give 1 to 100 masses")
      try require(
        nominal.allSatisfy { $0 > 0 && $0 <= 1000 }, .nominal, "masses are kilograms up to 1000")
      try require(
        limits.count == nominal.count, .limits, "give as many limits as masses")
      try require(
        zip(limits, nominal).allSatisfy { $0 > 0 && $0 <= 1e4 * $1 }, .limits,
        "limits are milligrams, above 0 and up to 1 % of the mass")
      try require(
        massIDs.map { $0.count == nominal.count && Set($0).count == $0.count } ?? true, .massIDs,
        "give as many ids as masses, each once")
      try require(
        (positionSigma ?? 0.001) > 0 && (positionSigma ?? 0.001) <= 1, .positionSigma,
        "the placing error is metres, above 0 and up to 1")
    }

    /// True when a known mass lies on the scale.
    package var isLoaded: Bool { !nominal.isEmpty }
  }

  enum CodingKeys: String, CodingKey {
    case rate = "rate_hz"
    case platform = "platform_m"
    case cells = "cells_xy_m"
    case bits = "adc_bits"
    case steps, started
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rate = try container.decode(Double.self, forKey: .rate)
    platform = try container.decode(RecordedPoint.self, forKey: .platform).vector
    cells = try container.decode([RecordedPoint].self, forKey: .cells).map(\.vector)
    bits = try container.decode(Int.self, forKey: .bits)
    steps = try container.decode([Step].self, forKey: .steps)
    started = try container.decodeIfPresent(UTCTime.self, forKey: .started)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    try require(rate > 0 && rate <= 1e5, .rate, "the rate must be above 0 and up to 100 000 Hz")
    try require((1...16).contains(cells.count), .cells, "a scale has 1 to 16 cells")
    try require((8...32).contains(bits), .bits, "converters have 8 to 32 bits")
    try require(
      (1...1000).contains(steps.count), .steps, "a procedure has 1 to 1000 steps")
    try require(
      Set(steps.map(\.number)).count == steps.count, .steps, "a step's number stands twice")
    try require(
      zip(steps, steps.dropFirst()).allSatisfy { $0.end <= $1.start + 1e-6 }, .steps,
      "steps must follow each other in time")
  }

  package init(
    rate: Double, platform: SIMD2<Double>, cells: [SIMD2<Double>], bits: Int, steps: [Step],
    started: UTCTime? = nil, cellNames: [String]? = nil
  ) {
    self.rate = rate
    self.platform = platform
    self.cells = cells
    self.bits = bits
    self.steps = steps
    self.started = started
    self.cellNames = cellNames
  }

  /// A cell as findings name it: by the rig, else by its number.
  package func name(_ cell: Int) -> String {
    guard let cellNames, cellNames.indices.contains(cell) else { return "\(cell)" }
    return cellNames[cell]
  }
}

extension RecordedProcedure: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rate, forKey: .rate)
    try container.encode([platform.x, platform.y], forKey: .platform)
    try container.encode(cells.map { [$0.x, $0.y] }, forKey: .cells)
    try container.encode(bits, forKey: .bits)
    try container.encode(steps, forKey: .steps)
    if let started { try container.encode(started, forKey: .started) }
  }
}

extension RecordedProcedure.Step: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(number, forKey: .number)
    try container.encode(kind, forKey: .kind)
    try container.encode(start, forKey: .start)
    try container.encode(end, forKey: .end)
    try container.encode(group, forKey: .group)
    guard isLoaded else { return }
    try container.encode(nominal, forKey: .nominal)
    try container.encode(massClass, forKey: .massClass)
    try container.encode(limits, forKey: .limits)
    try container.encode([position.x, position.y], forKey: .position)
    try container.encodeIfPresent(positionSigma, forKey: .positionSigma)
    try container.encodeIfPresent(massIDs, forKey: .massIDs)
  }
}

/// A point `[x, y]`, metres within 100 m.
private struct RecordedPoint: Decodable {
  let vector: SIMD2<Double>

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let numbers = try container.decode([Double].self)
    guard numbers.count == 2, numbers.allSatisfy({ abs($0) <= 100 }) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a point is [x, y] in metres, up to 100")
    }
    vector = SIMD2(numbers[0], numbers[1])
  }
}
