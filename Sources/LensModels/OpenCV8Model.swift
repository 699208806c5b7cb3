/// OpenCV's model with 8 coefficients: k1, k2, p1, p2, k3, k4, k5, k6. See `BrownConradyModel` for formula, domain and
/// source; six radial (rational) and two tangential coefficients.
@usableFromInline
package struct OpenCV8Model: BrownConradyModel {
  @usableFromInline package let base: BrownConradyParameters

  @usableFromInline package static let distortionNames = [
    "k1", "k2", "p1", "p2", "k3", "k4", "k5", "k6",
  ]
  @inlinable package static var parameterCount: Int { 12 }
  @inlinable package static var radialCount: Int { 6 }

  @inlinable package init(_ parameters: UnsafePointer<Double>) {
    base = BrownConradyParameters(parameters, radialCount: 6)
  }
}
