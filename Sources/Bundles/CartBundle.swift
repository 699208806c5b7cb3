public import Documents
public import Measurements

/// A cart's calibration: the content of `bundle.json` (`cartcal.bundle/1`).
///
///     let keys = try TrustedKeys(folder: "/etc/cartcal/keys")
///     let store = BundleStore(path: "calibrations", trust: .signed(by: keys))
///     let stored = try store.load(Name("CART-0042", of: .cartSerial))
///     let lens = try stored.bundle.cameras["front_left"]?.lens
///
/// Units, frames and orders are the bundle's own `conventions`. A bundle is immutable: a new solve
/// makes a new revision.
public struct CartBundle: Equatable, Sendable {
  public static let schema = "cartcal.bundle/1"

  /// The program that wrote a bundle.
  public struct Software: Codable, Equatable, Sendable {
    public var name: String
    public var version: String

    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// The calibration board.
  public struct Board: Codable, Equatable, Sendable {
    /// For example `checkerboard:9x6:25mm`.
    public var word: String
    /// The bend [x, y], metres: z = x (1 - u^2) + y (1 - v^2), u and v in [-1, 1] over the inner
    /// corners.
    public var warp: [Double]
    /// One standard deviation of the bend, metres; nil when it was not solved or is left open.
    public var warpSigma: [Double]?

    public init(word: String, warp: [Double], warpSigma: [Double]? = nil) {
      self.word = word
      self.warp = warp
      self.warpSigma = warpSigma
    }

    enum CodingKeys: String, CodingKey {
      case word
      case warp = "warp_m"
      case warpSigma = "warp_sigma_m"
    }
  }

  /// A file kept with the bundle.
  public struct EvidenceFile: Codable, Equatable, Sendable {
    /// Relative to the revision's folder.
    public var path: String
    /// 64 lower-case hexadecimal digits.
    public var sha256: String
    public var bytes: Int

    public init(path: String, sha256: String, bytes: Int) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
    }
  }

  /// The revision that was current when this one was written.
  public struct Parent: Codable, Equatable, Sendable {
    public var revision: Int
    /// Digest of its `bundle.json`.
    public var sha256: String

    public init(revision: Int, sha256: String) {
      self.revision = revision
      self.sha256 = sha256
    }
  }

  public var conventions = BundleConventions.standard
  public var cartSerial: String
  /// 1, 2, 3, ... of this cart in its store.
  public var revision: Int
  public var created: UTCTime
  /// The folder of the pictures, an absolute path on the computer that solved; nil when corners
  /// alone were given.
  public var session: String?
  public var software: Software
  /// Nil in a bundle without cameras.
  public var board: Board?
  /// When the cameras were solved: earlier than `created` where a weighing carried them over; nil
  /// without cameras.
  public var camerasCreated: UTCTime?
  /// By role; empty where only the scale was calibrated.
  public var cameras: [String: CameraRecord]
  /// The camera whose frame the poses are given in; nil when no camera has a place.
  public var referenceCamera: String?
  /// sqrt(sum(dx^2 + dy^2) / corners) over the corners of all cameras, pixels.
  public var rmsPixels: Double?
  /// The same over frames that had no part in lenses, poses and bend; nil with fewer than four.
  public var holdoutRMSPixels: Double?
  /// What the calibration knows of the cart.
  public var cartFrame = CartFrameRecord()
  /// How the cameras came from an earlier revision's; nil where all were solved from nothing.
  public var repair: RepairRecord?
  public var findings: [Finding]
  /// The numbers that were held against limits.
  public var checks: [LimitCheck]
  public var verdict: Verdict
  public var evidence: [EvidenceFile]
  public var parent: Parent?
  /// Nil where only cameras were solved.
  public var scale: ScaleSection?
}

extension CartBundle: Codable {
  enum CodingKeys: String, CodingKey {
    case schema, conventions
    case cartSerial = "cart_serial"
    case revision, created, session, software, board, cameras
    case referenceCamera = "reference_camera"
    case rmsPixels = "rms_px"
    case holdoutRMSPixels = "holdout_rms_px"
    case findings, checks, verdict, evidence, parent, scale, repair
    case camerasCreated = "cameras_created"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    conventions = try values.decode(BundleConventions.self, forKey: .conventions)
    cartSerial = try values.decode(String.self, forKey: .cartSerial)
    revision = try values.decode(Int.self, forKey: .revision)
    created = try values.decode(UTCTime.self, forKey: .created)
    session = try values.decodeIfPresent(String.self, forKey: .session)
    software = try values.decode(Software.self, forKey: .software)
    board = try values.decodeIfPresent(Board.self, forKey: .board)
    camerasCreated = try values.decodeIfPresent(UTCTime.self, forKey: .camerasCreated)
    cameras = try values.decode([String: CameraRecord].self, forKey: .cameras)
    referenceCamera = try values.decodeIfPresent(String.self, forKey: .referenceCamera)
    rmsPixels = try values.decodeIfPresent(Double.self, forKey: .rmsPixels)
    holdoutRMSPixels = try values.decodeIfPresent(Double.self, forKey: .holdoutRMSPixels)
    cartFrame = try CartFrameRecord(from: decoder)
    repair = try values.decodeIfPresent(RepairRecord.self, forKey: .repair)
    findings = try values.decode([Finding].self, forKey: .findings)
    checks = try values.decode([LimitCheck].self, forKey: .checks)
    verdict = try values.decode(Verdict.self, forKey: .verdict)
    evidence = try values.decode([EvidenceFile].self, forKey: .evidence)
    parent = try values.decodeIfPresent(Parent.self, forKey: .parent)
    scale = try values.decodeIfPresent(ScaleSection.self, forKey: .scale)

    try values.checkName(cartSerial, of: .cartSerial, .cartSerial)
    try values.check(revision >= 1, .revision, "revisions count from 1")
    try values.check(board?.warp.count ?? 2 == 2, .board, "a bend has two numbers")
    try values.check(
      board?.warpSigma.map { $0.count == 2 } ?? true, .board, "a bend's sigma has two numbers")
    try values.check(
      cameras.isEmpty || board != nil, .board, "cameras are solved with a board")
    for name in cameras.keys.sorted() { try values.checkName(name, of: .role, .cameras) }
    if let referenceCamera {
      try values.check(
        cameras[referenceCamera] != nil, .referenceCamera, "there is no camera of this name")
    }
  }

  /// `schema` is no property, since it has one value only.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(Self.schema, forKey: .schema)
    try values.encode(conventions, forKey: .conventions)
    try values.encode(cartSerial, forKey: .cartSerial)
    try values.encode(revision, forKey: .revision)
    try values.encode(created, forKey: .created)
    try values.encode(session, forKey: .session)
    try values.encode(software, forKey: .software)
    try values.encode(board, forKey: .board)
    try values.encode(camerasCreated, forKey: .camerasCreated)
    try values.encode(cameras, forKey: .cameras)
    try values.encode(referenceCamera, forKey: .referenceCamera)
    try values.encode(rmsPixels, forKey: .rmsPixels)
    try values.encode(holdoutRMSPixels, forKey: .holdoutRMSPixels)
    // Its keys stand among those of the bundle.
    try cartFrame.encode(to: encoder)
    try values.encode(repair, forKey: .repair)
    try values.encode(findings, forKey: .findings)
    try values.encode(checks, forKey: .checks)
    try values.encode(verdict, forKey: .verdict)
    try values.encode(evidence, forKey: .evidence)
    try values.encode(parent, forKey: .parent)
    try values.encode(scale, forKey: .scale)
  }
}
