import Glibc
import Measurements
import ScaleModels
import Simulation
import Weighing

/// One kind of fault, planted in sessions by chance; or none. A slope is planted in calibrations on a
/// cart with an accelerometer, and in checks of a cart that was calibrated on level ground; a healthy
/// cart is calibrated and then checked.
struct WeighingFaultSeries: CampaignSeries {
  /// What a draw plants, and the finding that is to name it.
  enum Plant: String, CaseIterable {
    case healthy
    case deadCell = "dead-cell"
    case swappedCells = "swapped-cells"
    case bind, saturation
    case wrongMass = "wrong-mass"
    case wrongCorner = "wrong-corner"
    case zeroDrift = "zero-drift"
    case twist, slope
    case checkedOnSlope = "checked-on-slope"

    var code: String? {
      switch self {
      case .healthy: nil
      case .deadCell: "cell_not_loaded"
      case .swappedCells: "cells_swapped"
      case .bind: "corner_bind"
      case .saturation: "cell_saturated"
      case .wrongMass: "mass_wrong"
      case .wrongCorner: "mass_misplaced"
      case .zeroDrift: "zero_drifting"
      case .twist: "frame_twisted"
      case .slope, .checkedOnSlope: "floor_slope"
      }
    }
  }

  let plant: Plant
  var name: String { plant.rawValue }
  var draws: Int { plant == .healthy ? 628 : 200 }

  static let all = Plant.allCases.map { WeighingFaultSeries(plant: $0) }

  struct Outcome: Encodable, Sendable {
    var fault: String
    var subject: String?
    /// Codes and subjects of all findings but notes, the heaviest first.
    var findings: [String]
    var isRight: Bool

    private enum CodingKeys: String, CodingKey {
      case fault, subject, findings
      case isRight = "is_right"
    }
  }

  func outcome(seed: UInt64) throws -> Outcome {
    let draw = try draw(seed)
    let subject = draw.subject
    let found = draw.findings.filter { $0.severity != .note }
    let isRight =
      plant.code.map { code in
        found.first?.code == code && (subject == nil || found.first?.subject == subject)
      } ?? found.isEmpty
    return Outcome(
      fault: name, subject: subject,
      findings: found.map { [$0.code, $0.subject].compactMap { $0 }.joined(separator: " ") },
      isRight: isRight)
  }

  /// What is found of a session, and of a check after it.
  private func draw(
    _ seed: UInt64
  ) throws -> (findings: [Finding], faults: [ScaleFault], subject: String?) {
    let (session, subject) = session(seed)
    let calibration = try RecordedCalibration(session.samples, session.procedure)
    switch plant {
    case .healthy:
      let check = try check(seed, session.scale, calibration.model, faults: [])
      return (calibration.findings + check, [], nil)
    case .checkedOnSlope:
      var numbers = SeededNumbers(seed ^ 0x510E)
      let faults = [slope(&numbers)]
      return (try check(seed, session.scale, calibration.model, faults: faults), faults, nil)
    default: return (calibration.findings, session.scale.faults, subject)
    }
  }

  /// A check of a calibrated cart, elsewhere: with other masses, at another temperature, and half of
  /// the time with an accelerometer.
  private func check(
    _ seed: UInt64, _ scale: SimulatedScale, _ model: ScaleModel, faults: [ScaleFault]
  ) throws -> [Finding] {
    var numbers = SeededNumbers(seed ^ 0xC4EC)
    var conditions = WeighingConditions()
    conditions.temperature = numbers.uniform(15, 30)
    conditions.warming = numbers.uniform(0, 1)
    conditions.hasAccelerometer = numbers.chance(0.5)
    conditions.faults = faults
    let session = SimulatedWeighing(seed: seed ^ 0x10_0000, of: scale, .verify, conditions)
    let spec = ScaleSpec(
      cells: SimulatedScale.drawing.enumerated().map { .init(name: "\($0)", position: $1) })
    return try ScaleVerification(
      session.samples, session.procedure, model: model, spec: spec, masses: nil
    ).findings
  }

  /// Three degrees, whichever way.
  private func slope(_ numbers: inout SeededNumbers) -> ScaleFault {
    let way = numbers.uniform(0, 2 * Double.pi)
    return .slope(3 * Double.pi / 180 * SIMD2(cos(way), sin(way)))
  }

  /// Half of the sessions are long and half short, half of the plates bend (a twist shows on stiff
  /// ones only), a quarter warm by 14 degC.
  private func session(_ seed: UInt64) -> (SimulatedWeighing, subject: String?) {
    var numbers = SeededNumbers(seed ^ 0xFA17)
    let script: WeighingScript = numbers.chance(0.5) ? .full : .line
    var conditions = WeighingConditions()
    conditions.rigid = numbers.chance(0.5) || plant == .twist
    conditions.warming = numbers.chance(0.25) ? 14 : 2.3
    conditions.hasAccelerometer = plant == .slope || numbers.chance(0.5)
    let (fault, subject) = fault(script, &numbers)
    conditions.faults = fault.map { [$0] } ?? []
    return (SimulatedWeighing(seed: seed, script, conditions), subject)
  }

  private func fault(
    _ script: WeighingScript, _ numbers: inout SeededNumbers
  ) -> (ScaleFault?, subject: String?) {
    let cell = numbers.index(4)
    let sign = numbers.chance(0.5) ? 1.0 : -1
    switch plant {
    case .healthy, .checkedOnSlope: return (nil, nil)
    case .deadCell: return (.deadCell(cell), "cell \(cell)")
    case .swappedCells:
      let other = (cell + 1 + numbers.index(3)) % 4
      return (
        .swappedCells(cell, other), "cells \(min(cell, other)) and \(max(cell, other))"
      )
    case .bind: return (.bind(cell, part: 0.02), "cell \(cell)")
    case .saturation: return (.saturation(cell, counts: 250_000), "cell \(cell)")
    case .wrongMass:
      let masses = script.steps.compactMap(\.nominal).filter { $0 >= 0.5 }
      let nominal = masses[numbers.index(masses.count)]
      return (.wrongMass(nominal: nominal, part: 0.05 * sign), "\(nominal) kg, number 1")
    case .wrongCorner:
      let corners = script.steps.indices.filter { script.steps[$0].kind == .eccentricity }
      let step = corners[numbers.index(corners.count)]
      let others = WeighingScript.corners.filter { $0 != script.steps[step].place }
      return (.wrongPlace(step: step, others[numbers.index(3)]), "step \(step)")
    case .zeroDrift: return (.zeroDrift(0.002 * sign), "cell 0")
    case .twist: return (.twist(0.001 * sign), nil)
    case .slope: return (slope(&numbers), nil)
    }
  }

  func details(seed: UInt64) throws -> [String] {
    let draw = try draw(seed)
    return ["planted: \(draw.faults), \(draw.subject ?? "no subject")"]
      + draw.findings.map { "\($0.code): \($0.text) \($0.remedy)" }
  }

  func judge(_ outcomes: [Outcome]) -> SeriesVerdict {
    let right = outcomes.count(where: \.isRight)
    let needed =
      plant == .healthy
      ? outcomes.count - outcomes.count * 2 / 628
      : Int((Double(outcomes.count) * 0.98).rounded(.up))
    return SeriesVerdict(rows: [
      .init(
        what: plant == .healthy ? "left alone" : "named rightly",
        measured: "\(right) of \(outcomes.count)", claimed: "at least \(needed)",
        holds: right >= needed)
    ])
  }
}
