/// The outcome of holding results against limits.
public enum Verdict: String, CaseIterable, Codable, Sendable {
  case pass
  /// Within the limits, but not by more than the guard band.
  case marginal
  case fail
  /// The data cannot tell.
  case notDetermined = "not_determined"
  /// No limits were given.
  case notAsked = "not_asked"

  /// The exit status of a command that ends with this verdict.
  public var exitStatus: ExitStatus {
    switch self {
    case .pass, .marginal, .notAsked: .done
    case .fail, .notDetermined: .failed
    }
  }
}
