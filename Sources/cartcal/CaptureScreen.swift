import Capture
import Documents
import Glibc

/// A recording as it goes: on a terminal one screen part that redraws, elsewhere a plain line every
/// ten seconds and one for each event.
final class CaptureScreen {
  private let output: String
  private let isTerminal = Console.isTerminal
  /// Lines on the terminal that the next ones replace.
  private var drawn = 0
  private var saidAt = -1.0
  private var recent: [String] = []

  /// Seconds between plain lines, and events that stay on the screen.
  private static let interval = 10.0
  private static let kept = 5

  init(output: String) { self.output = output }

  func show(_ status: CaptureStatus) {
    let events = status.events.map {
      "\(NumberText.fixed(status.seconds, 1)) s  \(CapturePrinter.line($0))"
    }
    guard isTerminal else {
      for event in events { Console.writeError("cartcal: \(event)\n") }
      if saidAt < 0 || status.seconds - saidAt >= Self.interval {
        saidAt = status.seconds
        Console.writeError("cartcal: \(CapturePrinter.line(status))\n")
      }
      return
    }
    recent = (recent + events).suffix(Self.kept)
    let lines =
      ["recording into \(Console.safe(output)); Ctrl-C ends it", ""]
      + CapturePrinter.table(status) + ["", CapturePrinter.line(status)] + recent
    Console.writeError(clearing + lines.map { "\u{1B}[K\($0)\n" }.joined())
    drawn = lines.count
  }

  /// Takes the screen part away.
  func end() {
    guard drawn > 0 else { return }
    Console.writeError(clearing)
    drawn = 0
  }

  /// Moves to the first drawn line and clears from there.
  private var clearing: String { drawn > 0 ? "\u{1B}[\(drawn)A\u{1B}[J" : "" }
}
