import Bundles
import Documents
import Measurements
import Procedures

/// `cartcal bundle`: the stored calibrations.
enum BundleCommand: CommandGroup {
  static let name = "bundle"
  static let summary = "List and show stored calibrations."

  private static let listSpec = CommandSpec(
    path: "cartcal bundle list", summary: "List the carts of a store and their revisions.",
    operand: nil, options: StoreOptions.reading, notes: [])

  private static let showSpec = CommandSpec(
    path: "cartcal bundle show", summary: "Check a bundle's files and show what it says.",
    operand: .init(name: "SERIAL", help: "The cart.", count: 1...1),
    options: StoreOptions.reading + [revisionOption], notes: [])

  private static let revisionOption = CommandSpec.Option(
    "--revision", "N", "This revision instead of the one in force.")

  private static let verifySpec = CommandSpec(
    path: "cartcal bundle verify",
    summary: "Check a bundle's signature and all its files, and say who signed.",
    operand: .init(name: "SERIAL", help: "The cart.", count: 1...1),
    options: StoreOptions.reading + [revisionOption], notes: [])

  private static let activateSpec = CommandSpec(
    path: "cartcal bundle activate",
    summary: "Put a stored revision in force, once it was checked.",
    operand: .init(name: "SERIAL", help: "The cart.", count: 1...1),
    options: StoreOptions.reading + [
      .init("--revision", "N", "The revision. Needed.")
    ],
    notes: ["The switch is written down in history.jsonl in the cart's folder."])

  private static let rollbackSpec = CommandSpec(
    path: "cartcal bundle rollback",
    summary: "Put the newest good revision before the one in force in force.",
    operand: .init(name: "SERIAL", help: "The cart.", count: 1...1),
    options: StoreOptions.reading,
    notes: ["The switch is written down in history.jsonl in the cart's folder."])

  private static let reportSpec = CommandSpec(
    path: "cartcal bundle report",
    summary: "Draw a bundle's report again, from the bundle and its evidence.",
    operand: .init(name: "SERIAL", help: "The cart.", count: 1...1),
    options: StoreOptions.reading + [
      revisionOption,
      .init(
        "--output", "FILE",
        "Where to write it (also -o; default: SERIAL-REVISION.html in this folder)."),
    ],
    notes: [
      "A bundle never changes, so the report is written beside it, not into it. What evidence "
        + "is no longer there is left out of the report, which says so."
    ])

  private static let exportSpec = CommandSpec(
    path: "cartcal bundle export", summary: "Write a bundle's cameras for other tools.",
    operand: .init(name: "SERIAL", help: "The cart.", count: 1...1),
    options: StoreOptions.reading + [
      revisionOption,
      .init(
        "--format", "FORMAT", ExportFormat.allCases.map(\.rawValue).joined(separator: ", ") + "."),
      .init("--out", "DIR", "The folder to make. Needed."),
      .init("--cameras", "ROLE,...", "These cameras only."),
      .init(
        "--maps", "npy|raw",
        "Maps that take the distortion out of pictures, float32, as OpenCV's remap takes them."),
      .init(
        "--rectify", "LEFT,RIGHT",
        "Maps for two cameras side by side, after which rows of their pictures belong together."),
    ],
    notes: [
      "A lens that a format cannot say exactly is refused with the reason, never bent to fit. ros "
        + "carries no places and urdf no lenses. Places are in the cart where they are known "
        + "there, else relative to the reference camera.",
      "example: cartcal bundle export CART-0042 --format ros --out ros",
    ])

  private static let diffSpec = CommandSpec(
    path: "cartcal bundle diff",
    summary: "Hold two calibrations beside each other, and beside their uncertainties.",
    operand: .init(
      name: "A B",
      help: "Two bundles: a cart (its bundle in force), CART/REVISION, or a revision's folder.",
      count: 2...2),
    options: StoreOptions.reading + [
      .init("--json", "FILE", "Write everything found as JSON (cartcal.bundle-diff/1)."),
      .init("--page", "FILE", "Draw it as one HTML file."),
    ],
    notes: [
      "exit status: 0 the same; 1 something differs by more than both are uncertain by, and than "
        + "matters.",
      "example: cartcal bundle diff CART-0042/1 CART-0042 --page diff.html",
    ])

  private static let receiveSpec = CommandSpec(
    path: "cartcal bundle receive",
    summary: "Take a bundle from elsewhere into the store, once it was checked.",
    operand: .init(
      name: "PLACE", help: "The folder of a revision, or an archive of one (tar, zip, 7z).",
      count: 1...1),
    options: StoreOptions.reading + [
      .init("--activate", nil, "Put it in force.")
    ],
    notes: [
      "Links are not followed, and nothing is written that the bundle's own sums do not list. A "
        + "revision that is there already is never replaced."
    ])

