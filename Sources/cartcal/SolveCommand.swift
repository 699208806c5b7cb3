import Boards
import Execution
import LensModels
import Measurements
import Procedures

/// `cartcal solve`: pictures or corners in; lenses, poses and a bundle out.
enum SolveCommand: PlainCommand {
  static let name = "solve"
  static let summary = "Calibrate cameras from pictures of a checkerboard."

  static let spec = CommandSpec(
    path: "cartcal solve", summary: summary,
    operand: .init(
      name: "SESSION",
      help: "Folder with one folder of pictures for each camera; files of equal name (without the "
        + "extension) were taken at the same instant. May be left out with --corners of cartcal's "
        + "own form.",
      count: 0...1),
    options: [
      .init(
        "--board", "WORD",
        "The board, by its inner corners: checkerboard:COLUMNSxROWS:SQUARE, for example "
          + "checkerboard:9x6:25mm. Needed unless a rig or a corners file names it."),
      .init(
        "--rig", "FILE",
        "The cart design (cartcal.rig/1): board, cameras by role with their lenses and nominal "
          + "places, datum. Poses are then given in the cart too. See cartcal rig --help."),
      .init(
        "--lens", "MODEL",
        "auto (default without a rig; for each camera the model that explains its corners best for "
          + "its number of parameters), "
          + LensKind.allCases.map(\.rawValue).joined(separator: ", ")
          + "; or by camera: left=opencv5,right=auto."),
      .init(
        "--cart", "SERIAL",
        "Store a bundle under this cart serial. Without it nothing is stored, but for --from."),
      .init(
        "--from", "BUNDLE",
        "Repair: hold all cameras but those of --replace at what this bundle knows of them, with its "
          + "uncertainty, and name any that moved. A cart (its bundle in force), CART/REVISION, "
          + "or a revision's folder; stored as the cart's next revision."),
      .init(
        "--replace", "ROLES",
        "With --from: the cameras that were replaced, as left,right. Only they need pictures enough "
          + "for a lens; show the board also where they and others see it together."),
      .init(
        "--store", "DIR",
        "Where bundles are kept. Otherwise CARTCAL_STORE, else /var/lib/cartcal/calibrations "
          + "when installed, else calibrations here."),
    ] + StoreOptions.signing + [
      .init("--json", "FILE", "Write everything found as JSON (cartcal.solve/1)."),
      .init(
        "--corners", "FILE",
        "Solve these corners instead of detecting: cartcal.corners/1, or the plain form "
          + "{camera: {image: [[x, y], ...]}} with picture sizes from SESSION."),
      .init("--save-corners", "FILE", "Write the corners (cartcal.corners/1)."),
      .init("--no-rejection", nil, "Keep every corner, however far off."),
      .init("--no-warp", nil, "Take the board as flat."),
      .init(
        "--threads", "N", "Threads to work with (default: all processors). Same result for any."),
      .init("--details", nil, "Print tables of lenses and places, and every finding in full."),
      .init("--timing", nil, "Print CPU time by stage, and memory."),
    ],
    notes: [
      "example: cartcal solve pictures --board checkerboard:9x6:25mm --cart CART-0042",
      "repair:  cartcal solve pictures --from CART-0042 --replace front_left",
    ])

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let progress = ProgressLine()
    let request = try request(arguments, progress)
    defer { progress.end() }
    let outcome = try solve(request)
    progress.end()
    SolvePrinter.print(
      outcome, details: arguments.has("--details"), timing: arguments.has("--timing"))
    return outcome.exitStatus
  }

  private static func request(
    _ arguments: Arguments, _ progress: ProgressLine
  ) throws -> SolveRequest {
    guard arguments.operands.first != nil || arguments.value("--corners") != nil else {
      throw UsageError.operandCount(name: "SESSION", path: arguments.path, given: 0)
    }
    guard (arguments.value("--from") == nil) == (arguments.value("--replace") == nil) else {
      throw UsageError.together(
        "--from BUNDLE and --replace ROLES go together: what is held on to, and what is not.",
        path: arguments.path)
    }
    guard
      arguments.value("--store") == nil || arguments.value("--cart") != nil
        || arguments.value("--from") != nil
    else {
      throw UsageError.together(
        "--store needs --cart SERIAL: bundles are stored by cart.", path: arguments.path)
    }
    return try SolveRequest(
      session: arguments.operands.first,
      boardWord: arguments.value("--board"),
      rigFile: arguments.place("--rig"),
      lensWord: arguments.value("--lens"),
      cart: arguments.value("--cart"),
      repairedBundle: arguments.place("--from"),
      replacedRoles: arguments.names("--replace") ?? [],
      access: StoreOptions.access(arguments),
      jsonFile: arguments.place("--json"),
      cornersFile: arguments.place("--corners"),
      savedCornersFile: arguments.place("--save-corners"),
      rejectsOutliers: !arguments.has("--no-rejection"),
      solvesBoardWarp: !arguments.has("--no-warp"),
      threads: ThreadCount(try arguments.integer("--threads", in: 1...256)),
      progress: { stage, fraction in progress.update(words(for: stage), fraction) })
  }

  /// A stage of the solver in plain words.
  private static func words(for stage: String) -> String {
    switch stage {
    case "start": "finding lenses and places"
    case "lens_choice": "choosing lens models"
    case "solve": "solving all cameras together"
    case "validate": "trying frames held out"
    default: stage
    }
  }
}
