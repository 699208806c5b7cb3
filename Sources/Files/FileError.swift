import Glibc

/// What went wrong with a file, as data: the call, the path and the kernel's code.
package enum FileError: Error, Equatable {
  /// A system call failed; `code` is its errno.
  case system(call: String, path: String, code: Int32)
  /// The path names something that is not a regular file: a folder, a pipe, a device.
  case notRegular(path: String, kind: FileKind)
  /// The path names something that is not a folder.
  case notAFolder(path: String, kind: FileKind)
  /// The file is larger than the reader accepts.
  case tooLarge(path: String, bytes: Int, limit: Int)

  package var path: String {
    switch self {
    case .system(_, let path, _), .notRegular(let path, _), .notAFolder(let path, _),
      .tooLarge(let path, _, _):
      path
    }
  }

  /// What went wrong, without the path.
  package var reason: String {
    switch self {
    case .system(_, _, let code): Self.message(code)
    case .notRegular(_, let kind): "it is \(kind.rawValue), not a file"
    case .notAFolder(_, let kind): "it is \(kind.rawValue), not a folder"
    case .tooLarge(_, let bytes, let limit): "it has \(bytes) bytes, the limit is \(limit)"
    }
  }

  /// The errno of a failed call, else nil.
  package var code: Int32? {
    if case .system(_, _, let code) = self { code } else { nil }
  }

  /// The same error about another path.
  package func at(_ path: String) -> FileError {
    switch self {
    case .system(let call, _, let code): .system(call: call, path: path, code: code)
    case .notRegular(_, let kind): .notRegular(path: path, kind: kind)
    case .notAFolder(_, let kind): .notAFolder(path: path, kind: kind)
    case .tooLarge(_, let bytes, let limit): .tooLarge(path: path, bytes: bytes, limit: limit)
    }
  }

  /// The errno that says a name is taken.
  package static let existsCode = EEXIST

  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  package var isForbidden: Bool { code == EACCES || code == EPERM }
  package var isExisting: Bool { code == EEXIST || code == ENOTEMPTY }
  /// No room: the file system, a quota or a size limit is exhausted.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
  /// This process may not open more files, or the system has no memory left: nothing is wrong with
  /// the file.
  package var isShortage: Bool { code == EMFILE || code == ENFILE || code == ENOMEM }
  /// Another process holds the lock.
  package var isBusy: Bool { code == EWOULDBLOCK }
}

extension FileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(_, let path, let code): "\(path): \(Self.message(code))"
    case .notRegular(let path, let kind): "\(path) is \(kind.rawValue), not a file"
    case .notAFolder(let path, let kind): "\(path) is \(kind.rawValue), not a folder"
    case .tooLarge(let path, let bytes, let limit):
      "\(path) has \(bytes) bytes, more than the limit of \(limit)"
    }
  }

  /// The C library's words for an errno (`strerror_r`, the POSIX one).
  package static func message(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// What a path names.
package enum FileKind: String, Sendable {
  case regular = "a regular file"
  case folder = "a folder"
  case link = "a symbolic link"
  case special = "a pipe, socket or device"
}
