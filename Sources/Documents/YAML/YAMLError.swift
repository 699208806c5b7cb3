/// Where in a file something stands; lines and columns count from 1.
package struct YAMLPlace: Equatable, Sendable, CustomStringConvertible {
  package var file: String
  package var line: Int
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column)" }
}

/// What is wrong with a YAML file, as data.
package enum YAMLError: Error, Equatable {
  /// The file could not be read.
  case unreadable(file: String, reason: String)
  case tooLarge(file: String, bytes: Int, limit: Int)
  /// The text is not YAML, or uses a part of YAML that is not taken here.
  case malformed(YAMLPlace, detail: String, remedy: String)
  /// Lists and mappings are nested, or aliases grow, beyond what a file written by hand does.
  case tooMuch(YAMLPlace, what: String, limit: Int)
  /// It is YAML, but not what this kind of file holds.
  case mismatch(YAMLPlace, detail: String, remedy: String)
}

extension YAMLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason). Check the name and the permissions."
    case .tooLarge(let file, let bytes, let limit):
      "\(file) has \(bytes) bytes; the limit is \(limit). Check that it is the file you mean."
    case .malformed(let place, let detail, let remedy):
      "\(place): this is not YAML as it is read here: \(detail.asSentence) \(remedy)"
    case .tooMuch(let place, let what, let limit):
      "\(place): \(what); the limit is \(limit). Check that it is the file you mean."
    case .mismatch(let place, let detail, let remedy):
      "\(place): \(detail.asSentence) \(remedy)"
    }
  }
}
