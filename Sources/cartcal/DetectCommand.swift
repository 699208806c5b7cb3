import BoardDetection
import Documents
import Execution
import Measurements
import Procedures

/// `cartcal detect`: finds boards in pictures and says where their corners are.
enum DetectCommand: PlainCommand {
  static let name = "detect"
  static let summary = "Find a checkerboard in pictures."

  static let spec = CommandSpec(
    path: "cartcal detect", summary: summary,
    operand: .init(
      name: "IMAGE", help: "Picture files: JPEG, PNG, PGM or PPM.", count: 1...100_000),
    options: [
      .init(
        "--board", "WORD",
        "The board, by its inner corners, for example checkerboard:9x6:25mm, or by its squares, "
          + "charuco:11x8:25mm:18mm:DICT_5X5_100."),
      .init("--json", "FILE", "Write everything found as JSON (cartcal.detect/1)."),
      .init("--annotate", "DIR", "Write each picture with its corners drawn in, as PNG, here."),
      .init(
        "--threads", "N", "Threads to work with (default: all processors). Same result for any."),
    ],
    notes: [
      "complete: every inner corner with its identity. anchored: a part of the board, named by its "
        + "markers or by reaching all its sides. unanchored: a consistent part of the board; "
        + "where on the board it lies is unknown. either way round: half a turn of the board gives "
        + "the same picture. sigma px: the standard deviation of a corner, half of them are below. "
        + "Ends with status 1 when no picture has a board.",
      "example: cartcal detect left/*.jpg --board checkerboard:9x6:25mm",
    ])

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    guard let board = arguments.value("--board") else {
      throw UsageError.missingOption("--board WORD", path: arguments.path)
    }
    let progress = ProgressLine()
    defer { progress.end() }
    let outcome = try detect(
      DetectRequest(
        images: arguments.operands, boardWord: board, jsonFile: arguments.place("--json"),
        annotationFolder: arguments.place("--annotate"),
        threads: ThreadCount(try arguments.integer("--threads", in: 1...256)),
        progress: { progress.update("detecting", $0) }))
    progress.end()
    printTable(outcome)
    return outcome.exitStatus
  }

  private static func printTable(_ outcome: DetectOutcome) {
    var table = TextTable([
      ("picture", .left), ("board", .left), ("corners", .right), ("sigma px", .right),
      ("CPU ms", .right), ("", .left),
    ])
    let folder = commonFolder(outcome.order)
    var advice: [(reason: String, text: String)] = []
    for path in outcome.order {
      guard let image = outcome.report.images[path] else { continue }
      let sigmas = image.corners.map(\.sigma).sorted()
      var remarks: [String] = []
      if image.ambiguous { remarks.append("either way round") }
      if let markers = image.boards.first?.markers { remarks.append(Self.words(markers)) }
      if image.boards.count > 1 { remarks.append("\(image.boards.count) boards") }
      if let reason = image.reason, let text = image.reasonText {
        remarks.append(words(reason))
        if !image.status.isNamed, !advice.contains(where: { $0.reason == reason }) {
          advice.append((reason, text))
        }
      }
      table.add([
        Console.safe(String(path.dropFirst(folder.count))), image.status.rawValue,
        "\(image.corners.count)",
        sigmas.isEmpty ? "-" : NumberText.fixed(sigmas[sigmas.count / 2], 3),
        NumberText.fixed(image.cpuMilliseconds, 2), remarks.joined(separator: ", "),
      ])
    }
    if !folder.isEmpty { Console.say("in \(Console.safe(folder))") }
    for line in table.lines { Console.say(line) }
    let statuses = outcome.report.images.values.map(\.status)
    Console.say()
    Console.say(
      "\(NumberText.count(statuses.count, "picture")): "
        + "\(statuses.filter { $0 == .complete }.count) complete, "
        + "\(statuses.filter { $0 == .anchored }.count) anchored, "
        + "\(statuses.filter { $0 == .unanchored }.count) unanchored, "
        + "\(statuses.filter { $0 == .none }.count) without a board")
    for (reason, text) in advice {
      let lines = TextWrap.lines("\(words(reason)), for example: \(text)", indent: 2, width: 96)
      Console.say(lines.joined(separator: "\n"))
    }
    for file in outcome.writtenFiles { Console.say("written: \(Console.safe(file))") }
  }

  /// What markers said, in short.
  private static func words(_ markers: MarkerEvidence) -> String {
    NumberText.count(markers.read, "marker") + (markers.legacy ? ", legacy layout" : "")
      + (markers.inverted ? ", inverted" : "")
  }

  /// A code as words: `part_of_board` is "part of board".
  private static func words(_ code: String) -> String {
    code.split(separator: "_").joined(separator: " ")
  }

  /// The folder, with its last slash, that all paths begin with; empty for a single picture.
  private static func commonFolder(_ paths: [String]) -> String {
    guard paths.count > 1, var common = paths.first else { return "" }
    for path in paths { common = common.commonPrefix(with: path) }
    return common.lastIndex(of: "/").map { String(common[...$0]) } ?? ""
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
