import Execution
import Synchronization

/// What is being done, for anything that takes over a second: on a terminal one line that redraws,
/// elsewhere one plain line a stage.
final class ProgressLine: Sendable {
  private struct State {
    var stage = ""
    var drawnAt = 0.0
    var isDrawn = false
  }

  private let state = Mutex(State())
  private let startedAt = ResourceUse.wallSeconds
  private let isTerminal = Console.isTerminal
  /// Nothing is said before this many seconds: quick work needs no commentary.
  private let quietSeconds = 1.0
  /// A terminal is redrawn at most this often, seconds.
  private let redrawSeconds = 0.1

  /// Tells that `stage` has come to `fraction` (0...1) of its work.
  func update(_ stage: String, _ fraction: Double) {
    let now = ResourceUse.wallSeconds
    guard now - startedAt >= quietSeconds else { return }
    state.withLock { state in
      let isNew = stage != state.stage
      guard isNew || (isTerminal && now - state.drawnAt >= redrawSeconds) else { return }
      state.stage = stage
      state.drawnAt = now
      if isTerminal {
        let percent = Int((max(0, min(1, fraction)) * 100).rounded(.down))
        Console.writeError("\r\u{1B}[K\(stage) \(percent) %")
        state.isDrawn = true
      } else {
        Console.writeError("cartcal: \(stage)\n")
      }
    }
  }

  /// Clears the line.
  func end() {
    state.withLock { state in
      guard state.isDrawn else { return }
      Console.writeError("\r\u{1B}[K")
      state.isDrawn = false
    }
  }
}
