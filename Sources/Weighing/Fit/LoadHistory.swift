/// What the cells remember of the loads before: hysteresis, as far as the loads themselves tell.
///
/// A cell shows a little more of a load on the way down than on the way up, so that its zero after
/// loads is not the one before them. How much of that play is taken up follows from the loads alone
/// (the play operator: L. Prandtl, Z. angew. Math. Mech. 8, 1928); what part of it a cell shows is
/// found from zeros before and after loads. Left out, it would be taken for temperature, which
/// mostly rises while loads come and go.
struct LoadHistory {
  /// Kilograms by cell, one number each.
  typealias Features = [[Double]]

  /// Up to how much a cell's load must change before it shows the whole difference, kilograms.
  static let playWidth = 2.5
  /// The usual part of it that a cell shows.
  static let playPart = 3e-5

  private struct State {
    var play: [Double]
    var force: [Double]
  }

  /// In each step, by its number.
  private var states: [Int: State] = [:]

  /// From all steps of a session, by time, with one gain for all cells (kilograms per count): good
  /// to a few percent, which is enough for numbers that are multiplied by 3e-5.
  init(_ means: [StepMean], gain: Double) {
    guard let first = means.first(where: { $0.step.kind == .empty }) else { return }
    let none = Array(repeating: 0.0, count: first.counts.count)
    var state = State(play: none, force: none)
    for mean in means where states[mean.step.number] == nil {
      for cell in first.counts.indices {
        let force = gain * (mean.counts[cell] - first.counts[cell])
        state.play[cell] = min(
          max(state.play[cell] - (force - state.force[cell]), 0), Self.playWidth)
        state.force[cell] = force
      }
      states[mean.step.number] = state
    }
  }

  /// What the cells remember in a step.
  func features(_ mean: StepMean) -> Features {
    (states[mean.step.number]?.play ?? mean.counts.map { _ in 0 }).map { [$0] }
  }
}
