/// OpenCV's model with 5 coefficients: k1, k2, p1, p2, k3. See `BrownConradyModel` for formula, domain and
/// source; three radial and two tangential coefficients.
@usableFromInline
package struct OpenCV5Model: BrownConradyModel {
  @usableFromInline package let base: BrownConradyParameters

  @usableFromInline package static let distortionNames = ["k1", "k2", "p1", "p2", "k3"]
  @inlinable package static var parameterCount: Int { 9 }
  @inlinable package static var radialCount: Int { 3 }

  @inlinable package init(_ parameters: UnsafePointer<Double>) {
    base = BrownConradyParameters(parameters, radialCount: 3)
  }
}