  private static let pruneSpec = CommandSpec(
    path: "cartcal bundle prune",
    summary: "Remove evidence and pages of older revisions to save space.",
    operand: .init(name: "SERIAL", help: "The cart; all carts without it.", count: 0...1),
    options: StoreOptions.reading + [
      .init("--keep", "N", "Spare the newest N revisions of each cart (default 3)."),
      .init("--dry-run", nil, "Only say what would be removed."),
    ],
    notes: [
      "Calibrations, sums and signatures stay, and what a repair needs; so do the revision in force "
        + "and the first one altogether."
    ])

  private static let auditSpec = CommandSpec(
    path: "cartcal bundle audit", summary: "Check all that a store holds.",
    operand: .init(
      name: "STORE", help: "The store (otherwise as for cartcal solve).", count: 0...1),
    options: StoreOptions.reading + [
      .init(
        "--since", "DAY", "Hold masses to their dates for scales calibrated since, as 2026-11-20."),
      .init("--json", "FILE", "Write everything found as JSON (cartcal.audit/1)."),
    ],
    notes: [
      "Every file and signature, the chain of revisions, gaps, an older state put back (where "
        + "CARTCAL_SEEN or /var/lib/cartcal keeps what was seen), masses out of date.",
      "exit status: 0 all is well; 1 only masses are not; 4 something is missing, changed or not "
        + "signed.",
    ])

  static var members: [GroupMember] {
    [
      .init(listSpec, ("", "the carts of a store and their revisions"), action: list),
      .init(showSpec, ("SERIAL", "one bundle, its files checked"), action: show),
      .init(reportSpec, ("SERIAL", "its report as one HTML file, drawn again"), action: report),
      .init(exportSpec, ("SERIAL --out DIR", "its cameras for other tools"), action: export),
      .init(diffSpec, ("A B", "two of them beside each other"), action: diff),
      .init(receiveSpec, ("PLACE", "one from elsewhere taken into the store"), action: receive),
      .init(pruneSpec, ("[SERIAL]", "evidence of older revisions removed"), action: prune),
      .init(auditSpec, ("[STORE]", "all that a store holds checked"), action: audit),
      .init(verifySpec, ("SERIAL", "its signature and all its files checked"), action: verify),
      .init(activateSpec, ("SERIAL", "another revision put in force"), action: activate),
      .init(rollbackSpec, ("SERIAL", "the good revision before put in force"), action: rollback),
    ]
  }

  private static func list(_ arguments: Arguments) throws -> ExitStatus {
    let listing = try listBundles(StoreOptions.access(arguments))
    guard !listing.carts.isEmpty else {
      Console.say("\(Console.safe(listing.store)) holds no calibration.")
      return .done
    }
    var table = TextTable([
      ("cart", .left), ("revisions", .right), ("current", .right), ("created", .left),
      ("cameras", .right), ("rms px", .right), ("verdict", .left), ("scale", .left),
    ])
    for cart in listing.carts {
      let current = cart.current
      table.add([
        cart.name, "\(cart.revisions.count)",
        current.map { "\($0.revision)" } ?? (cart.isDamaged ? "damaged" : "none"),
        current.map { "\($0.created)" } ?? "-", current.map { "\($0.cameras.count)" } ?? "-",
        NumberText.fixed(current?.rmsPixels, 3),
        current.flatMap { $0.cameras.isEmpty ? nil : VerdictText.word($0.verdict) } ?? "-",
        current.map { $0.scale.map { VerdictText.word($0.verdict) } ?? "none" } ?? "-",
      ])
    }
    for line in table.lines { Console.say(line) }
    for cart in listing.carts {
      guard let missing = cart.missing.first else { continue }
      let others = cart.missing.count > 1 ? " and \(cart.missing.count - 1) more" : ""
      Console.say(
        "\(Console.safe(cart.name)): \(Console.safe(missing))\(others) pruned; the calibration is "
          + "whole.")
    }
    for problem in listing.problems { Console.complain("cartcal: \(problem)") }
    return listing.problems.isEmpty ? .done : .storage
  }

  private static func show(_ arguments: Arguments) throws -> ExitStatus {
    let stored = try showBundle(
      cart: arguments.operands[0],
      revision: revision(arguments), StoreOptions.access(arguments))
    for line in BundlePrinter.lines(stored) { Console.say(line) }
    return .done
  }

  private static func report(_ arguments: Arguments) throws -> ExitStatus {
    let report = try reportBundle(
      cart: arguments.operands[0],
      revision: revision(arguments), StoreOptions.access(arguments),
      output: arguments.place("--output"))
    for path in report.missing {
      Console.complain(
        "cartcal: \(Console.safe(path)) is no longer in \(Console.safe(report.bundle.folder)): "
          + "what rests on it is left out of the report.")
    }
    Console.say("written   \(Console.safe(report.file))")
    return .done
  }

