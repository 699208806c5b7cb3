import Documents
import Glibc
import Synchronization

/// Standard output and standard error.
enum Console {
  /// The errno of the first line that standard output did not take; 0 while it takes all.
  private static let outputFailure = Atomic<Int32>(0)

  /// A line on standard output.
  static func say(_ text: String = "") {
    guard outputFailure.load(ordering: .relaxed) == 0 else { return }
    let code = put(text + "\n", on: STDOUT_FILENO)
    if code != 0 { outputFailure.store(code, ordering: .relaxed) }
  }

  /// Why standard output did not take what was said; nil when it took all.
  static var outputProblem: String? {
    let code = outputFailure.load(ordering: .relaxed)
    return code == 0 ? nil : String(cString: strerror(code))
  }

  /// A line on standard error. Of a very long text the middle is left out: what is wrong stands at
  /// its beginning, what to do about it at its end.
  static func complain(_ text: String) {
    let shown =
      text.unicodeScalars.count <= 2 * keptEnd
      ? text
      : String(text.unicodeScalars.prefix(keptEnd)) + " [...] "
        + String(text.unicodeScalars.suffix(keptEnd))
    writeError(SafeText.line(shown, limit: 3 * keptEnd) + "\n")
  }

  private static let keptEnd = 2000

  /// Text on standard error as it is.
  static func writeError(_ text: String) {
    // Nobody can be told that standard error is gone.
    _ = put(text, on: STDERR_FILENO)
  }

  /// Puts /dev/null where a standard stream was closed: otherwise the next file opened would take
  /// its number, and what is said would be written into that file.
  static func openClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
      // The lowest free number is given, which is this one.
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// Writes all of `text`, waiting while the stream is busy; the errno of a failure, else 0.
  private static func put(_ text: String, on stream: CInt) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes.removeFirst(count)
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// Text from files, devices and people, without control characters and bounded in length.
  static func safe(_ text: String, limit: Int = 200) -> String {
    SafeText.line(text, limit: limit)
  }

  /// `text` in bold where a person reads standard output on a terminal that can show it, and as it
  /// is elsewhere. NO_COLOR (https://no-color.org) is honoured.
  static func emphasised(_ text: String) -> String {
    guard isatty(STDOUT_FILENO) == 1, getenv("NO_COLOR") == nil,
      let terminal = getenv("TERM"), strcmp(terminal, "dumb") != 0
    else { return text }
    return "\u{1B}[1m\(text)\u{1B}[0m"
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
