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
      .init(
        "--cart", "SERIAL",
        "Store a bundle under this cart serial, with the cameras that are in force. Without it "
          + "nothing is stored."),
      .init(
        "--store", "DIR",
        "Where bundles are kept. Otherwise CARTCAL_STORE, else /var/lib/cartcal/calibrations "
          + "when installed, else calibrations here."),
    ] + StoreOptions.signing + [
      .init("--json", "FILE", "Write everything found as JSON (cartcal.weigh/1).")
    ],
    notes: [
      "procedure.json says what was done when: steps empty, linearity_up, linearity_down, "
        + "eccentricity, repeatability and creep with their masses and places, and verify, an "
        + "unknown load that is only estimated, from what stands before it.",
      "example: cartcal weigh --recorded session --cart CART-0042",
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
    guard arguments.value("--store") == nil || arguments.value("--cart") != nil else {
      throw UsageError.together(
        "--store needs --cart SERIAL: bundles are stored by cart.", path: arguments.path)
    }
    let outcome = try weigh(
      WeighRequest(
        folder: folder, cart: arguments.value("--cart"), access: StoreOptions.access(arguments),
        jsonFile: arguments.place("--json")))
    for line in WeighPrinter.lines(outcome) { Console.say(line) }
    return outcome.exitStatus
  }
}
