package import Documents

/// Why a rig cannot be read or written.
package enum RigError: Error, Equatable {
  case yaml(YAMLError)
  /// The plain form of a rig (JSON) cannot be read.
  case document(DocumentError)
  /// The plain form can be read, but says what no rig has.
  case plain(file: String, place: String, detail: String)
}

extension RigError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .yaml(let error): "\(error)"
    case .document(let error): "\(error)"
    case .plain(let file, let place, let detail):
      "\(file): \(place): \(detail.asSentence) Mend the file, or write the rig by hand: see rigs/."
    }
  }
}
