/// Takes single false samples out of a stream: each output is the median of three samples.
///
/// A converter read at the wrong moment gives one wild sample; the median of three never shows it,
/// and follows a step after one sample. Delay: one sample.
package struct GlitchFilter: Sendable {
  private var before: Double?
  private var last: Double?

  package init() {}

  /// The median of `sample` and the two before it; the sample itself while there are not two.
  package mutating func next(_ sample: Double) -> Double {
    defer { (before, last) = (last, sample) }
    guard let before, let last else { return sample }
    return max(min(before, last), min(max(before, last), sample))
  }
}
