/// How sure everything that was solved of cameras and board is, together: schema
/// `cartcal.information/1`, kept as evidence so that a repair can hold what it does not touch as well
/// as that is known.
///
/// The covariances in `bundle.json` are those of single lenses and poses. This is the inverse of the
/// covariance of all of them together, which says what they share, and which has a value where single
/// directions are left open: nothing is known along them.
package struct InformationDocument: Codable, Equatable, Sendable {
  package static let schemaName = "cartcal.information/1"
  /// Where it stands in a revision's folder.
  package static let path = "evidence/information.json"

  /// What poses are given in.
  package enum Frame: String, CaseIterable, Codable, Sendable {
    /// The bundle's `cart_from_camera`.
    case cart
    /// The bundle's `reference_from_camera`; the reference camera has no unknowns.
    case reference
  }

  /// What a row and a column stand for.
  package struct Unknown: Codable, Equatable, Sendable {
    /// The camera's role; nil for the board.
    package var camera: String?
    /// A parameter of the lens by its name, one of w_x ... v_z of the pose, warp_x or warp_y.
    package var name: String

    package init(camera: String?, name: String) {
      self.camera = camera
      self.name = name
    }
  }

  package var schema = Self.schemaName
  /// The software that solved.
  package var software: String
  package var frame: Frame
  package var unknowns: [Unknown]
  /// The lower triangle of the symmetric matrix, row by row.
  package var lower: [Double]
  /// How many independent directions are known.
  package var rank: Int

  package init(
    software: String, frame: Frame, unknowns: [Unknown], lower: [Double], rank: Int
  ) {
    self.software = software
    self.frame = frame
    self.unknowns = unknowns
    self.lower = lower
    self.rank = rank
  }

  private enum CodingKeys: String, CodingKey {
    case schema, software, frame, unknowns, lower, rank
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    schema = try values.decode(String.self, forKey: .schema)
    software = try values.decode(String.self, forKey: .software)
    frame = try values.decode(Frame.self, forKey: .frame)
    unknowns = try values.decode([Unknown].self, forKey: .unknowns)
    lower = try values.decode([Double].self, forKey: .lower)
    rank = try values.decode(Int.self, forKey: .rank)
    try values.check(unknowns.count <= 4096, .unknowns, "at most 4096 unknowns were expected")
    try values.check(
      lower.count == unknowns.count * (unknowns.count + 1) / 2, .lower,
      "a lower triangle of \(unknowns.count) rows was expected")
    try values.check(
      (0...unknowns.count).contains(rank), .rank, "0 to \(unknowns.count) were expected")
  }
}
