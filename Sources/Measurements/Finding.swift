/// A named problem: what was seen, and what to do about it.
public struct Finding: Codable, Equatable, Sendable {
  /// How much a finding weighs.
  public enum Severity: String, CaseIterable, Codable, Sendable {
    /// Worth knowing; the result stands.
    case note
    /// The result stands, but something should be mended.
    case warning
    /// The result, or the part named, cannot be used.
    case unusable
  }

  /// A stable snake_case code for machines, for example `too_few_views`.
  public let code: String
  public let severity: Severity
  /// What it is about, where that is one thing: a camera, a picture.
  public let subject: String?
  /// What was seen, with numbers, in words a technician understands.
  public let text: String
  /// The one next action.
  public let remedy: String

  public init(
    code: String, severity: Severity, subject: String? = nil, text: String, remedy: String
  ) {
    self.code = code
    self.severity = severity
    self.subject = subject
    self.text = text
    self.remedy = remedy
  }
}
