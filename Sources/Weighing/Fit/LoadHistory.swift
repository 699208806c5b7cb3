import Glibc

/// What the cells remember of the loads before: hysteresis and creep, as far as the loads themselves
/// tell.
///
/// A cell shows a little more of a load on the way down than on the way up, and for minutes a little
/// of what lay on it earlier; so its zero after loads is not the one before them. How much of such
/// play is taken up, and how much of earlier loads has not yet crept away, follows from the loads
/// alone; what part of each a cell shows is found from zeros before and after loads. Left out, both
/// would be taken for temperature, which mostly rises while loads come and go, or for a zero that
/// wanders.
///
/// Hysteresis is a sum of play operators of several widths (L. Prandtl, Z. angew. Math. Mech. 8,
/// 1928; M. Brokate, J. Sprekels, Hysteresis and Phase Transitions, 1996, section 2.3), creep a sum
/// of exponentials of several times, as of every viscoelastic body.
struct LoadHistory {
  /// By cell: play of each width, then what is left of earlier loads at each time, kilograms.
  typealias Features = [[Double]]

  /// By how much a cell's load must change before play is taken up, kilograms: widths some way
  /// apart stand for what lies between them.
  static let playWidths = [0.3, 1, 3]
  /// Seconds; likewise.
  static let creepTimes = [60.0, 135, 300]
  /// Of play, what a cell usually shows in all, kilograms, shared by the widths.
  static let play = 1e-4
  /// Of creep, what part of a load a cell usually shows in the end: half of what class C of OIML R 60
  /// allows within 30 min, 0.7 of 0.7 of 1.5 v in 3000 v.
  static let creep = 1.2e-4
  /// The usual part of each feature.
  static let parts =
    playWidths.map { play / Double(playWidths.count).squareRoot() / $0 }
    + creepTimes.map { _ in creep }
  /// Creep of one time anywhere from the first to the last, as likely in each ratio, is shared by
  /// the two times next to it: the Cholesky factor of the second moments of such shares, 1/6 at the
  /// ends, 1/3 within, 1/12 between neighbours. It makes features that are independent of each other.
  static let shares: [[Double]] = [
    [0.408_248, 0, 0], [0.204_124, 0.540_062, 0], [0, 0.154_303, 0.377_964],
  ]

  /// Which features are play, and which are creep.
  static let kinds = playWidths.map { _ in 0 } + creepTimes.map { _ in 1 }

  private struct State {
    var force: [Double]
    /// By width and cell.
    var play: [[Double]]
    /// At the step's beginning, by time constant and cell.
    var crept: [[Double]]
    /// Seconds.
    var start: Double
  }

  /// In each step, by its number.
  private var states: [Int: State] = [:]

  /// From all steps of a session, by time, with one gain for all cells (kilograms per count): good
  /// to a few percent, which is enough for numbers that are multiplied by 1e-4.
  init(_ means: [StepMean], gain: Double) {
    guard let first = means.first(where: { $0.step.kind == .empty }) else { return }
    let none = Array(repeating: 0.0, count: first.counts.count)
    var state = State(
      force: none, play: Self.playWidths.map { _ in none },
      crept: Self.creepTimes.map { _ in none }, start: means[0].step.start)
    for mean in means where states[mean.step.number] == nil {
      for (place, time) in Self.creepTimes.enumerated() {
        // What lay there before is taken to have stayed until this step began.
        let left = exp(-(mean.step.start - state.start) / time)
        for cell in none.indices {
          state.crept[place][cell] =
            state.force[cell] + (state.crept[place][cell] - state.force[cell]) * left
        }
      }
      state.start = mean.step.start
      for cell in first.counts.indices {
        let force = gain * (mean.counts[cell] - first.counts[cell])
        for (place, width) in Self.playWidths.enumerated() {
          state.play[place][cell] = min(
            max(state.play[place][cell] - (force - state.force[cell]), 0), width)
        }
        state.force[cell] = force
      }
      states[mean.step.number] = state
    }
  }

  /// What the cells remember in the middle of a mean. The creep of the load itself is not in it: all
  /// loads lie equally long before they are averaged, so that it is a part of the gain.
  func features(_ mean: StepMean) -> Features {
    guard let state = states[mean.step.number] else {
      return mean.counts.map { _ in Self.parts.map { _ in 0 } }
    }
    let left = Self.creepTimes.map { exp(-max(0, mean.time - state.start) / $0) }
    return mean.counts.indices.map { cell in
      let crept = left.indices.map { left[$0] * state.crept[$0][cell] }
      return state.play.map { $0[cell] }
        + left.indices.map { column in
          zip(crept, Self.shares).reduce(0) { $0 + $1.0 * $1.1[column] }
        }
    }
  }
}
