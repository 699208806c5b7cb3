import Measurements

enum BundleCommand: Command {
  static let name = "bundle"
  static let summary = "List and show stored calibrations."
  static func run(_ words: ArraySlice<String>) throws -> ExitStatus { .done }
}
