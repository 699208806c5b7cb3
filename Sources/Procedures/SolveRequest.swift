import Boards
import CameraCalibration
import Documents
package import Execution

/// What a solve is asked to do; made from words, and checked, before any work begins.
package struct SolveRequest: Sendable {
  /// Called with the stage's name and the part of it that is done, 0...1.
  package typealias Progress = @Sendable (_ stage: String, _ fraction: Double) -> Void

  let session: String?
  /// Nil where the corners file is to name it.
  let board: BoardSpec?
  let lens: LensChoice
  /// Lens models, board, roles and what ties the cameras to the cart; nil for a solve without.
  let rig: GivenRig?
  /// True when lens models were asked for besides the rig.
  let lensIsGiven: Bool
  /// What is held on to; nil for a calibration from nothing.
  let repair: RepairSource?
  let cart: Name?
  let access: StoreAccess
  let jsonFile: String?
  let outputs: OutputPlaces
  let cornersFile: String?
  let savedCornersFile: String?
  let rejectsOutliers: Bool
  let solvesBoardWarp: Bool
  let threads: ThreadCount
  let progress: Progress?

  /// A request from the words of a person. Throws when a word makes no sense, or when a file that
  /// is to be written cannot be.
  package init(
    session: String?, boardWord: String?, rigFile: String? = nil, lensWord: String?, cart: String?,
    repairedBundle: String? = nil, replacedRoles: [String] = [], access: StoreAccess,
    jsonFile: String?, cornersFile: String?, savedCornersFile: String?, rejectsOutliers: Bool,
    solvesBoardWarp: Bool, threads: ThreadCount, progress: Progress?
  ) throws(ProcedureError) {
    self.session = session
    let word = lensWord ?? "auto"
    guard let lens = LensChoice(word: word) else { throw .lensWord(word) }
    self.lens = lens
    lensIsGiven = lensWord != nil
    rig = try Self.rig(rigFile)
    if let rigFile, boardWord != nil { throw .boardBesideRig(file: rigFile) }
    if let repairedBundle {
      repair = try RepairSource(repairedBundle, replacing: replacedRoles, access)
    } else {
      repair = nil
    }
    if let rig {
      board = rig.rig.board
    } else if let boardWord {
      board = try Self.board(boardWord)
    } else {
      board = cornersFile == nil ? try repair?.board() : nil
    }
    guard board != nil || cornersFile != nil else { throw .noBoardWord }
    self.cart = try Self.serial(cart ?? repair?.bundle.cartSerial)
    if let repair, let cart, cart != repair.bundle.cartSerial {
      throw .repair(.otherCart(bundle: repair.bundle.cartSerial, asked: cart))
    }
    self.access = access
    if self.cart != nil { try access.check() }
    self.jsonFile = jsonFile
    outputs = try OutputPlaces([("--json", jsonFile), ("--save-corners", savedCornersFile)])
    try outputs.check(inputs: [cornersFile, rigFile].compactMap { $0 })
    self.cornersFile = cornersFile
    self.savedCornersFile = savedCornersFile
    self.rejectsOutliers = rejectsOutliers
    self.solvesBoardWarp = solvesBoardWarp
    self.threads = threads
    self.progress = progress
    for file in [jsonFile, savedCornersFile].compactMap({ $0 }) { try OutputFiles.check(file) }
  }

  private static func rig(_ file: String?) throws(ProcedureError) -> GivenRig? {
    guard let file else { return nil }
    return try GivenRig(file: file)
  }

  static func board(_ word: String?) throws(ProcedureError) -> BoardSpec? {
    guard let word else { return nil }
    do throws(BoardError) {
      return try BoardSpec(word: word)
    } catch {
      throw .board(error)
    }
  }

  private static func serial(_ text: String?) throws(ProcedureError) -> Name? {
    guard let text else { return nil }
    do throws(NameError) {
      return try Name(text, of: .cartSerial)
    } catch {
      throw .name(error)
    }
  }

  /// Which lens model each of some cameras gets: those asked for, else those of the rig, else those
  /// that they had.
  func lens(cameras names: [String]) -> LensChoice {
    if let repair, rig == nil, !lensIsGiven { return repair.lensChoice(cameras: names) }
    guard let rig, !lensIsGiven else { return lens }
    return rig.lensChoice(cameras: names)
  }
}
