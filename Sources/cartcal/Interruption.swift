import Glibc
import Synchronization

/// Lets a command that runs for long end in good order when it is interrupted.
enum Interruption {
  private static let wasAsked = Atomic<Bool>(false)

  /// From now on Ctrl-C and `kill` are only noted; a second one ends at once.
  static func note() {
    // Made before the handler can want it.
    wasAsked.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Interruption.wasAsked.exchange(true, ordering: .relaxed) { _exit(130) }
      }
    }
  }

  static var isAsked: Bool { wasAsked.load(ordering: .relaxed) }
}
