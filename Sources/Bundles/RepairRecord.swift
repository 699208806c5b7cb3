/// How the cameras of a revision came from those of an earlier one, of which some were replaced.
public struct RepairRecord: Codable, Equatable, Sendable {
  /// What poses are given in.
  public enum Frame: String, CaseIterable, Codable, Sendable {
    /// The cart.
    case cart
    /// The bundle's reference camera.
    case reference
  }

  public struct Camera: Codable, Equatable, Sendable {
    /// True for one that was replaced, and solved from nothing.
    public var replaced: Bool
    /// True for one that was held but found to have moved, or that cannot be told from one that did:
    /// its place was solved anew.
    public var moved: Bool
    /// Where it was stored, and where it is now; nil where that is not known.
    public var asFound: PoseRecord?
    public var asLeft: PoseRecord?
    /// How far the new pictures put it from where it was stored: radians, metres, and how sure that
    /// is, in standard deviations. Of a replaced camera: how far the new one is from the old one.
    /// Nil where the pictures do not tell.
    public var turned: Double?
    public var shifted: Double?
    public var deviations: Double?

    public init(
      replaced: Bool, moved: Bool, asFound: PoseRecord?, asLeft: PoseRecord?, turned: Double?,
      shifted: Double?, deviations: Double?
    ) {
      self.replaced = replaced
      self.moved = moved
      self.asFound = asFound
      self.asLeft = asLeft
      self.turned = turned
      self.shifted = shifted
      self.deviations = deviations
    }

    /// What became of it, in words for a table.
    package var outcome: String {
      if replaced { return "replaced" }
      if moved { return "held, but moved" }
      return deviations == nil ? "held, not checked" : "held"
    }

    /// `deviations` as a table shows it: beyond 99 nobody asks.
    package var shownDeviations: Double? { deviations.map { min(99, max(0, $0)) } }

    enum CodingKeys: String, CodingKey {
      case replaced, moved, deviations
      case asFound = "as_found"
      case asLeft = "as_left"
      case turned = "turned_rad"
      case shifted = "shifted_m"
    }
  }

  /// The revision that was held on to.
  public var from: CartBundle.Parent
  public var frame: Frame
  /// By role.
  public var cameras: [String: Camera]

  public init(from: CartBundle.Parent, frame: Frame, cameras: [String: Camera]) {
    self.from = from
    self.frame = frame
    self.cameras = cameras
  }
}
