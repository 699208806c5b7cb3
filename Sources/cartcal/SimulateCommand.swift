import Documents
import Execution
import Measurements
import Procedures
import Simulation

/// `cartcal simulate`: captures of a virtual cart, and results held against their truth.
enum SimulateCommand: CommandGroup {
  static let name = "simulate"
  static let summary = "Make pictures of a virtual cart, or hold a result against their truth."

  private static let sessionSpec = CommandSpec(
    path: "cartcal simulate session",
    summary: "Make a session of a virtual cart, with its truth.",
    operand: nil,
    options: [
      .init("--rig", "FILE", "The cart design (cartcal.rig/1)."),
      .init("--out", "DIR", "The session folder to make; nothing may be there."),
      .init(
        "--disturb", "clean|line|hard",
        "clean: a flat board, good light, PNG. line: a bent board, more noise, JPEG 85 (default). "
          + "hard: bad light, blur, motion, hands, glare, boards cut by the picture, pictures "
          + "without a board."),
      .init("--seed", "N", "Which cart and capture (default 1): a number from 0."),
      .init("--frames", "N", "Frames with a board (default 30, 60 and 44)."),
      .init(
        "--replace", "ROLE",
        "The same cart with another unit mounted as this camera, and boards shown anew."),
      .init(
        "--clocks", "MS", "Clocks of the cameras are off by up to this (default 0)."),
      .init("--threads", "N", "How many processors to use (default: all)."),
    ],
    notes: [
      "Every unit is off its design as manufacturing is: lens, place and direction within the "
        + "rig's tolerances. Cart and cameras depend on the seed alone, whatever the disturbance. "
        + "truth.json holds what is true of everything: lenses, poses, corners, bend, and the "
        + "least error with which each corner can be found (cartcal.truth/1).",
      "example: cartcal simulate session --rig rigs/virtual-cart6.yaml --seed 7 --out session",
    ])

  private static let compareSpec = CommandSpec(
    path: "cartcal simulate compare",
    summary: "Hold the JSON of a solve, or a bundle, against a simulation's truth.",
    operand: .init(name: "TRUTH RESULT", help: "truth.json, and what is held to it.", count: 2...2),
    options: [.init("--json", "FILE", "Write the numbers as JSON (cartcal.comparison/1).")],
    notes: [
      "intr: the lens, as a difference of projections after the best common rotation, inside the "
        + "region covered by corners and over the whole picture. rot, trans: relative poses of all "
        + "pairs of cameras. eff: the same after giving back the rotation that a lens can absorb. "
        + "basket: triangulated points. cart: poses in the cart, where the result has them.",
      "TRUTH may also be of the plain form that simulated sets carry.",
      "example: cartcal simulate compare session/truth.json solve.json",
    ])

  static var members: [GroupMember] {
    [
      .init(
        sessionSpec, ("--rig FILE --out DIR", "pictures of a virtual cart"), action: session),
      .init(compareSpec, ("TRUTH RESULT", "the errors of a result"), action: compare),
    ]
  }

  private static func session(_ arguments: Arguments) throws -> ExitStatus {
    guard let rig = try arguments.place("--rig") else {
      throw UsageError.missingOption("--rig FILE", path: arguments.path)
    }
    guard let folder = try arguments.place("--out") else {
      throw UsageError.missingOption("--out DIR", path: arguments.path)
    }
    let disturbance = try arguments.choice("--disturb", of: Disturbance.self) ?? .line
    let progress = ProgressLine()
    defer { progress.end() }
    let made = try simulateSession(
      SimulateRequest(
        rigFile: rig, disturbance: disturbance,
        seed: arguments.integer("--seed", in: 0...Int.max) ?? 1,
        frames: arguments.integer("--frames", in: 1...1000),
        replaced: arguments.value("--replace"),
        clockOffset: Double(arguments.integer("--clocks", in: 0...1000) ?? 0) / 1000,
        folder: folder, threads: ThreadCount(arguments.integer("--threads", in: 1...256)),
        progress: { progress.update($0, $1) }))
    progress.end()
    for line in SimulatePrinter.lines(made, folder: folder) { Console.say(line) }
    return .done
  }

  private static func compare(_ arguments: Arguments) throws -> ExitStatus {
    let comparison = try compareToTruth(
      truthFile: arguments.operands[0], resultFile: arguments.operands[1],
      jsonFile: arguments.place("--json"))
    for line in SimulatePrinter.lines(comparison) { Console.say(line) }
    return .done
  }
}
