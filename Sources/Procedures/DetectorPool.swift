import BoardDetection
package import Boards
import Synchronization

/// Detectors that are lent to one thread at a time, so that their buffers are reused.
package final class DetectorPool: Sendable {
  /// A detector that nobody else holds: the pool hands each one out to one borrower at a time.
  private struct Idle: @unchecked Sendable {
    let detector: BoardDetector
  }

  package let board: BoardSpec
  private let idle = Mutex<[Idle]>([])

  /// A pool of detectors of `board`; they are made when they are first needed.
  package init(board: BoardSpec) {
    self.board = board
  }

  /// Calls `body` with a detector that no other thread uses meanwhile.
  func withDetector<Result>(_ body: (BoardDetector) -> Result) -> Result {
    let lent = idle.withLock { $0.popLast() } ?? Idle(detector: BoardDetector(board: board))
    defer { idle.withLock { $0.append(lent) } }
    return body(lent.detector)
  }
}
