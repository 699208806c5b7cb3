/// The exit statuses of every command, one table for all.
public enum ExitStatus: Int32, Sendable {
  /// Done; the overall verdict is pass, marginal or not asked.
  case done = 0
  /// Done; the overall verdict is fail or not determined.
  case failed = 1
  /// Bad usage, or input that is unreadable or inconsistent; nothing was written.
  case badInput = 2
  /// A needed device is missing, busy or broken.
  case device = 3
  /// Storage is unwritable, full or damaged, or a signature is bad.
  case storage = 4
  /// Anything unexpected.
  case unexpected = 5
  case interrupted = 130
}
