import Glibc
import Measurements
import Procedures

@main
struct Cartcal {
  static var commands: [any Command.Type] {
    [SolveCommand.self, DetectCommand.self, BundleCommand.self]
  }

  static func main() {
    endOnInterrupt()
    let status = run(CommandLine.arguments.dropFirst())
    exit(status.rawValue)
  }

  /// Runs the command that `words` name; every error a person can meet is printed here.
  static func run(_ words: ArraySlice<String>) -> ExitStatus {
    do {
      guard let first = words.first else {
        Console.say(overview)
        return .badInput
      }
      switch first {
      case "--help", "-h", "help":
        Console.say(overview)
        return .done
      case "--version":
        Console.say("cartcal \(Software.version)")
        return .done
      default:
        guard let command = commands.first(where: { $0.name == first }) else {
          throw UsageError.unknownCommand(
            Console.safe(first), known: commands.map { $0.name })
        }
        return try command.run(words.dropFirst())
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

  private static var overview: String {
    let rows = commands.map { command in
      "  " + command.name.padded(to: 10) + command.summary
    }
    let lines =
      ["cartcal calibrates the cameras of shopping carts.", "", "commands:"] + rows + [
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
      signal(number) { _ in _exit(ExitStatus.interrupted.rawValue) }
    }
    // A write beyond the limit on file size is then an error with a message, as on a full disk.
    signal(SIGXFSZ, SIG_IGN)
  }
}

/// A subcommand: parses its words, calls a procedure, prints what came of it.
protocol Command {
  static var name: String { get }
  static var summary: String { get }
  static func run(_ words: ArraySlice<String>) throws -> ExitStatus
}
