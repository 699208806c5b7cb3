/// The weight report of a USB point-of-sale scale (HID point-of-sale usage tables 1.02, section 4):
/// report id, status, unit, exponent of ten, and a 16-bit value, low byte first.
package enum HIDScaleReport {
  /// The output report that asks a scale to zero itself. Not every scale can.
  package static let zeroCommand: [UInt8] = [0x02, 0x02]

  /// How long a report is, bytes.
  package static let length = 6

  /// What a report says; nil for other reports and for codes the tables do not have.
  ///
  /// Below zero the value is a magnitude. A value that comes with a fault, an overload or a call for
  /// calibration is dropped.
  package static func indication(_ bytes: some RandomAccessCollection<UInt8>) -> ScaleIndication? {
    let bytes = Array(bytes.prefix(length))
    // Some scales number the report 4.
    guard bytes.count == length, bytes[0] == 0x03 || bytes[0] == 0x04,
      let status = status(bytes[1]), let unit = unit(bytes[2])
    else { return nil }
    let magnitude =
      Double(UInt16(bytes[4]) | UInt16(bytes[5]) << 8)
      .scaled(tenTo: Int(Int8(bitPattern: bytes[3])))
    let value = status.contains(.under) ? -magnitude : magnitude
    return ScaleIndication(value: status.isTrusted ? value : nil, unit: unit, status: status)
  }

  private static func status(_ code: UInt8) -> ScaleStatus? {
    switch code {
    case 1: .fault
    case 2: [.stable, .zero]
    case 3: .motion
    case 4: .stable
    case 5: .under
    case 6: .over
    case 7: .needsCalibration
    case 8: .needsZero
    default: nil
    }
  }

  private static func unit(_ code: UInt8) -> ScaleUnit? {
    let units: [ScaleUnit] = [
      .milligram, .gram, .kilogram, .carat, .tael, .grain, .pennyweight, .tonne, .shortTon,
      .troyOunce, .ounce, .pound,
    ]
    return (1...units.count).contains(Int(code)) ? units[Int(code) - 1] : nil
  }
}

extension Double {
  /// Times ten to a power. Negative powers divide, so that 1234 and -1 give 123.4 as it is written.
  fileprivate func scaled(tenTo exponent: Int) -> Double {
    let power = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? self / power : self * power
  }
}
