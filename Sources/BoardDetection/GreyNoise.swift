/// How far grey values lie off the models of a board's corners, by how bright they are.
///
/// Noise depends on brightness: photons scatter with the root of their number, and a camera's tone
/// curve spreads the dark. One board has hundreds of pixels of each brightness, so what is foreign
/// to it (a finger, glare) stands out even where a window of its own could not tell.
struct GreyNoise {
  /// Grey levels a bin, and bins.
  private static let width = 16
  static let bins = 256 / width
  /// Fewest pixels in a bin for a corner to have a say on it.
  private static let fewest: Float = 8
  /// Fewest pixels off the edges that tell noise.
  private static let fewestPlain: Float = 40
  /// What is left of the variance of misfitting edges.
  private static let share = 0.2
  /// Rounding to whole grey levels alone scatters by 0.29.
  private static let least: Float = 0.4

  /// Standard deviation of pixels in each bin, grey levels.
  private(set) var deviations: InlineArray<16, Float>
  /// What part of it moves corners.
  ///
  /// Edges that are sharper than the model's, or shaped otherwise, leave residuals that repeat on
  /// the other side of the corner and so do not move it; a share is left, since pixels fall
  /// differently on either side. Off the edges all is noise.
  private(set) var movingPart = 1.0

  /// Squares of the residuals of one corner's window, by brightness.
  struct Window {
    var squares = InlineArray<16, Float>(repeating: 0)
    var counts = InlineArray<16, Float>(repeating: 0)

    /// The same of all pixels that lie off the edges.
    var plainSquares: Float = 0
    var plainCount: Float = 0

    /// Adds a pixel of which the model says `grey`, and whether it lies off the edges.
    @inline(__always)
    mutating func add(grey: Float, residual: Float, isPlain: Bool) {
      let bin = GreyNoise.bin(grey)
      squares[bin] += residual * residual
      counts[bin] += 1
      plainSquares += isPlain ? residual * residual : 0
      plainCount += isPlain ? 1 : 0
    }
  }

  /// The noise of most corners: in each bin the median of the corners' mean squares. Bins that no
  /// corner has take the nearest one's.
  init(_ windows: [Window]) {
    deviations = InlineArray<16, Float>(repeating: 0)
    var known: [Int] = []
    for bin in 0..<Self.bins {
      var means: [Float] = []
      for window in windows where window.counts[bin] >= Self.fewest {
        means.append(window.squares[bin] / window.counts[bin])
      }
      guard !means.isEmpty else { continue }
      means.sort()
      deviations[bin] = max(means[means.count / 2].squareRoot(), Self.least)
      known.append(bin)
    }
    for bin in 0..<Self.bins where !known.contains(bin) {
      let nearest = known.min { (abs($0 - bin), $0) < (abs($1 - bin), $1) }
      deviations[bin] = nearest.map { deviations[$0] } ?? 1
    }
    var parts: [Double] = []
    for window in windows where window.plainCount >= Self.fewestPlain {
      let all = expected(window)
      parts.append(Double(window.plainSquares / window.plainCount) / (all * all))
    }
    guard !parts.isEmpty else { return }
    parts.sort()
    let plain = min(1, parts[parts.count / 2])
    movingPart = (plain + Self.share * (1 - plain)).squareRoot()
  }

  @inline(__always)
  static func bin(_ grey: Float) -> Int { Int(min(max(grey, 0), 255)) / width }

  /// The standard deviation of a pixel of which the model says `grey`.
  @inline(__always)
  func deviation(_ grey: Float) -> Float { deviations[Self.bin(grey)] }

  /// The RMS that a window's residuals should have.
  func expected(_ window: Window) -> Double {
    var sum: Float = 0
    var count: Float = 0
    for bin in 0..<Self.bins {
      sum += window.counts[bin] * deviations[bin] * deviations[bin]
      count += window.counts[bin]
    }
    return count > 0 ? Double((sum / count).squareRoot()) : 1
  }
}
