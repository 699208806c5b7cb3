import Glibc

/// Standard output and standard error of a campaign.
enum Terminal {
  /// A line on standard output, there at once also in a pipe.
  static func say(_ line: String) { put(line + "\n", on: STDOUT_FILENO) }

  static func writeError(_ text: String) { put(text, on: STDERR_FILENO) }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private static func put(_ text: String, on stream: CInt) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes.removeFirst(count)
      } else if errno != EINTR {
        return
      }
    }
  }
}

extension String {
  /// The text with spaces behind it, at least `width` characters long.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
