/// What a calibration is held against limits for; the names of its `LimitCheck`s.
package enum CalibrationCheck: String, CaseIterable, Sendable {
  // By camera.
  case holdoutRMS = "holdout_rms"
  case projectionSigma = "projection_sigma"
  case crossValidation = "cross_validation"
  case outlierShare = "outlier_share"
  case coverage
  case lensError = "lens_error"
  case positionSigma = "position_sigma"
  case directionSigma = "direction_sigma"
  // Of the whole rig.
  case boardBend = "board_bend"
  case boardStretch = "board_stretch"
  case rigDisagreement = "rig_disagreement"
  case basketError = "basket_error"
  case basketCovered = "basket_covered"
}
