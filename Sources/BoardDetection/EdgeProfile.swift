/// The profile of a blurred edge: an odd polynomial close to erf, flat beyond `reach`.
///
/// Within 4e-4 of erf and 2e-3 of its derivative everywhere, continuous with its first derivative
/// (least squares on value and derivative with E(reach) = 1 and E'(reach) = 0). Polynomials because
/// they vectorise and because value and derivative agree exactly.
enum EdgeProfile {
  /// Beyond this argument the profile is -1 or 1.
  static let reach: Float = 2.6

  /// The profile and its derivative at `z`.
  @inline(__always)
  static func evaluate(_ z: SIMD8<Float>) -> (value: SIMD8<Float>, slope: SIMD8<Float>) {
    let limit = SIMD8<Float>(repeating: reach)
    let x = z.replacing(with: limit, where: z .> limit).replacing(with: -limit, where: z .< -limit)
    let q = x * x
    var value = SIMD8<Float>(repeating: c6)
    value = SIMD8(repeating: c5).addingProduct(value, q)
    value = SIMD8(repeating: c4).addingProduct(value, q)
    value = SIMD8(repeating: c3).addingProduct(value, q)
    value = SIMD8(repeating: c2).addingProduct(value, q)
    value = SIMD8(repeating: c1).addingProduct(value, q)
    value = SIMD8(repeating: c0).addingProduct(value, q)
    var slope = SIMD8<Float>(repeating: 13 * c6)
    slope = SIMD8(repeating: 11 * c5).addingProduct(slope, q)
    slope = SIMD8(repeating: 9 * c4).addingProduct(slope, q)
    slope = SIMD8(repeating: 7 * c3).addingProduct(slope, q)
    slope = SIMD8(repeating: 5 * c2).addingProduct(slope, q)
    slope = SIMD8(repeating: 3 * c1).addingProduct(slope, q)
    slope = SIMD8(repeating: c0).addingProduct(slope, q)
    return (value * x, slope)
  }

  private static let c0: Float = 1.127462160215816
  private static let c1: Float = -0.3710968295813061
  private static let c2: Float = 0.10464228651718192
  private static let c3: Float = -0.020705567093256133
  private static let c4: Float = 0.0026578002504355222
  private static let c5: Float = -0.00019557596125463044
  private static let c6: Float = 6.191260855599436e-06
}
