import Documents
import Procedures

import enum Measurements.ExitStatus

/// `cartcal devices`: what is plugged in, and whether it can be used.
enum DevicesCommand: PlainCommand {
  static let name = "devices"
  static let summary = "List the cameras and scales that are plugged in."

  static let spec = CommandSpec(
    path: "cartcal devices", summary: summary, operand: nil,
    options: [
      .init(
        "--rig", "FILE",
        "Say which camera plays which role of this cart design (cartcal.rig/1), and what is "
          + "missing, doubled, swapped or in the wrong port."),
      .init("--json", nil, "Print everything found as JSON (cartcal.devices/1) instead."),
      .init("--watch", nil, "Go on, and tell of what is plugged and unplugged."),
    ],
    notes: [
      "known by: how a device is told from others of its kind. serial: its serial number, so it may "
        + "change its port. port: it has no serial number of its own, so it must stay in this one.",
      "A serial line may have a scale at its end or something else; nothing is sent to it here.",
      "Ends with status 3 when nothing is found, or something found cannot be used; with a rig, when "
        + "a role has no camera that can be used in its place.",
    ])

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let asJSON = arguments.has("--json")
    let rig = try arguments.place("--rig")
    guard arguments.has("--watch") else {
      let outcome = try listDevices(rigFile: rig)
      try show(outcome, asJSON: asJSON)
      return outcome.exitStatus
    }
    var isFirst = true
    var problem: (any Error)?
    try watchDevices(rigFile: rig) { outcome, changes in
      do {
        if isFirst || asJSON {
          try show(outcome, asJSON: asJSON)
          if !asJSON { Console.say("watching; stop with Ctrl-C") }
        } else {
          let now = UTCTime.now
          for change in changes { Console.say("\(now)  \(DevicesPrinter.line(change))") }
          for line in DevicesPrinter.roleProblems(outcome) { Console.say("\(now)  \(line)") }
        }
      } catch { problem = error }
      isFirst = false
      return problem == nil && Console.outputProblem == nil
    }
    if let problem { throw problem }
    return .done
  }

  private static func show(_ outcome: DevicesOutcome, asJSON: Bool) throws {
    guard asJSON else {
      for line in DevicesPrinter.lines(outcome) { Console.say(line) }
      return
    }
    let bytes = try JSONDocument.encode(outcome.report)
    Console.say(String(decoding: bytes.dropLast(), as: UTF8.self))
  }
}
