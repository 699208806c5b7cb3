/// OpenCV's model with 4 coefficients: k1, k2, p1, p2. See `BrownConradyModel` for formula, domain and
/// source; two radial and two tangential coefficients.
@usableFromInline
package struct OpenCV4Model: BrownConradyModel {
  @usableFromInline package let base: BrownConradyParameters

  @usableFromInline package static let distortionNames = ["k1", "k2", "p1", "p2"]
  @inlinable package static var parameterCount: Int { 8 }
  @inlinable package static var radialCount: Int { 2 }

  @inlinable package init(_ parameters: UnsafePointer<Double>) {
    base = BrownConradyParameters(parameters, radialCount: 2)
  }
}
