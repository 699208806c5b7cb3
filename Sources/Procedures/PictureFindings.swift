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

  init(_ board: CornersDocument.Board) {
    let columns = (board.corners.map(\.column).max() ?? 0) + 1
    let rows = (board.corners.map(\.row).max() ?? 0) + 1
    self.columns = max(columns, rows)
    self.rows = min(columns, rows)
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

  static func skipped(_ entries: [SkippedEntry]) -> [Finding] {
    entries.compactMap { entry in
      switch entry.reason {
      case .hidden, .notAPicture: nil
      case .folderWithoutPictures:
        Finding(
          code: "folder_without_pictures", severity: .warning, subject: nil,
          text: "\(entry.path) was left out: it is a folder without pictures.",
          remedy: "If this is a camera, take its pictures; otherwise move the folder elsewhere.")
      default:
        Finding(
          code: "file_left_out", severity: .note, subject: nil,
          text: "\(entry.path) was left out: it is \(entry.reason.rawValue).",
          remedy: "Nothing needs doing if it does not belong to the session.")
      }
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
