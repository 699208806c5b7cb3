import BoardDetection
import Boards
import Imaging
import Measurements
import Sessions

/// Inner corners of a grid that was seen, the longer side first.
struct GridSize: Hashable {
  let columns: Int
  let rows: Int
  var area: Int { columns * rows }

  init(columns: Int, rows: Int) {
    self.columns = max(columns, rows)
    self.rows = min(columns, rows)
  }

  init(_ board: BoardObservation) {
    self.init(
      columns: (board.corners.map(\.column).max() ?? 0) + 1,
      rows: (board.corners.map(\.row).max() ?? 0) + 1)
  }
}

/// Findings about pictures, before anything is solved.
enum PictureFindings {
  /// How many pictures a finding names before it says "and N more".
  private static let named = 6

  static func unreadable(_ error: ImagingError, camera: String) -> Finding {
    Finding(
      code: "unreadable_picture", severity: .warning, subject: camera,
      text: "Camera \(camera): a picture was left out: \(firstSentence("\(error)"))",
      remedy: remainder("\(error)"))
  }

  static func sizeDiffers(
    _ pictures: [(name: String, size: PictureSize)], majority: PictureSize, camera: String
  ) -> Finding {
    let names = pictures.map { "\($0.name) (\($0.size.width) x \($0.size.height))" }
    return Finding(
      code: "picture_size_differs", severity: .warning, subject: camera,
      text: "Camera \(camera): \(list(names)) left out, because most of its pictures are "
        + "\(majority.width) x \(majority.height).",
      remedy: "A calibration is for one picture size. Take all pictures with the size in use, and "
        + "keep other cameras' pictures out of this folder.")
  }

  static func severalBoards(_ pictures: [String]) -> Finding {
    Finding(
      code: "several_boards", severity: .warning,
      text: "More than one whole board of this kind is seen in \(list(pictures)); "
        + "left out, because nobody can say which of them the other cameras see.",
      remedy: "Show one board at a time, and cover reflections of it.")
  }

  /// Nil where the board is as its word says, or nothing shows the contrary.
  static func layout(_ agreement: LayoutAgreement, _ board: BoardSpec) -> Finding? {
    guard agreement.contradictsWord, let charuco = board.charuco else { return nil }
    let (stated, other) =
      charuco.isLegacy ? ("old", "current one") : ("current", "one of OpenCV before 4.6")
    guard agreement.isLegacy != nil else {
      return Finding(
        code: "board_layout", severity: .warning,
        text: "ChArUco boards of both layouts are seen, the current one in \(agreement.current) "
          + "pictures and that of OpenCV before 4.6 in \(agreement.legacy); parts that do not show "
          + "which are left out.",
        remedy: "Use one board, and put the other away.")
    }
    return Finding(
      code: "board_layout", severity: .note,
      text: "The board's layout is not the \(stated) one, as its word says, but the \(other). "
        + "Its corners were named by what is seen.",
      remedy: charuco.isLegacy
        ? "Leave :legacy out of the board word." : "Add :legacy to the board word.")
  }

  static func noBoard(camera: String, pictures: Int, reason: NoBoardReason?) -> Finding {
    let detail = reason.map { " Most often: \($0)" } ?? ""
    return Finding(
      code: "no_board_found", severity: .unusable, subject: camera,
      text: "Camera \(camera): no board was found in its \(pictures) pictures.\(detail)",
      remedy: "Check that the board word counts inner corners, columns x rows, and look at a "
        + "picture with: cartcal detect PICTURE --board WORD --annotate FOLDER.")
  }

  static func somePicturesWithoutBoard(
    camera: String, names: [String], of count: Int
  ) -> Finding {
    Finding(
      code: "pictures_without_board", severity: .note, subject: camera,
      text: "Camera \(camera): \(names.count) of \(count) pictures show no board that can be used: "
        + "\(list(names)).",
      remedy: "Nothing needs doing if the board was out of sight or hidden there.")
  }

