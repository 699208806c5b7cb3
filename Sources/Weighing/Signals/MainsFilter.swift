/// Averages a stream over one period of the mains, which takes out hum at its frequency and all
/// multiples (the nulls of a moving average).
///
/// The period need not be a whole number of samples: the two ends count by the part of them that
/// lies in it, which leaves at most (f/rate)² of the hum at the mains frequency f.
package struct MainsFilter: Sendable {
  private var window: [Double]
  private var next = 0
  private var isEmpty = true
  /// Weight of the oldest sample.
  private let partial: Double
  private let length: Double
  private var sum = 0.0

  /// How many outputs after a step still see samples from before it.
  package var delay: Int { window.count }

  /// A filter for samples at `rate` Hz and mains of `mains` Hz (50 or 60). Nil when there are not
  /// two samples in a period, where averaging cannot see the hum, or more than 100 000.
  package init?(rate: Double, mains: Double) {
    let length = rate / mains
    guard length >= 2, length <= 100_000 else { return nil }
    self.length = length
    // A period that is whole but for rounding has no part of a sample beside it.
    let whole = (length + 1e-9).rounded(.down)
    partial = max(0, length - whole)
    window = Array(repeating: 0, count: Int(whole))
  }

  /// The mean over the last period; before the first sample its value is taken to have stood.
  package mutating func filter(_ sample: Double) -> Double {
    if isEmpty {
      window = Array(repeating: sample, count: window.count)
      sum = sample * Double(window.count)
      isEmpty = false
    }
    // The window holds the whole samples; the one that leaves it now counts in part.
    let oldest = window[next]
    window[next] = sample
    next += 1
    if next == window.count {
      next = 0
      // Anew once a period, so that rounding never adds up.
      sum = window.reduce(0, +)
    } else {
      sum += sample - oldest
    }
    return (sum + partial * oldest) / length
  }
}
