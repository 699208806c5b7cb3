/// What is put on a scale in which order: a sequence for the scale's capacity from the masses that
/// are there.
package struct WeighingPlan: Equatable, Sendable {
  /// How much of a scale is looked at.
  package enum Length: String, CaseIterable, Codable, Sendable {
    /// Warm-up, up and down, corners, ten repeats, discrimination, half an hour of creep and zero
    /// return.
    case full
    /// Zero, four corners at Max/3, Max, three repeats: about 90 s; the rest by tests of the type.
    case line
    /// No change: a calibration in force is held against a few loads.
    case verify
  }

  /// Masses put on together, or none: an empty scale.
  package struct Placement: Equatable, Sendable {
    package let kind: RecordedProcedure.Step.Kind
    package let masses: [ReferenceMass]
    /// Those of them that are put on beside what lies there from the placement before, which is not
    /// lifted; none where everything is put on.
    package let added: [ReferenceMass]
    /// Metres in the platform's axes.
    package let position: SIMD2<Double>
    /// How long it stays once it is on, seconds.
    package let duration: Double
    package let group: String?

    /// Nominal kilograms.
    package var nominal: Double { masses.reduce(0) { $0 + $1.nominal.kilograms } }

    init(
      kind: RecordedProcedure.Step.Kind, masses: [ReferenceMass] = [],
      added: [ReferenceMass] = [], position: SIMD2<Double> = .zero, duration: Double,
      group: String? = nil
    ) {
      self.kind = kind
      self.masses = masses
      self.added = added
      self.position = position
      self.duration = duration
      self.group = group
    }
  }

  package let length: Length
  package let placements: [Placement]

  /// What this sequence does not determine, for people.
  package let omissions: [String]

  private static func omissions(
    _ length: Length, _ legal: LegalScale, discriminates: Bool
  ) -> [String] {
    switch length {
    case .full:
      (discriminates ? [] : [withoutDiscrimination(legal)])
        + ["temperature, beyond what it changed by"]
    case .line:
      [
        "hysteresis, discrimination, creep and zero return: taken from tests of the type where the "
          + "rig names them",
        "linearity between Max/3 and Max, and below Max/3",
        "how zero and span follow temperature: taken from the rig or from what cells usually have",
      ]
    case .verify:
      [
        "anything of the calibration: it stays as it is",
        "hysteresis, discrimination, creep and zero return", "repeatability",
      ]
    }
  }

  private static func withoutDiscrimination(_ legal: LegalScale) -> String {
    guard let added = legal.discriminationLoad(load: legal.capacity) else {
      return "discrimination: it is not tested where d is below 5 mg"
    }
    return "discrimination: the registry has no masses that make up 1.4 d = \(added)"
  }

  /// The loads that a scale asks for, from masses that are in date on this day.
  ///
  /// Throws when the masses do not make up Max/3 and at least half of Max within a tenth.
  package init(
    _ length: Length, for spec: ScaleSpec, masses: [ReferenceMass]
  ) throws(WeighingPlanError) {
    guard let legal = spec.legal else { throw .noCapacity }
    let chooser = MassChooser(masses, capacity: legal.capacity)
    let corner = legal.eccentricityLoad(supports: spec.cells.count)
    guard let third = chooser.masses(near: corner) else { throw .noMasses(for: corner) }
    let half = ExactMass(micrograms: legal.capacity.micrograms / 2)
    guard let middle = chooser.masses(near: half) else { throw .noMasses(for: half) }
    guard let most = chooser.masses(near: legal.capacity) ?? chooser.greatest(above: half)
    else { throw .noMasses(for: legal.capacity) }
    self.length = length
    var discriminates = false
    var list = List(cells: spec.cells.map(\.position))
    switch length {
    case .full:
      list.empty(600)
      let up = chooser.ladder(legal, most: most)
      for load in up { list.load(.linearityUp, load, 12, group: "up") }
      for load in up.dropLast().reversed() { list.load(.linearityDown, load, 12, group: "down") }
      list.empty(20)
      list.corners(third, 12)
      list.empty(12)
      list.repeats(10, middle)
      // At Min, half of Max and Max (R 76-1:2006, A.4.8).
      for load in [chooser.masses(near: legal.minimum), middle, most].compactMap({ $0 }) {
        let nominal = load.reduce(ExactMass.zero) { $0 + $1.nominal }
        guard let small = legal.discriminationLoad(load: nominal),
          let added = chooser.masses(of: small, beside: load)
        else { continue }
        list.discrimination(load, adding: added, 12)
        discriminates = true
      }
      if discriminates { list.empty(12) }
      list.load(.creep, most, 1840)
      list.empty(120)
    case .line:
      list.empty(12)
      list.corners(third, 10)
      list.load(.linearityUp, most, 10)
      list.empty(10)
      list.repeats(3, middle)
    case .verify:
      list.empty(12)
      list.corners(third, 10)
      list.load(.linearityUp, middle, 10)
      list.load(.linearityUp, most, 10)
      list.empty(10)
    }
    placements = list.placements
    omissions = Self.omissions(length, legal, discriminates: discriminates)
  }

  private struct List {
    let cells: [SIMD2<Double>]
    var placements: [Placement] = []

    mutating func empty(_ duration: Double) {
      add(.empty, [], .zero, duration, nil)
    }

    mutating func load(
      _ kind: RecordedProcedure.Step.Kind, _ masses: [ReferenceMass], _ duration: Double,
      group: String? = nil
    ) {
      add(kind, masses, .zero, duration, group)
    }

    /// Near the middle of each cell's part of the platform (R 76-1:2006, A.4.7).
    mutating func corners(_ masses: [ReferenceMass], _ duration: Double) {
      for (number, cell) in cells.enumerated() {
        add(.eccentricity, masses, 0.74 * cell, duration, "corner\(number)")
      }
    }

    mutating func repeats(_ count: Int, _ masses: [ReferenceMass]) {
      for _ in 0..<count {
        add(.repeatability, masses, .zero, 8, nil)
        add(.empty, [], .zero, 8, nil)
      }
    }

    /// A load, and then what discrimination asks for beside it.
    mutating func discrimination(
      _ load: [ReferenceMass], adding small: [ReferenceMass], _ duration: Double
    ) {
      let group = "discrimination\(placements.count { $0.kind == .discrimination } / 2)"
      add(.discrimination, load, .zero, duration, group)
      placements.append(
        Placement(
          kind: .discrimination, masses: load + small, added: small, duration: duration,
          group: group))
    }

    private mutating func add(
      _ kind: RecordedProcedure.Step.Kind, _ masses: [ReferenceMass], _ place: SIMD2<Double>,
      _ duration: Double, _ group: String?
    ) {
      placements.append(
        Placement(
          kind: kind, masses: masses, position: place, duration: duration, group: group))
    }
  }
}

/// Why no sequence can be made.
package enum WeighingPlanError: Error, Equatable, CustomStringConvertible {
  /// The rig does not say what the scale may weigh.
  case noCapacity
  /// No masses make up a load that is needed.
  case noMasses(for: ExactMass)

  package var description: String {
    switch self {
    case .noCapacity:
      "The rig names no class and Max, so that no loads can be chosen. Add class and ranges to its "
        + "scale."
    case .noMasses(let load):
      "The registry has no masses in date that make up about \(load). Add some, or have overdue "
        + "ones calibrated."
    }
  }
}
