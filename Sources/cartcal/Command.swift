import Measurements

/// A command of the program: parses its words, calls a procedure, prints what came of it.
protocol Command {
  static var name: String { get }
  static var summary: String { get }
  static func run(_ words: ArraySlice<String>) throws -> ExitStatus
}

/// A command that does one thing.
protocol PlainCommand: Command {
  static var spec: CommandSpec { get }
  static func run(_ arguments: Arguments) throws -> ExitStatus
}

extension PlainCommand {
  static func run(_ words: ArraySlice<String>) throws -> ExitStatus {
    try spec.run(words, run)
  }
}

/// A command that is a family of commands, such as `cartcal bundle`.
protocol CommandGroup: Command {
  static var members: [GroupMember] { get }
}

/// One of a family: its spec, what it does, and how the family's overview shows it.
struct GroupMember {
  let spec: CommandSpec
  /// What is typed after the name, and what that does; one row each.
  let rows: [(words: String, purpose: String)]
  let action: (Arguments) throws -> ExitStatus

  init(
    _ spec: CommandSpec, _ rows: (words: String, purpose: String)...,
    action: @escaping (Arguments) throws -> ExitStatus
  ) {
    self.spec = spec
    self.rows = rows
    self.action = action
  }

  /// The last word of its path.
  var name: String { spec.path.split(separator: " ").last.map(String.init) ?? spec.path }
}

extension CommandGroup {
  static func run(_ words: ArraySlice<String>) throws -> ExitStatus {
    guard let word = words.first else {
      throw UsageError.missingCommand("cartcal \(name)", known: members.map(\.name))
    }
    guard word != "--help", word != "-h" else {
      Console.say(overview)
      return .done
    }
    guard let member = members.first(where: { $0.name == word }) else {
      throw UsageError.unknownCommand(
        "\(name) \(word)", known: members.map { "\(name) \($0.name)" })
    }
    return try member.spec.run(words.dropFirst(), member.action)
  }

  private static var overview: String {
    let rows = members.flatMap { member in
      member.rows.map { row in
        (
          command: [member.spec.path, row.words].filter { !$0.isEmpty }.joined(separator: " "),
          purpose: row.purpose
        )
      }
    }
    let column = (rows.map(\.command.count).max() ?? 0) + 3
    return
      ([summary, ""] + rows.map { "  " + $0.command.padded(to: column) + $0.purpose }
      + ["", "Each explains itself with --help."]).joined(separator: "\n")
  }
}

extension CommandSpec {
  /// Sorts `words` and acts on them, or shows the help that they ask for.
  fileprivate func run(
    _ words: ArraySlice<String>, _ action: (Arguments) throws -> ExitStatus
  ) throws -> ExitStatus {
    let arguments = try Arguments(words, spec: self)
    guard !arguments.has("--help") else {
      Console.say(help)
      return .done
    }
    return try action(arguments)
  }
}
