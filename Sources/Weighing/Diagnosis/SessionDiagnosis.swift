import Documents
import Measurements

/// Looks for what is wrong with a scale, or with the way it was loaded, in a session.
///
/// Wires and converters come first, then the empty scale, then the places of the loads, and last
/// what only the equations of the fit can tell: each of these would make everything after it look
/// wrong too, so the first kind found ends the search.
struct SessionDiagnosis {
  let means: [StepMean]
  let procedure: RecordedProcedure
  let priors: ScaleFitPriors

  var empty: [StepMean] { means.filter { $0.step.kind == .empty } }
  var loads: [StepMean] { means.filter(\.step.isLoaded) }
  var cellCount: Int { procedure.cells.count }

  /// What is wrong, the heaviest first; empty when nothing is.
  func findings(_ samples: RecordedSamples) throws(RecordingError) -> [Finding] {
    guard let zero = empty.first, !loads.isEmpty else { return [] }
    let electric = saturated(samples) + dead(zero)
    if !electric.isEmpty { return electric }
    let standing = drifting() + sloping(samples)
    let loading = Loading(self, zero: zero)
    let places = swapped(loading) ?? misplaced(loading)
    if !places.isEmpty { return places + standing }
    return standing
  }

  /// Cells that said the same whatever lay on the scale.
  private func dead(_ zero: StepMean) -> [Finding] {
    // Of counts, not of forces: the gains of a scale with a dead cell mean nothing.
    let moves = (0..<cellCount).map { cell in
      loads.map { abs($0.counts[cell] - zero.counts[cell]) }.max() ?? 0
    }
    let greatest = moves.max() ?? 0
    return moves.enumerated().compactMap { cell, move in
      guard move < 0.05 * greatest else { return nil }
      return Finding(
        code: "cell_not_loaded", severity: .unusable, subject: "cell \(procedure.name(cell))",
        text:
          "Cell \(procedure.name(cell)) barely moved: at most \(Int(move)) counts, where another moved "
          + "by \(Int(greatest)).",
        remedy: "Place the mass on its corner; if it still does not move, check its wiring.")
    }
  }

  /// Cells whose converter was at its end, or stood still at its highest or lowest value.
  private func saturated(_ samples: RecordedSamples) -> [Finding] {
    let full = Double(sign: .plus, exponent: procedure.bits - 1, significand: 1)
    return (0..<cellCount).compactMap { cell in
      let column = SampleColumn(samples, cell: cell)
      guard column.highest >= full - 2 || column.lowest <= -full + 1 || column.isCutOff
      else { return nil }
      let end = column.isCutOff || column.highest >= full - 2 ? column.highest : column.lowest
      return Finding(
        code: "cell_saturated", severity: .unusable, subject: "cell \(procedure.name(cell))",
        text:
          "Cell \(procedure.name(cell)) reached the end of its converter's range, \(Int(end)) counts.",
        remedy: "Lower the converter's gain, or check the cell for damage and overload.")
    }
  }

  /// A zero that goes one way with time.
  private func drifting() -> [Finding] {
    guard let drift = ZeroDrift(self, perKelvin: priors.zeroPerKelvin) else { return [] }
    return [
      Finding(
        code: "zero_drifting", severity: .unusable, subject: "cell \(procedure.name(drift.cell))",
        text: "The empty scale moves by \(Words.grams(drift.perMinute)) a minute, most of it in "
          + "cell \(procedure.name(drift.cell)), whatever the temperature.",
        remedy: "Look for dirt or a cable touching the plate and for moisture in that cell; let "
          + "the scale warm up for half an hour and record the session again.")
    ]
  }

  /// The steepest floor that a scale stands level on, radians: beyond it loads read light by more
  /// than 0.015 %, a class III scale's whole limit at 3000 e being 0.05 %.
  private static let level = 0.0175

  private func sloping(_ samples: RecordedSamples) -> [Finding] {
    guard let tilt = samples.conditions(procedure).tilt else { return [] }
    let angle = (tilt.x * tilt.x + tilt.y * tilt.y).squareRoot()
    guard angle > Self.level else { return [] }
    let degrees = angle * 180 / .pi
    return [
      Finding(
        code: "floor_slope", severity: .warning,
        text: "The scale leans by \(NumberText.fixed(degrees, 1)) degrees. Loads press by the "
          + "cosine of that, \(NumberText.fixed((angle * angle / 2) * 100, 2)) % less; this was taken into "
          + "account, but places and corners are less sure.",
        remedy: "Move the cart to level ground and calibrate it there.")
    ]
  }
}
