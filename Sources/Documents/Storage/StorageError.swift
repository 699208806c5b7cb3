package import Files

/// Why something could not be stored, or what is stored cannot be trusted, as data.
public enum StorageError: Error, Equatable, Sendable {
  /// No room is left on the disk, in the quota or under the file size limit.
  case full(path: String)
  /// The place cannot be written to.
  case unwritable(path: String, reason: String)
  /// The place cannot be read.
  case unreadable(path: String, reason: String)
  /// Nothing is there.
  case missing(path: String)
  /// What is there must not be replaced.
  case exists(path: String)
  /// What is stored is not what was written.
  case damaged(path: String, detail: String)
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .full(let path):
      "\(path) cannot be written: no space is left. Free some space on this disk, then try again."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason). "
        + "Choose another place, or make this one writable for you."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason). Check the disk and the permissions."
    case .missing(let path):
      "\(path) does not exist. Check the name, and the store if one was given."
    case .exists(let path):
      "\(path) exists already and is left as it is. Choose another name."
    case .damaged(let path, let detail):
      "\(path) is damaged: \(detail). Do not use it; restore it from a backup or make it anew."
    }
  }
}

extension StorageError {
  /// The error of a failed write.
  package init(writing error: FileError) {
    if error.isFull {
      self = .full(path: error.path)
    } else if error.isExisting {
      self = .exists(path: error.path)
    } else {
      self = .unwritable(path: error.path, reason: error.reason)
    }
  }

  /// The error of a failed read.
  package init(reading error: FileError) {
    self =
      error.isMissing
      ? .missing(path: error.path) : .unreadable(path: error.path, reason: error.reason)
  }
}
