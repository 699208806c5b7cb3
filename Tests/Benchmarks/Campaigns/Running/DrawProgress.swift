import Synchronization

/// How many draws are done, on standard error: a line that redraws on a terminal, elsewhere one line
/// for each tenth.
final class DrawProgress: Sendable {
  private let title: String
  private let count: Int
  private let done = Mutex(0)

  init(_ title: String, count: Int) {
    self.title = title
    self.count = count
  }

  func countOne() {
    done.withLock { done in
      done += 1
      if Terminal.isErrorTerminal {
        Terminal.writeError("\r\u{1B}[K\(title): \(done) of \(count)")
      } else if done * 10 / count > (done - 1) * 10 / count {
        Terminal.writeError("\(title): \(done) of \(count)\n")
      }
    }
  }

  func end() {
    if Terminal.isErrorTerminal { Terminal.writeError("\r\u{1B}[K") }
  }
}
