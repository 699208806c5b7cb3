import Glibc

/// Pixels on a map: as many digits as tell something, and a shade that is the same on every map.
enum PixelScale {
  /// The shades run over these powers of ten of a pixel: 0.003 px is white, 10 px the darkest.
  private static let powers = -2.5...1.0

  static func text(_ pixels: Double?) -> String {
    guard let pixels, pixels.isFinite else { return "-" }
    if pixels >= 999.5 { return ">999" }
    if pixels < 0.0005 { return pixels > 0 ? "<0.001" : "0" }
    let decimals = pixels >= 9.95 ? 0 : pixels >= 0.995 ? 1 : pixels >= 0.0995 ? 2 : 3
    return NumberLabel.fixed(pixels, decimals)
  }

  static func shade(_ pixels: Double?) -> Double {
    guard let pixels, pixels > 0 else { return 0 }
    return (log10(pixels) - powers.lowerBound) / (powers.upperBound - powers.lowerBound)
  }
}
