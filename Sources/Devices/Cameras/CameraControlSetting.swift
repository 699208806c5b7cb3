import CV4L2

/// How controls are set through V4L2.
struct CameraControlSetting {
  /// The identity of the control, and how many of its steps one of our unit has.
  let identity: UInt32
  let stepsPerUnit: Double
  /// The control of its automatic, with the value that switches it off.
  let automatic: (identity: UInt32, off: Int32)?

  init(_ control: CameraControl) {
    switch control {
    case .exposure:
      identity = cartcal_CID_EXPOSURE_ABSOLUTE
      stepsPerUnit = 10_000  // 100 us each.
      automatic = (cartcal_CID_EXPOSURE_AUTO, Int32(V4L2_EXPOSURE_MANUAL.rawValue))
    case .gain:
      identity = cartcal_CID_GAIN
      stepsPerUnit = 1
      automatic = (cartcal_CID_AUTOGAIN, 0)
    case .focus:
      identity = cartcal_CID_FOCUS_ABSOLUTE
      stepsPerUnit = 1
      automatic = (cartcal_CID_FOCUS_AUTO, 0)
    case .whiteBalance:
      identity = cartcal_CID_WHITE_BALANCE_TEMPERATURE
      stepsPerUnit = 1
      automatic = (cartcal_CID_AUTO_WHITE_BALANCE, 0)
    case .powerLine:
      identity = cartcal_CID_POWER_LINE_FREQUENCY
      stepsPerUnit = 1
      automatic = nil
    case .brightness:
      identity = cartcal_CID_BRIGHTNESS
      stepsPerUnit = 1
      automatic = nil
    }
  }

  /// The control's own value for `value` in our unit. The frequency of the mains is a choice.
  func steps(_ value: Double) -> Int32 {
    if identity == cartcal_CID_POWER_LINE_FREQUENCY {
      switch value {
      case 50: return Int32(V4L2_CID_POWER_LINE_FREQUENCY_50HZ.rawValue)
      case 60: return Int32(V4L2_CID_POWER_LINE_FREQUENCY_60HZ.rawValue)
      default: return Int32(V4L2_CID_POWER_LINE_FREQUENCY_DISABLED.rawValue)
      }
    }
    return Int32(max(-2e9, min(2e9, (value * stepsPerUnit).rounded())))
  }

  /// The value in our unit.
  func value(_ steps: Int32) -> Double? {
    guard identity == cartcal_CID_POWER_LINE_FREQUENCY else {
      return Double(steps) / stepsPerUnit
    }
    return switch UInt32(bitPattern: steps) {
    case V4L2_CID_POWER_LINE_FREQUENCY_DISABLED.rawValue: 0
    case V4L2_CID_POWER_LINE_FREQUENCY_50HZ.rawValue: 50
    case V4L2_CID_POWER_LINE_FREQUENCY_60HZ.rawValue: 60
    default: nil
    }
  }
}
