import Files

/// The files a command is asked to write, which must be neither each other nor what it reads.
package struct OutputPlaces: Sendable {
  private struct Output {
    let option: String
    let path: String
    let place: String?
  }

  private let outputs: [Output]

  /// Throws when two of `outputs` (option and path; nil where not asked for) are one file.
  init(_ outputs: [(option: String, path: String?)]) throws(ProcedureError) {
    var kept: [Output] = []
    for (option, path) in outputs {
      guard let path else { continue }
      let output = Output(option: option, path: path, place: Files.place(of: path))
      if let place = output.place, let other = kept.first(where: { $0.place == place }) {
        throw .sameOutput(path: path, first: other.option, second: option)
      }
      kept.append(output)
    }
    self.outputs = kept
  }

  /// Throws when one of `inputs` is a file that is to be written.
  func check(inputs: [String]) throws(ProcedureError) {
    guard outputs.contains(where: { $0.place != nil }) else { return }
    for input in inputs {
      guard let place = Files.place(of: input) else { continue }
      if let output = outputs.first(where: { $0.place == place }) {
        throw .overwritesInput(path: output.path, option: output.option)
      }
    }
  }
}
