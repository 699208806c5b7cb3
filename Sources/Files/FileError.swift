import Glibc

/// What went wrong with a file, as data: the call, the path and the kernel's code.
package enum FileError: Error, Equatable {
  /// A system call failed; `code` is its errno.
  case system(call: String, path: String, code: Int32)
  /// The path names something that is not a regular file: a folder, a pipe, a device.
  case notRegular(path: String, kind: FileKind)
  /// The file is larger than the reader accepts.
  case tooLarge(path: String, bytes: Int, limit: Int)

  package var path: String {
    switch self {
    case .system(_, let path, _), .notRegular(let path, _), .tooLarge(let path, _, _): path
    }
  }

  /// The errno of a failed call, else nil.
  package var code: Int32? {
    if case .system(_, _, let code) = self { code } else { nil }
  }

  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  package var isForbidden: Bool { code == EACCES || code == EPERM }
  package var isExisting: Bool { code == EEXIST || code == ENOTEMPTY }
  /// No room: the file system, a quota or a size limit is exhausted.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
  package var isReadOnly: Bool { code == EROFS }
}

extension FileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(_, let path, let code): "\(path): \(Self.message(code))"
    case .notRegular(let path, let kind): "\(path) is \(kind.rawValue), not a file"
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
