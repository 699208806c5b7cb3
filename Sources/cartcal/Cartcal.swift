import Glibc
import Measurements
import Procedures

@main
struct Cartcal {
  static var commands: [any Command.Type] {
    [
      SolveCommand.self, WeighCommand.self, DetectCommand.self, BundleCommand.self,
      KeyCommand.self, DevicesCommand.self, CaptureCommand.self, BoardCommand.self,
      RigCommand.self, SimulateCommand.self,
    ]
  }

  static func main() {
    Console.openClosedStreams()
    endOnInterrupt()
    var status = run(CommandLine.arguments.dropFirst())
    if let problem = Console.outputProblem {
      Console.complain(
        "cartcal: standard output cannot be written: \(problem). Choose another place for it.")
      if status == .done || status == .failed { status = .storage }
    }
    exit(status.rawValue)
  }

  /// Runs the command that `words` name; every error a person can meet is printed here.
  static func run(_ words: ArraySlice<String>) -> ExitStatus {
    do {
      try Surroundings.checkWords()
      guard Surroundings.hasRoom else { return .unexpected }
      guard let first = words.first else {
        Console.say(overview)
        return .badInput
      }
      switch first {
      case "--help", "-h":
        Console.say(overview)
        return .done
      case "help":
        guard let name = words.dropFirst().first else {
          Console.say(overview)
          return .done
        }
        return try run(commandNamed: name, [name, "--help"])
      case "--version":
        Console.say("cartcal \(Software.version)")
        return .done
      default:
        return try run(commandNamed: first, words)
      }
    } catch let error as UsageError {
      Console.complain("cartcal: \(error)")
      return .badInput
    } catch let error as ProcedureError {
      Console.complain("cartcal: \(error)")
      return error.exitStatus
    } catch {
      Console.complain(
        "cartcal: unexpected: \(error). Please report this with the command you ran.")
      return .unexpected
    }
  }

  private static func run(
    commandNamed name: String, _ words: ArraySlice<String>
  ) throws -> ExitStatus {
    guard let command = commands.first(where: { $0.name == name }) else {
      throw UsageError.unknownCommand(name, known: commands.map { $0.name })
    }
    return try command.run(words.dropFirst())
  }

  private static var overview: String {
    let rows = commands.map { command in
      "  " + command.name.padded(to: 10) + command.summary
    }
    let lines =
      ["cartcal calibrates the cameras and the scale of shopping carts.", "", "commands:"] + rows
      + [
        "", "cartcal COMMAND --help    what a command does and takes",
        "cartcal --version         the version of this program", "",
        "exit status: 0 done; 1 done, but the verdict is fail or not determined;",
        "2 bad usage or unreadable input, nothing written; 3 a device is missing, busy or",
        "broken; 4 storage; 5 anything unexpected; 130 interrupted.",
      ]
    return lines.joined(separator: "\n")
  }

  /// Interrupting ends at once with status 130. Nothing needs tidying: files appear whole or not at
  /// all, and a store ignores what an ended writer left behind.
  private static func endOnInterrupt() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        // Only what is safe in a signal handler: one write, one exit.
        let words: StaticString = "\ncartcal: interrupted; what was stored before is as it was.\n"
        _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
        _exit(ExitStatus.interrupted.rawValue)
      }
    }
    // A write beyond the limit on file size is then an error with a message, as on a full disk.
    signal(SIGXFSZ, SIG_IGN)
  }
}
