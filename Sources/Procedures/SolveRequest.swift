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
  let cart: Name?
  let store: String?
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
    session: String?, boardWord: String?, lensWord: String, cart: String?, store: String?,
    jsonFile: String?, cornersFile: String?, savedCornersFile: String?, rejectsOutliers: Bool,
    solvesBoardWarp: Bool, threads: ThreadCount, progress: Progress?
  ) throws(ProcedureError) {
    self.session = session
    guard let lens = LensChoice(word: lensWord) else { throw .lensWord(lensWord) }
    self.lens = lens
    board = try Self.board(boardWord)
    guard board != nil || cornersFile != nil else { throw .noBoardWord }
    self.cart = try Self.serial(cart)
    self.store = store
    self.jsonFile = jsonFile
    outputs = try OutputPlaces([("--json", jsonFile), ("--save-corners", savedCornersFile)])
    try outputs.check(inputs: [cornersFile].compactMap { $0 })
    self.cornersFile = cornersFile
    self.savedCornersFile = savedCornersFile
    self.rejectsOutliers = rejectsOutliers
    self.solvesBoardWarp = solvesBoardWarp
    self.threads = threads
    self.progress = progress
    for file in [jsonFile, savedCornersFile].compactMap({ $0 }) { try OutputFiles.check(file) }
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
}
