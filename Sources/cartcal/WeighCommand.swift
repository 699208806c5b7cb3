import Measurements
import Procedures

/// `cartcal weigh`: a weighing session in; a scale model, verdicts and unknown loads out.
enum WeighCommand: Command {
  static let name = "weigh"
  static let summary = "Calibrate the scale from reference masses."

  static let spec = CommandSpec(
    path: "cartcal weigh", summary: summary, operand: nil,
    options: [
      .init(
        "--recorded", "DIR",
        "Folder of a recorded session: procedure.json, and scale.csv or sessions.csv."),
      .init("--json", "FILE", "Write everything found as JSON (cartcal.weigh/1)."),
    ],
    notes: [
      "procedure.json says what was done when: steps empty, linearity_up, linearity_down, "
        + "eccentricity, repeatability and creep with their masses and places, and verify, an "
        + "unknown load that is only estimated, from what stands before it.",
      "example: cartcal weigh --recorded session --json weigh.json",
    ])

  static func run(_ words: ArraySlice<String>) throws -> ExitStatus {
    let arguments = try Arguments(words, spec: spec)
    if arguments.has("--help") {
      Console.say(spec.help)
      return .done
    }
    guard let folder = try arguments.place("--recorded") else {
      throw UsageError.missingOption("--recorded DIR", path: arguments.path)
    }
    let outcome = try weigh(
      WeighRequest(
        folder: folder, cart: nil, store: nil, jsonFile: arguments.place("--json")))
    for line in WeighPrinter.lines(outcome) { Console.say(line) }
    return outcome.exitStatus
  }
}
