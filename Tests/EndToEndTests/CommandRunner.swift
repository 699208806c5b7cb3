import Foundation
import TestSupport

/// What a run of the program left behind.
struct CommandOutcome {
  /// Exit status, or minus the signal that ended it.
  let status: Int32
  let output: String
  let errors: String
}

/// Runs the built program as a person or a script would.
enum CommandRunner {
  /// The program stands beside the test executable.
  static let program: String = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("cartcal").path
  }()

  /// The root of the package: the parent of `Tests`.
  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A session of two cameras, eight frames and a 8x5 board of 27 mm, with its truth.
  static let stereo =
    packageRoot.appendingPathComponent("Tests/EndToEndTests/Fixtures/stereo").path

  /// Runs `cartcal` with `arguments` and waits for its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
  ) throws -> CommandOutcome {
    try execute(program, arguments, environment: environment, in: folder)
  }

  /// Runs a line of shell; `$CARTCAL` is the program.
  static func shell(_ line: String, in folder: URL? = nil) throws -> CommandOutcome {
    try execute("/bin/bash", ["-c", line], environment: ["CARTCAL": program], in: folder)
  }

  /// Runs any program and waits for its end.
  static func execute(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:],
    in folder: URL?
  ) throws -> CommandOutcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var inherited = ProcessInfo.processInfo.environment
    for name in ["CARTCAL_STORE", "CARTCAL_KEY", "CARTCAL_KEYS", "CARTCAL_SEEN"] {
      inherited[name] = nil
    }
    process.environment = inherited.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: nothing here can fill up and block.
    let scratch = try TemporaryFolder()
    try scratch.write("output")
    try scratch.write("errors")
    let outputFile = URL(fileURLWithPath: scratch("output"))
    let errorFile = URL(fileURLWithPath: scratch("errors"))
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    let status =
      process.terminationReason == .uncaughtSignal
      ? -process.terminationStatus : process.terminationStatus
    return CommandOutcome(
      status: status,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}
