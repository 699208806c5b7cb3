import Capture
import Execution
import Measurements
import Procedures

/// `cartcal capture`: cameras and scale in, a session on disk out.
enum CaptureCommand: PlainCommand {
  static let name = "capture"
  static let summary = "Record the cameras and the scale that are plugged in."

  static let spec = CommandSpec(
    path: "cartcal capture", summary: summary, operand: nil,
    options: [
      .init("--out", "DIR", "The session's folder, which must not exist yet."),
      .init(
        "--rig", "FILE",
        "The cart design (cartcal.rig/1): which camera has which role, and how it is set. Without "
          + "it every camera is recorded as it comes, named cam0, cam1 by port."),
      .init(
        "--board", "WORD",
        "Without a rig: say while recording which cameras see this board, "
          + "checkerboard:COLUMNSxROWS:SQUARE."),
      .init("--cart", "SERIAL", "The cart's serial, which the session then names."),
      .init("--frames", "N", "End after so many frames."),
      .init(
        "--virtual", "SEED",
        "The cameras and the scale of a cart that is not there, with --rig: on a terminal as fast as "
          + "real ones, otherwise as fast as pictures can be drawn."),
      .init("--seconds", "N", "End after so many seconds."),
    ],
    notes: [
      "Pictures are kept as the cameras send them. frames.jsonl in the session says which belong to "
        + "one instant, by their times. A camera that is unplugged or falls silent is waited for: "
        + "the others go on, and the gap is recorded.",
      "Without --frames and --seconds Ctrl-C ends it in good order; with them a session that was "
        + "interrupted says that it is partial.",
      "Ends with status 3 when a camera is missing, busy or may not be used, with 4 when the disk is "
        + "full; what was recorded until then is kept.",
      "example: cartcal capture --out session --seconds 60",
    ])

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    guard let output = try arguments.place("--out") else {
      throw UsageError.missingOption("--out DIR", path: arguments.path)
    }
    let seed = try arguments.integer("--virtual", in: 0...1_000_000_000)
    let rig = try arguments.place("--rig")
    if seed != nil, rig == nil {
      throw UsageError.missingOption("--rig FILE", path: arguments.path)
    }
    let request = try CaptureRequest(
      output: output, rigFile: rig, boardWord: arguments.value("--board"),
      cart: arguments.value("--cart"),
      frames: arguments.integer("--frames", in: 1...1_000_000),
      seconds: arguments.integer("--seconds", in: 1...1_000_000).map(Double.init),
      virtual: seed.map { .init(seed: $0, isWatched: Console.isTerminal) })
    Interruption.note()
    ResourceUse.keepFreedMemory()
    let screen = CaptureScreen(output: output)
    defer { screen.end() }
    let outcome = try record(
      request, isStopped: { Interruption.isAsked || Console.outputProblem != nil },
      shown: { screen.show($0) })
    screen.end()
    for line in CapturePrinter.lines(outcome) { Console.say(line) }
    return switch outcome.reason {
    case .devicesLost: .device
    case .interrupted: .interrupted
    default: .done
    }
  }
}
