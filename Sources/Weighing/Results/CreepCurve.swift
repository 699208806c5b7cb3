/// How the reading of a load that stays moves: creep.
package struct CreepCurve: Sendable {
  /// Kilograms.
  package let load: Double
  /// Seconds from the first reading to the last.
  package let duration: Double
  /// Reading less the first one, kilograms, by seconds since it; about one point in ten seconds at
  /// most.
  package let points: [(time: Double, change: Double)]
  /// Standard uncertainty of one point, kilograms.
  package let sigma: Double

  /// The change that is largest, kilograms.
  package var largest: Double {
    points.map(\.change).max { abs($0) < abs($1) } ?? 0
  }

  /// The largest change from one time to another, seconds since the first reading; nil when it did
  /// not last so long.
  package func change(from start: Double, to end: Double) -> Double? {
    guard duration >= end, let first = points.last(where: { $0.time <= start }) else { return nil }
    return points.filter { $0.time > start && $0.time <= end }.map { $0.change - first.change }
      .max { abs($0) < abs($1) }
  }

  var note: String {
    let minutes = duration / 60
    return minutes < 30
      ? "seen for \(Int(minutes.rounded())) min; the test takes 30 min" : "seen for 30 min or more"
  }
}