  /// Nobody saw the whole board: most likely the board word is wrong. `grids` are the sizes of the
  /// parts that were seen.
  static func neverComplete(_ board: BoardSpec, grids: [GridSize]) -> Finding {
    guard !board.isMarked else {
      return Finding(
        code: "board_never_complete", severity: .unusable,
        text: "\(grids.count) pictures show a checkerboard, but its markers can be read in none.",
        remedy: "Check the dictionary and the sizes in the board word, then light and focus, and "
          + "show the board nearer.")
    }
    let counts = Dictionary(grouping: grids, by: { $0 }).mapValues(\.count)
    let most = counts.max { ($0.value, $1.key.area) < ($1.value, $0.key.area) }
    var text =
      "No picture shows the whole board of \(board.columns)x\(board.rows) inner corners."
    var remedy = "Show the whole board, in the middle of the picture and uncovered."
    if let most, most.value > 1, 2 * most.value > grids.count {
      let size = "\(most.key.columns)x\(most.key.rows)"
      text += " \(most.value) of \(grids.count) pictures show a grid of \(size)."
      remedy =
        "If your board has \(size) inner corners, say so: --board checkerboard:\(size):SQUARE. "
        + "Otherwise show the whole board, uncovered."
    }
    return Finding(
      code: "board_never_complete", severity: .unusable, text: text, remedy: remedy)
  }

  /// Most pictures show a whole pattern, but one of another size than the board word says.
  static func otherBoard(
    _ pattern: GridSize, _ board: BoardSpec, pictures: Int, of count: Int
  ) -> Finding {
    let size = "\(pattern.columns)x\(pattern.rows)"
    return Finding(
      code: "other_board", severity: .unusable,
      text: "\(pictures) of \(count) pictures show a whole pattern of \(size) inner corners, "
        + "not \(board.columns)x\(board.rows). Nothing was calibrated.",
      remedy: "If that is your board, say so: --board checkerboard:\(size):SQUARE. Otherwise put "
        + "that pattern away and show the board.")
  }

  /// No two cameras have a picture of the same name.
  static func noCommonNames(_ examples: [String]) -> Finding {
    Finding(
      code: "disconnected_cameras", severity: .unusable,
      text: "No picture name occurs in two cameras (\(list(examples))), so nobody can say which "
        + "pictures were taken at the same instant. Each lens is solved by itself.",
      remedy: "Give pictures of one instant the same name in every camera's folder, for example "
        + "left/0001.jpg and right/0001.jpg.")
  }

  /// One folder seems to hold the pictures of several cameras.
  static func camerasInOneFolder(_ prefixes: [String], camera: String) -> Finding {
    Finding(
      code: "cameras_in_one_folder", severity: .warning, subject: camera,
      text: "The pictures of camera \(camera) have the same numbers behind different words "
        + "(\(list(prefixes.map { "\($0)..." }))): they look like pictures of several cameras.",
      remedy: "Give each camera a folder of its own, with equal picture names for one instant.")
  }

  static func copied(camera: String, from other: String, same: Int, of shared: Int) -> Finding {
    Finding(
      code: "copied_pictures", severity: .unusable, subject: camera,
      text: "Cameras \(other) and \(camera) show exactly the same corners in \(same) of "
        + "\(shared) frames: they hold the same pictures.",
      remedy: "Put camera \(camera)'s own pictures into its folder.")
  }

  static func partialSession(_ shortfall: String, frames: Int) -> Finding {
    Finding(
      code: "session_partial", severity: .warning,
      text: "The session is partial: \(shortfall). The \(frames) frames that are there are used.",
      remedy: "Nothing needs doing if these frames suffice; otherwise record the session again.")
  }

  /// One finding for each reason; what was never meant to be a picture is not worth a word.
  static func skipped(_ entries: [SkippedEntry]) -> [Finding] {
    var reasons: [SkippedEntry.Reason] = []
    for entry in entries where ![.hidden, .notAPicture].contains(entry.reason) {
      if !reasons.contains(entry.reason) { reasons.append(entry.reason) }
    }
    return reasons.map { reason in
      let paths = entries.filter { $0.reason == reason }.map(\.path)
      return Finding(
        code: "files_left_out", severity: .warning, subject: nil,
        text: "Left out, because it is \(reason.rawValue): \(list(paths)).",
        remedy: "Nothing needs doing if that does not belong to the session; otherwise put each "
          + "camera's pictures into a folder of its own.")
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(named).joined(separator: ", ")
    return names.count > named ? "\(shown) and \(names.count - named) more" : shown
  }

  /// Errors say what is wrong in their first sentence, and what to do in the rest.
  private static func firstSentence(_ text: String) -> String {
    text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
  }

  private static func remainder(_ text: String) -> String {
    text.firstRange(of: ". ").map { String(text[$0.upperBound...]) }
      ?? "Copy or take the picture again."
  }
}
