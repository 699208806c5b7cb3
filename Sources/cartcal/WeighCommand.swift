import Measurements
import Procedures
import Weighing

/// `cartcal weigh`: masses on a scale, or a recorded session, in; a scale model, verdicts and
/// unknown loads out.
enum WeighCommand: PlainCommand {
  static let name = "weigh"
  static let summary = "Calibrate the scale from reference masses."

  static let spec = CommandSpec(
    path: "cartcal weigh", summary: summary, operand: nil,
    options: [
      .init(
        "--rig", "FILE",
        "The cart's design: its scale section says class, Max, e, cells and place. Without it "
          + "no verdict is asked."),
      .init(
        "--cart", "SERIAL",
        "Store a bundle under this cart serial, with the cameras that are in force. Without it "
          + "nothing is stored."),
      .init(
        "--full", nil,
        "All tests with prompts: warm-up, up and down, corners, repeats, half an hour of creep."),
      .init(
        "--line", nil,
        "The short sequence of a line, about 90 s: corners, Max, three repeats."),
      .init(
        "--verify", nil,
        "Hold the calibration in force against a few loads; nothing is changed."),
      .init(
        "--masses", "FILE",
        "Registry of reference masses. Otherwise factory/masses.yaml for prompts; for a recorded "
          + "session none."),
      .init(
        "--session", "DIR",
        "Where a weighing with prompts is kept, and continued after a break. Otherwise "
          + "weighing-SERIAL-LENGTH here."),
      .init(
        "--virtual", "SEED",
        "A scale and hands that are not there, faster than real time; its masses are virtual too."),
      .init(
        "--recorded", "DIR",
        "Folder of a recorded session: procedure.json, and scale.csv or sessions.csv."),
      .init(
        "--use-at", "PLACE",
        "Where the cart will weigh, LATITUDE,HEIGHT in degrees and metres, or gravity in m/s^2 as "
          + "measured: the factor there, and whether a new verification is due."),
      .init(
        "--store", "DIR",
        "Where bundles are kept. Otherwise CARTCAL_STORE, else /var/lib/cartcal/calibrations "
          + "when installed, else calibrations here."),
    ] + StoreOptions.signing + [
      .init("--json", "FILE", "Write everything found as JSON (cartcal.weigh/1)."),
      .init(
        "--report", "FILE",
        "Write the certificate page here too. A bundle has it as scale.html; --verify leaves it in "
          + "the folder of the weighing."),
    ],
    notes: [
      "With --full, --line or --verify it asks for one placement at a time, sees on the scale when "
        + "it is on and at rest, and says when another mass or another corner was taken. A "
        + "weighing that was interrupted goes on where it was when the command is given again.",
      "procedure.json says what was done when: steps empty, linearity_up, linearity_down, "
        + "eccentricity, repeatability and creep with their masses and places, and verify, an "
        + "unknown load that is only estimated, from what stands before it.",
      "example: cartcal weigh --rig rigs/virtual-cart4.yaml --cart CART-0042 --line --virtual 1",
      "example: cartcal weigh --recorded session --cart CART-0042",
    ])

  private static let lengths: [(flag: String, length: WeighingPlan.Length)] = [
    ("--full", .full), ("--line", .line), ("--verify", .verify),
  ]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let asked = lengths.filter { arguments.has($0.flag) }
    guard let folder = try arguments.place("--recorded") else {
      guard let length = asked.first?.length, asked.count == 1 else {
        throw UsageError.missingOption(
          "one of --full, --line, --verify, or --recorded DIR", path: arguments.path)
      }
      return try live(arguments, length)
    }
    for option in ["--session", "--virtual"] where arguments.value(option) != nil {
      throw UsageError.together("\(option) goes without --recorded.", path: arguments.path)
    }
    if let flag = asked.first?.flag {
      throw UsageError.together("\(flag) goes without --recorded.", path: arguments.path)
    }
    guard arguments.value("--store") == nil || arguments.value("--cart") != nil else {
      throw UsageError.together(
        "--store needs --cart SERIAL: bundles are stored by cart.", path: arguments.path)
    }
    let outcome = try weigh(
      WeighRequest(
        folder: folder, rig: arguments.place("--rig"), masses: arguments.place("--masses"),
        use: arguments.value("--use-at"), cart: arguments.value("--cart"),
        access: StoreOptions.access(arguments), jsonFile: arguments.place("--json"),
        reportFile: arguments.place("--report")))
    for line in WeighPrinter.lines(outcome) { Console.say(line) }
    return outcome.exitStatus
  }

  private static func live(
    _ arguments: Arguments, _ length: WeighingPlan.Length
  ) throws -> ExitStatus {
    guard let rig = try arguments.place("--rig") else {
      throw UsageError.missingOption("--rig FILE", path: arguments.path)
    }
    guard let cart = arguments.value("--cart") else {
      throw UsageError.missingOption("--cart SERIAL", path: arguments.path)
    }
    let seed = try arguments.integer("--virtual", in: 0...1_000_000_000)
    let masses = try arguments.place("--masses")
    let request = try LiveWeighRequest(
      rig: rig, length: length, masses: masses ?? (seed == nil ? "factory/masses.yaml" : nil),
      registry: seed == nil ? nil : virtualMasses(), use: arguments.value("--use-at"), cart: cart,
      access: StoreOptions.access(arguments), session: arguments.place("--session"),
      jsonFile: arguments.place("--json"), reportFile: arguments.place("--report"))
    Interruption.note()
    let screen = WeighScreen(placements: request.placements)
    let outcome: WeighOutcome?
    if let seed {
      let hands = VirtualHands(seed: UInt64(seed), spec: request.scale)
      outcome = try weighLive(
        request, scale: hands.scale, tilt: { hands.scale.tilt },
        isStopped: { Interruption.isAsked }, say: screen.show, asked: hands.act)
    } else {
      outcome = try weighLive(
        request, scale: openLoadCells(request), isStopped: { Interruption.isAsked },
        say: screen.show)
    }
    guard let outcome else {
      Console.say("interrupted; the same command goes on from here")
      return .interrupted
    }
    for line in WeighPrinter.lines(outcome) { Console.say(line) }
    return outcome.exitStatus
  }
}
