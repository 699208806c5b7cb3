/// Colour to grey, and 16 bits to 8.
enum Luma {
  /// Rec. 601 luma of stored values with 16 fractional bits, rounded (ITU-R BT.601-7, 2.5.1; the
  /// weights of JFIF). Weights sum to 65536, so white stays white.
  @inline(__always)
  static func grey(_ red: UInt32, _ green: UInt32, _ blue: UInt32) -> UInt32 {
    // 65535 * 65536 + 32768 still fits 32 bits.
    (19595 &* red &+ 38470 &* green &+ 7471 &* blue &+ 32768) >> 16
  }

  /// `value` under `alpha` composited onto black, both 0...255.
  @inline(__always)
  static func onBlack(_ value: UInt32, alpha: UInt32) -> UInt32 { (value &* alpha &+ 127) / 255 }

  /// Drops as many low bits as the largest value has beyond 8.
  static func eightBits(_ values: [UInt16]) -> [UInt8] {
    var all: UInt16 = 0
    for value in values { all |= value }
    let shift = UInt16(max(0, 8 - all.leadingZeroBitCount))
    return values.map { UInt8(truncatingIfNeeded: $0 >> shift) }
  }
}
