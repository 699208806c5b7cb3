import Documents
import Glibc

/// Standard output and standard error.
enum Console {
  /// A line on standard output.
  static func say(_ text: String = "") { print(text) }

  /// A line on standard error.
  static func complain(_ text: String) { writeError(SafeText.line(text, limit: 4000) + "\n") }

  /// Text on standard error as it is, behind what standard output holds back.
  static func writeError(_ text: String) {
    fflush(nil)
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      // Nobody can be told that standard error is gone.
      guard count > 0 || errno == EINTR else { return }
      bytes.removeFirst(max(0, count))
    }
  }

  /// Text from files, devices and people, without control characters and bounded in length.
  static func safe(_ text: String, limit: Int = 200) -> String {
    SafeText.line(text, limit: limit)
  }

  /// True when a person watches standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

extension String {
  /// The text with spaces behind it, at least `width` characters long.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text with spaces before it, at least `width` characters long.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
