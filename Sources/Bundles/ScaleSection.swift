public import Documents
public import Measurements

/// The scale section of a bundle: what a weighing found, and when.
public struct ScaleSection: Equatable, Sendable {
  /// When it was calibrated; a bundle written later carries the section over as it is.
  public var created: UTCTime
  public var software: CartBundle.Software
  /// In files its keys stand among those of the section.
  public var record: ScaleRecord
  public var findings: [Finding]
  public var verdict: Verdict

  public init(
    created: UTCTime, software: CartBundle.Software, record: ScaleRecord, findings: [Finding],
    verdict: Verdict
  ) {
    self.created = created
    self.software = software
    self.record = record
    self.findings = findings
    self.verdict = verdict
  }
}

extension ScaleSection: Codable {
  enum CodingKeys: String, CodingKey {
    case created, software, findings, verdict
  }

  public init(from decoder: any Decoder) throws {
    record = try ScaleRecord(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    created = try values.decode(UTCTime.self, forKey: .created)
    software = try values.decode(CartBundle.Software.self, forKey: .software)
    findings = try values.decode([Finding].self, forKey: .findings)
    verdict = try values.decode(Verdict.self, forKey: .verdict)
  }

  public func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(created, forKey: .created)
    try values.encode(software, forKey: .software)
    try values.encode(findings, forKey: .findings)
    try values.encode(verdict, forKey: .verdict)
  }
}
