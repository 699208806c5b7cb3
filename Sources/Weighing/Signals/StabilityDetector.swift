/// Tells when a load has come to rest: the indication of equilibrium (OIML R 76-1:2006, 4.4.2).
///
/// Stable when over a window the spread stays within half an interval and the slope would move the
/// reading by less than a quarter of one, for two windows one after the other. A spread without a
/// slope is vibration: it is waited out, and said.
package struct StabilityDetector: Sendable {
  package enum State: String, Equatable, Sendable {
    /// Fewer samples than a window so far.
    case filling
    /// The reading still goes one way.
    case moving
    /// The reading goes to and fro about one value.
    case vibrating
    case stable
  }

  /// Largest spread and largest slope times window, kilograms.
  package let spread: Double
  package let drift: Double
  private var window: [Double]
  private var next = 0
  private var filled = 0
  private var quiet = 0
  /// Samples since the load last began to move, until it was found stable.
  private var since = 0
  private let rate: Double
  /// Seconds from the last disturbance to the first stable window; nil until then.
  package private(set) var settlingTime: Double?

  /// For readings in kilograms at `rate` Hz on a scale with interval e (kilograms); window in
  /// seconds. Nil when a window does not hold 4 to 1 000 000 samples, or e is not positive.
  package init?(rate: Double, interval e: Double, window seconds: Double = 1) {
    let size = (rate * seconds).rounded()
    guard size >= 4, size <= 1_000_000, e > 0, e.isFinite else { return nil }
    self.rate = rate
    spread = 0.5 * e
    drift = 0.25 * e
    window = Array(repeating: 0, count: Int(size))
  }

  /// Takes the next reading, kilograms, and says how the load is. A reading that is not finite
  /// begins all anew.
  package mutating func next(_ reading: Double) -> State {
    guard reading.isFinite else {
      (filled, quiet, since, settlingTime) = (0, 0, 0, nil)
      return .filling
    }
    window[next] = reading
    next = next + 1 == window.count ? 0 : next + 1
    filled = min(filled + 1, window.count)
    since += 1
    guard filled == window.count else { return .filling }
    let (range, slope) = measure()
    guard range <= spread, abs(slope) <= drift else {
      quiet = 0
      if settlingTime != nil { (since, settlingTime) = (1, nil) }
      // A steady slope explains the spread; what it does not explain is vibration.
      return abs(slope) > max(drift, 0.5 * range) ? .moving : .vibrating
    }
    quiet += 1
    guard quiet > window.count else { return .moving }
    if settlingTime == nil { settlingTime = Double(since - 2 * window.count) / rate }
    return .stable
  }

  /// Greatest less least, and the least-squares slope times the window's length, kilograms.
  private func measure() -> (range: Double, slope: Double) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    var product = 0.0
    let count = window.count
    let middle = Double(count - 1) / 2
    let reference = window[next]
    for index in 0..<count {
      var place = index - next
      if place < 0 { place += count }
      let value = window[index]
      least = min(least, value)
      greatest = max(greatest, value)
      product += (Double(place) - middle) * (value - reference)
    }
    // The sum of (i - middle)² is n (n² - 1) / 12.
    let square = Double(count) * (Double(count) * Double(count) - 1) / 12
    return (greatest - least, product / square * Double(count))
  }
}
