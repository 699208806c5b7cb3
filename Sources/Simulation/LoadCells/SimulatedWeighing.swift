import Glibc
package import Weighing

/// A weighing session of a simulated cart, with its truth.
package struct SimulatedWeighing: Sendable {
  /// What truly lay on the scale in a step.
  package struct Load: Equatable, Sendable {
    package let step: Int
    /// Kilograms, and metres in the platform's axes.
    package let mass: Double
    package let place: SIMD2<Double>
  }

  package let scale: SimulatedScale
  package let masses: SimulatedMasses
  package let procedure: RecordedProcedure
  package let samples: RecordedSamples
  /// One a step.
  package let loads: [Load]

  /// Bits of the converter.
  static let bits = 24

  /// Session number `seed` of a script, always the same.
  package init(
    seed: UInt64, _ script: WeighingScript = .full,
    _ conditions: WeighingConditions = WeighingConditions()
  ) {
    var numbers = SeededNumbers(seed)
    var scale = SimulatedScale(&numbers, rigid: conditions.rigid)
    self.init(&numbers, &scale, script, conditions)
  }

  /// Another session of the same cart: a calibration and a later check of it.
  package init(
    seed: UInt64, of scale: SimulatedScale, _ script: WeighingScript,
    _ conditions: WeighingConditions
  ) {
    var numbers = SeededNumbers(seed)
    var scale = scale
    self.init(&numbers, &scale, script, conditions)
  }

  private init(
    _ numbers: inout SeededNumbers, _ scale: inout SimulatedScale, _ script: WeighingScript,
    _ conditions: WeighingConditions
  ) {
    scale.faults = conditions.faults
    let masses = SimulatedMasses(&numbers, faults: conditions.faults)
    var steps: [RecordedProcedure.Step] = []
    var loads: [Load] = []
    var start = 0.0
    for (number, step) in script.steps.enumerated() {
      steps.append(
        RecordedProcedure.Step(
          number: number, kind: step.kind, start: start, end: start + step.duration,
          group: step.group, nominal: step.nominal.map { [$0] } ?? [], massClass: .m1,
          limits: step.nominal.map { [SimulatedMasses.limit(of: $0)] } ?? [],
          position: step.place))
      loads.append(Self.load(number, step, masses, conditions, &numbers))
      start += step.duration
    }
    self.scale = scale
    self.masses = masses
    self.loads = loads
    procedure = RecordedProcedure(
      rate: conditions.rate, platform: SIMD2(0.6, 0.45), cells: SimulatedScale.drawing,
      bits: Self.bits, steps: steps)
    var recorder = SampleRecorder(scale, conditions, &numbers)
    for (step, load) in zip(steps, loads) { recorder.record(step, load) }
    samples = RecordedSamples(
      cells: 4, times: recorder.times, temperatures: recorder.temperatures,
      tilts: recorder.tilts, counts: recorder.counts, steps: recorder.steps)
  }

  private static func load(
    _ number: Int, _ step: WeighingScript.Step, _ masses: SimulatedMasses,
    _ conditions: WeighingConditions, _ numbers: inout SeededNumbers
  ) -> Load {
    if step.kind == .verify {
      return Load(
        step: number, mass: numbers.logUniform(0.1, 20),
        place: SIMD2(numbers.uniform(-0.24, 0.24), numbers.uniform(-0.165, 0.165)))
    }
    guard let nominal = step.nominal else { return Load(step: number, mass: 0, place: .zero) }
    let reach = conditions.placing
    var place =
      step.place + SIMD2(numbers.uniform(-reach, reach), numbers.uniform(-reach, reach))
    for case .wrongPlace(number, let other) in conditions.faults { place = other }
    return Load(step: number, mass: masses.mass(of: nominal), place: place)
  }
}
