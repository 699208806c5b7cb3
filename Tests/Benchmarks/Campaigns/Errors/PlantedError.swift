/// What is wrong with a simulated cart that calibration is not told of.
enum PlantedError: String, CaseIterable, Encodable, Sendable {
  /// The board is bent by 0.4 mm, and calibration is told to take it as flat.
  case bend
  /// One camera's lens is richer than the model that calibration is told to use for it.
  case lensTooSimple = "lens-too-simple"
  /// One camera takes its pictures 20 ms late or early, while a hand moves the board at 0.15 m/s.
  case clocks
  /// One camera is turned by 0.2 degrees half-way.
  case bump
  /// The board is 1 % longer along its columns than along its rows.
  case unequalBoard = "unequal-board"
  /// Nothing.
  case healthy

  /// The finding that names it; nil where nothing is wrong.
  var code: String? {
    switch self {
    case .bend: "bend_not_solved"
    case .lensTooSimple: "lens_too_simple"
    case .clocks: "views_out_of_sync"
    case .bump: "camera_moved"
    case .unequalBoard: "board_not_square"
    case .healthy: nil
    }
  }

  /// The findings that name one of these errors.
  static let codes = Set(allCases.compactMap(\.code))

  /// True when the finding must say which camera it is.
  var hasSubject: Bool { self == .lensTooSimple || self == .bump }

  /// How many draws show the claim.
  var draws: Int { self == .healthy ? 628 : 200 }

  /// The fewest cameras with which the error can be told from others: of two cameras that see each
  /// other move, either may have.
  var fewestCameras: Int { self == .bump ? 3 : 2 }
}
