import Documents
import Measurements
import Procedures
import Rigs

/// `cartcal rig`: cart designs.
enum RigCommand: CommandGroup {
  static let name = "rig"
  static let summary = "Check a cart design, or make one."

  private static let checkSpec = CommandSpec(
    path: "cartcal rig check", summary: "Read a rig file and say what its cameras can see.",
    operand: .init(name: "FILE", help: "A rig (cartcal.rig/1).", count: 1...1), options: [],
    notes: [
      "What cameras see is worked out from nominal poses and focal lengths, without distortion: "
        + "sees counts places in the basket, of 75, where a board that faces the camera is seen "
        + "whole. Ends with status 1 when the design cannot work, with 2 when the file cannot be "
        + "read.",
      "example: cartcal rig check rigs/virtual-cart6.yaml",
    ])

  private static let newSpec = CommandSpec(
    path: "cartcal rig new",
    summary: "Make a rig file of the cameras that are plugged in, or from the plain form of a rig.",
    operand: nil,
    options: [
      .init(
        "--board", "WORD",
        "Make it of the cameras that are plugged in, for this board: "
          + "checkerboard:COLUMNSxROWS:SQUARE, or charuco:..."),
      .init(
        "--from", "FILE",
        "A rig in the plain form (JSON): matrix poses, kinds of lenses, datum frames by number."),
      .init("--output", "FILE", "The rig file to write (also -o)."),
      .init("--name", "NAME", "The rig's name (default: that of the file written)."),
    ],
    notes: [
      "The plain form says nothing of tolerances and of the datum's uncertainty: the file written "
        + "takes 30 mm and 6 degrees, and the datum as exact to 0.001 mm and 0.0002 degrees. "
        + "Change them in the file to what your carts and your fixture are made to.",
      "Of what is plugged in, kinds of lenses and places are not known: name the roles in the file "
        + "and write cart_from_camera and tolerance as your carts are made.",
      "example: cartcal rig new --board checkerboard:9x6:25mm --output my-cart.yaml",
    ])

  static var members: [GroupMember] {
    [
      .init(
        checkSpec, ("FILE", "what a design sees, and what is wrong with it"), action: check),
      .init(
        newSpec, ("--board WORD -o FILE", "a rig file of the cameras that are plugged in"),
        ("--from rig.json -o FILE", "a rig file from the plain form of a rig"), action: new),
    ]
  }

  private static func check(_ arguments: Arguments) throws -> ExitStatus {
    let checked = try checkRig(file: arguments.operands[0])
    for line in RigPrinter.lines(checked) { Console.say(line) }
    return checked.checkup.verdict.exitStatus
  }

  private static func new(_ arguments: Arguments) throws -> ExitStatus {
    guard let output = try arguments.place("--output") else {
      throw UsageError.missingOption("--output FILE", path: arguments.path)
    }
    let name = arguments.value("--name")
    let checked: CheckedRig
    switch (try arguments.place("--from"), arguments.value("--board")) {
    case (let source?, nil): checked = try importRig(from: source, to: output, name: name)
    case (nil, let board?): checked = try newRig(boardWord: board, to: output, name: name)
    default:
      throw UsageError.together(
        "Say either --board WORD, for what is plugged in, or --from FILE.", path: arguments.path)
    }
    for line in RigPrinter.lines(checked) { Console.say(line) }
    Console.say("written   \(Console.safe(output))")
    return .done
  }
}
