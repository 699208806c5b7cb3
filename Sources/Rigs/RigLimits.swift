import CameraCalibration
import Documents

/// The limits of a rig file: what a calibration of its carts must keep to pass.
struct RigLimit {
  let key: String
  /// In words, for messages.
  let what: String
  let path: WritableKeyPath<CalibrationLimits, Double>
  /// What 1 in the file stands for.
  let unit: Double
  let range: ClosedRange<Double>

  private init(
    _ key: String, _ what: String, _ path: WritableKeyPath<CalibrationLimits, Double>,
    unit: Double = 1, _ range: ClosedRange<Double>
  ) {
    self.key = key
    self.what = what
    self.path = path
    self.unit = unit
    self.range = range
  }

  static var all: [RigLimit] {
    let (pixels, millimetres, part) = (0.001...100.0, 0.001...100.0, 0.0...1.0)
    return [
      RigLimit("holdout_rms_px", "a limit in pixels", \.holdoutRMSPixels, pixels),
      RigLimit("projection_sigma_px", "a limit in pixels", \.projectionSigmaPixels, pixels),
      RigLimit("cross_validation_px", "a limit in pixels", \.crossValidationPixels, pixels),
      RigLimit("lens_error_px", "a limit in pixels", \.lensErrorPixels, pixels),
      RigLimit("disagreement_px", "a limit in pixels", \.disagreementPixels, pixels),
      RigLimit("outlier_share", "a part from 0 to 1", \.outlierShare, part),
      RigLimit("coverage", "a part from 0 to 1", \.coverage, part),
      RigLimit(
        "position_sigma_mm", "a limit in millimetres", \.positionSigma, unit: 1e-3, millimetres),
      RigLimit(
        "direction_sigma_deg", "a limit in degrees", \.directionSigma, unit: .pi / 180,
        0.0001...90),
      RigLimit("board_bend_mm", "a limit in millimetres", \.boardBend, unit: 1e-3, millimetres),
      RigLimit("board_stretch", "a part from 0 to 1", \.boardStretch, part),
      RigLimit(
        "basket_error_mm", "a limit in millimetres", \.basketError, unit: 1e-3, millimetres),
      RigLimit("basket_covered", "a part from 0 to 1", \.basketCovered, part),
      RigLimit("guard_band", "a part from 0 to 1", \.guardBand, part),
    ]
  }

  /// The limits of a file; what it does not name is as without a rig.
  static func read(_ node: YAMLNode?) throws(YAMLError) -> CalibrationLimits {
    var limits = CalibrationLimits()
    guard let node else { return limits }
    let fields = try YAMLFields(node, of: "the limits", known: all.map(\.key))
    for limit in all {
      guard let value = fields.optional(limit.key) else { continue }
      limits[keyPath: limit.path] = try value.number(limit.what, in: limit.range) * limit.unit
    }
    return limits
  }

  /// The limits that differ from those without a rig: key and number as in a file.
  static func changed(_ limits: CalibrationLimits) -> [(key: String, number: Double)] {
    let usual = CalibrationLimits()
    return all.compactMap { limit in
      let value = limits[keyPath: limit.path]
      return value == usual[keyPath: limit.path] ? nil : (limit.key, value / limit.unit)
    }
  }
}
