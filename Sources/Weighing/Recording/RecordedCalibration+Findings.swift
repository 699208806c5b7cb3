import Documents
package import Measurements
import ScaleModels

extension Finding {
  /// A session that can be read but gives no calibration.
  package static func sessionTooWeak(_ error: RecordingError) -> Finding {
    let words = "\(error)".split(separator: ". ", maxSplits: 1)
    return Finding(
      code: "no_calibration", severity: .unusable, text: "\(words.first ?? "").",
      remedy: words.count > 1 ? String(words[1]) : "Record the session again.")
  }
}

extension RecordedCalibration {
  /// What a session does not determine, in words. `isOfRig`: temperature coefficients come from the
  /// rig, not from what such cells usually have.
  static func omissions(
    _ fit: ScaleFit, _ conditions: Conditions, isOfRig: Bool
  ) -> [Finding] {
    var findings = [conditions.withoutTemperature].compactMap { $0 }
    let change = conditions.highestTemperature - conditions.lowestTemperature
    if fit.determination.rank < fit.cells.count {
      findings.append(
        Finding(
          code: "gains_not_separated", severity: .warning,
          text: "Only \(fit.determination.rank) of \(fit.cells.count) combinations of the cells' "
            + "gains are known from the masses; the rest hangs on what such cells usually have.",
          remedy: "Place a mass on every corner, far from the middle."))
    }
    // Told is what the data know at least twice as well, as with gains.
    if conditions.isTemperatureMeasured, fit.determination.spanShare.contains(where: { $0 > 0.5 }) {
      findings.append(
        Finding(
          code: "span_temperature_not_determined", severity: .note,
          text: "The temperature changed by only \(NumberText.fixed(change, 1)) K, too little to "
            + "tell how the span follows it; \(isOfRig ? "the rig's" : "the usual") coefficient is "
            + "taken, and uncertainty grows away from "
            + "\(Int(fit.referenceTemperature.rounded())) degC.",
          remedy: "For use far from there, record a session over a range of temperatures."))
    }
    return findings
  }
}

extension RecordedCalibration.Conditions {
  /// That temperature was not measured and what stands for it; nil where it was.
  var withoutTemperature: Finding? {
    guard !isTemperatureMeasured else { return nil }
    let assumed = Int(RecordedSamples.assumedTemperature)
    return Finding(
      code: "temperature_not_measured", severity: .note,
      text: "No temperature was recorded; \(assumed) degC is assumed. How zero and span follow it "
        + "cannot be told from this session.",
      remedy: "Weigh at about \(assumed) degC, or give the scale a temperature sensor.")
  }
}