  private static func export(_ arguments: Arguments) throws -> ExitStatus {
    guard let folder = try arguments.place("--out") else {
      throw UsageError.missingOption("--out DIR", path: arguments.path)
    }
    let format = try arguments.choice("--format", of: ExportFormat.self)
    let maps = try arguments.choice("--maps", of: MapFormat.self)
    let pair = try arguments.names("--rectify")
    guard pair == nil || pair?.count == 2 else {
      throw UsageError.badValue(
        option: "--rectify", value: arguments.value("--rectify") ?? "",
        expected: "two cameras, LEFT,RIGHT", path: arguments.path)
    }
    guard format != nil || maps != nil || pair != nil else {
      throw UsageError.missingOption("--format, --maps or --rectify", path: arguments.path)
    }
    let exported = try exportBundle(
      ExportRequest(
        cart: arguments.operands[0], revision: revision(arguments), format: format,
        cameras: arguments.names("--cameras"), maps: maps,
        rectified: pair.map { ($0[0], $0[1]) }, folder: folder),
      StoreOptions.access(arguments))
    for file in exported.files { Console.say("written   \(Console.safe(file))") }
    return .done
  }

  private static func diff(_ arguments: Arguments) throws -> ExitStatus {
    let comparison = try compareBundles(
      arguments.operands[0], arguments.operands[1], StoreOptions.access(arguments),
      jsonFile: arguments.place("--json"), pageFile: arguments.place("--page"))
    for line in DifferencePrinter.lines(comparison.difference) { Console.say(line) }
    for file in comparison.writtenFiles { Console.say("written   \(Console.safe(file))") }
    return comparison.difference.isSame ? .done : .failed
  }

  private static func receive(_ arguments: Arguments) throws -> ExitStatus {
    let received = try receiveBundle(
      arguments.operands[0], StoreOptions.access(arguments),
      activates: arguments.has("--activate"))
    let stored = received.stored
    Console.say(
      "\(Console.safe(stored.bundle.cartSerial)): revision \(stored.bundle.revision) is "
        + (received.isNew ? "in \(Console.safe(stored.folder)) now" : "there already")
        + (stored.isCurrent ? ", in force" : ", not in force"))
    return .done
  }

  private static func prune(_ arguments: Arguments) throws -> ExitStatus {
    let isTrial = arguments.has("--dry-run")
    let carts = try pruneBundles(
      cart: arguments.operands.first,
      keeping: try arguments.integer("--keep", in: 1...1_000_000) ?? 3, isTrial: isTrial,
      StoreOptions.access(arguments))
    var bytes = 0
    for (cart, pruned) in carts {
      for revision in pruned {
        bytes += revision.bytes
        Console.say(
          "\(Console.safe(cart)): revision \(revision.revision), "
            + "\(NumberText.count(revision.files.count, "file")), \(revision.bytes) bytes")
      }
    }
    Console.say("\(isTrial ? "would free" : "freed") \(bytes) bytes; every calibration is whole")
    return .done
  }

  private static func audit(_ arguments: Arguments) throws -> ExitStatus {
    var since: UTCTime?
    if let day = arguments.value("--since") {
      guard let time = UTCTime(day + "T00:00:00Z") else {
        throw UsageError.badValue(
          option: "--since", value: day, expected: "a day, as 2026-11-20", path: arguments.path)
      }
      since = time
    }
    let json = try arguments.place("--json")
    let report = try auditStore(
      StoreOptions.access(arguments, store: arguments.operands.first), since: since,
      jsonFile: json)
    for line in AuditPrinter.lines(report) { Console.say(line) }
    if let json { Console.say("written   \(Console.safe(json))") }
    return report.exitStatus
  }

  private static func verify(_ arguments: Arguments) throws -> ExitStatus {
    let stored = try showBundle(
      cart: arguments.operands[0], revision: revision(arguments), StoreOptions.access(arguments))
    for line in BundlePrinter.verification(stored) { Console.say(line) }
    return .done
  }

  private static func activate(_ arguments: Arguments) throws -> ExitStatus {
    guard let revision = try revision(arguments) else {
      throw UsageError.missingOption("--revision N", path: arguments.path)
    }
    let outcome = try activateBundle(
      cart: arguments.operands[0], revision: revision, StoreOptions.access(arguments))
    Console.say(BundlePrinter.activation(outcome.stored, before: outcome.before))
    return .done
  }

  private static func rollback(_ arguments: Arguments) throws -> ExitStatus {
    let outcome = try rollBackBundle(
      cart: arguments.operands[0], StoreOptions.access(arguments))
    Console.say(BundlePrinter.activation(outcome.stored, before: outcome.before))
    return .done
  }

  private static func revision(_ arguments: Arguments) throws -> Int? {
    try arguments.integer("--revision", in: 1...999_999_999)
  }
}
