/// The counts of one cell through a session.
struct SampleColumn {
  let highest: Double
  let lowest: Double
  /// True when the highest value stands for many samples in a row while the cell elsewhere never
  /// says the same for so long: a converter that ends below its full range.
  let isCutOff: Bool

  /// How many equal samples at the top make a cut, and below how many elsewhere.
  private static let cut = 20

  init(_ samples: RecordedSamples, cell: Int) {
    var (highest, lowest) = (-Double.infinity, Double.infinity)
    for index in 0..<samples.count {
      let value = samples.counts[index * samples.cells + cell]
      highest = max(highest, value)
      lowest = min(lowest, value)
    }
    var (run, atTop, elsewhere) = (0, 0, 0)
    var before = Double.nan
    for index in 0..<samples.count {
      let value = samples.counts[index * samples.cells + cell]
      run = value == before ? run + 1 : 1
      before = value
      if value == highest { atTop = max(atTop, run) } else { elsewhere = max(elsewhere, run) }
    }
    self.highest = highest
    self.lowest = lowest
    // A cell that never moves is another fault.
    isCutOff = highest - lowest > 100 && atTop >= Self.cut && elsewhere < Self.cut / 2
  }
}
