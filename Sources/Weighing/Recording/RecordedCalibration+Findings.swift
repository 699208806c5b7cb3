import Measurements
import ScaleModels

extension RecordedCalibration {
  /// What a session does not determine or shows to be wrong, in words.
  static func findings(
    _ means: [StepMean], _ procedure: RecordedProcedure, _ fit: ScaleFit
  ) -> [Finding] {
    var findings: [Finding] = []
    let zero = means.first { $0.step.kind == .empty }?.counts ?? []
    let loads = means.filter(\.step.isLoaded)
    // Of counts, not of forces: the gains of a scale with a dead cell mean nothing.
    let moves = zero.indices.map { cell in
      loads.map { abs($0.counts[cell] - zero[cell]) }.max() ?? 0
    }
    let greatest = moves.max() ?? 0
    for (cell, move) in moves.enumerated() where move < 0.05 * greatest {
      findings.append(
        Finding(
          code: "cell_not_loaded", severity: .unusable, subject: "cell \(cell)",
          text: "Cell \(cell) barely moved: at most \(Int(move)) counts, where another moved "
            + "by \(Int(greatest)).",
          remedy: "Place the mass on its corner; if it still does not move, check its wiring."))
    }
    let full = Double(sign: .plus, exponent: procedure.bits - 1, significand: 1)
    for cell in zero.indices {
      let isFull = means.contains { abs($0.counts[cell]) >= full - 2 }
      guard isFull else { continue }
      findings.append(
        Finding(
          code: "cell_saturated", severity: .unusable, subject: "cell \(cell)",
          text: "Cell \(cell) reached the end of its converter's range.",
          remedy: "Lower the converter's gain, or check the cell for damage and overload."))
    }
    if fit.determination.rank < fit.cells.count {
      findings.append(
        Finding(
          code: "gains_not_separated", severity: .warning,
          text: "Only \(fit.determination.rank) of \(fit.cells.count) combinations of the cells' "
            + "gains are known from the masses; the rest hangs on what such cells usually have.",
          remedy: "Place a mass on every corner, far from the middle."))
    }
    if fit.determination.spanShare.allSatisfy({ $0 > 0.7 }) {
      findings.append(
        Finding(
          code: "span_temperature_not_determined", severity: .note,
          text: "The temperature changed too little to tell how the span follows it; the usual "
            + "value is taken, and uncertainty grows away from "
            + "\(Int(fit.referenceTemperature.rounded())) degC.",
          remedy: "For use far from there, record a session over a range of temperatures."))
    }
    return findings
  }
}
