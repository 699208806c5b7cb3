import Boards
import Documents
import Measurements
import Procedures

/// `cartcal board`: calibration boards on paper.
enum BoardCommand: CommandGroup {
  static let name = "board"
  static let summary = "Print a calibration board."

  private static let printSpec = CommandSpec(
    path: "cartcal board print",
    summary: "Write a board true to scale, with a ruler, as PDF or SVG.", operand: nil,
    options: [
      .init(
        "--board", "WORD",
        "charuco:11x8:25mm:18mm:DICT_5X5_100 (squares, marker, dictionary; then :legacy, "
          + ":inverted) or checkerboard:9x6:25mm (inner corners)."),
      .init("--output", "FILE", "The file to write, .pdf or .svg (also -o)."),
      .init(
        "--paper", "SIZE",
        "a4 to a0, letter, legal, tabloid, or WIDTHxHEIGHT in millimetres (default: the smallest "
          + "of a4 to a0 that holds the board). Turned where it fits only so."),
    ],
    notes: [
      "Print at 100 %, without fitting to the page, and measure the ruler: errors of scale are "
        + "errors of every distance. Glue the sheet to something flat: glass, aluminium composite.",
      "Refused are plain boards that look the same after half a turn, and markers with too little "
        + "white around them for OpenCV's detector.",
      "Dictionaries: \(MarkerDictionary.names.joined(separator: ", ")).",
      "example: cartcal board print --board charuco:11x8:25mm:18mm:DICT_5X5_100 -o board.pdf",
    ])

  static var members: [GroupMember] {
    [
      .init(
        printSpec, ("--board WORD -o FILE.pdf|svg", "a board true to scale, with a ruler"),
        action: printSheet)
    ]
  }

  private static func printSheet(_ arguments: Arguments) throws -> ExitStatus {
    guard let word = arguments.value("--board") else {
      throw UsageError.missingOption("--board WORD", path: arguments.path)
    }
    guard let output = try arguments.place("--output") else {
      throw UsageError.missingOption("--output FILE", path: arguments.path)
    }
    let sheet = try printBoard(boardWord: word, paper: arguments.value("--paper"), to: output)
    let board = sheet.board
    func millimetres(_ value: Double) -> String { NumberText.fixed(value, 1) }
    Console.say("board     \(board.word)")
    Console.say(
      "squares   \(board.columns + 1) x \(board.rows + 1), together "
        + "\(millimetres(Double(board.columns + 1) * board.squareSize * 1000)) x "
        + "\(millimetres(Double(board.rows + 1) * board.squareSize * 1000)) mm")
    Console.say(
      "paper     \(sheet.paper.name), \(millimetres(sheet.paper.width)) x "
        + "\(millimetres(sheet.paper.height)) mm; print at 100 % and measure the ruler")
    Console.say("written   \(Console.safe(output))")
    return .done
  }
}
