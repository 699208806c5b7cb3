package import Weighing

/// What is put on a scale when.
package struct WeighingScript: Sendable {
  package struct Step: Sendable {
    package var kind: RecordedProcedure.Step.Kind
    /// Seconds.
    package var duration: Double
    /// Nominal kilograms of a known load; nil for an empty scale, and for an unknown one.
    package var nominal: Double?
    /// Metres.
    package var place = SIMD2<Double>.zero
    package var group: String?
  }

  package var steps: [Step] = []

  /// Corners of the test, metres: near the middle of the quadrants.
  package static let corners = [
    SIMD2(-0.2, -0.14), SIMD2(0.2, -0.14), SIMD2(0.2, 0.14), SIMD2(-0.2, 0.14),
  ]

  /// Warm zero, all masses up and down, 5 and 10 kg on the corners, ten repeats, four minutes of
  /// creep and zero return; twenty minutes with 24 unknown loads.
  package static var full: WeighingScript {
    var script = WeighingScript()
    script.empty(60)
    for mass in SimulatedMasses.nominal { script.load(.linearityUp, 12, mass, group: "up") }
    for mass in SimulatedMasses.nominal.dropLast().reversed() {
      script.load(.linearityDown, 12, mass, group: "down")
    }
    script.empty(20)
    for mass in [5.0, 10] {
      script.corners(mass, 12)
      script.empty(10)
    }
    for _ in 0..<10 {
      script.load(.repeatability, 8, 5)
      script.empty(6)
    }
    script.load(.creep, 240, 10)
    script.empty(120)
    script.unknown(24)
    return script
  }

  /// The short one of a line: zero, four corners at 5 kg, 20 kg, three repeats, and a few unknown
  /// loads; some two minutes before those.
  package static var line: WeighingScript {
    var script = WeighingScript()
    script.empty(12)
    script.corners(5, 10)
    script.load(.linearityUp, 10, 20)
    script.empty(8)
    for _ in 0..<3 {
      script.load(.repeatability, 8, 10)
      script.empty(6)
    }
    script.unknown(4)
    return script
  }

  /// Known loads only, to hold a calibration against: zero, corners, half of Max and Max.
  package static var verify: WeighingScript {
    var script = WeighingScript()
    script.empty(12)
    script.corners(5, 10)
    script.load(.linearityUp, 10, 10)
    script.load(.linearityUp, 10, 20)
    script.empty(10)
    return script
  }

  /// Zero, four unknown loads, and a known one somewhere, metres: a scale in use.
  package static func load(_ nominal: Double, at place: SIMD2<Double>) -> WeighingScript {
    var script = WeighingScript()
    script.empty(30)
    for _ in 0..<4 { script.steps.append(Step(kind: .verify, duration: 12)) }
    script.load(.linearityUp, 12, nominal, at: place)
    return script
  }

  private mutating func empty(_ duration: Double) {
    steps.append(Step(kind: .empty, duration: duration))
  }

  private mutating func load(
    _ kind: RecordedProcedure.Step.Kind, _ duration: Double, _ mass: Double,
    at place: SIMD2<Double> = .zero, group: String? = nil
  ) {
    steps.append(
      Step(kind: kind, duration: duration, nominal: mass, place: place, group: group))
  }

  private mutating func corners(_ mass: Double, _ duration: Double) {
    for (number, corner) in Self.corners.enumerated() {
      load(.eccentricity, duration, mass, at: corner, group: "corner\(number)")
    }
  }

  /// Unknown loads, zero after every four.
  private mutating func unknown(_ count: Int) {
    for number in 0..<count {
      steps.append(Step(kind: .verify, duration: 12))
      if number % 4 == 3 { empty(10) }
    }
  }
}
