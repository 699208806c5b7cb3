/// A SHA256SUMS file: one line a file, digest, two spaces, path, as `sha256sum` writes and checks
/// it. Paths are relative and sorted.
public struct ChecksumList: Equatable, Sendable {
  public struct Entry: Equatable, Sendable {
    /// 64 lower-case hexadecimal digits.
    public let digest: String
    /// Relative to the folder that the list stands in.
    public let path: String

    public init(digest: String, path: String) {
      self.digest = digest
      self.path = path
    }
  }

  public let entries: [Entry]

  /// The list over `entries`, sorted by path.
  public init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The text of the file.
  public var bytes: [UInt8] {
    Array(entries.map { "\($0.digest)  \($0.path)\n" }.joined().utf8)
  }

  /// The list in a SHA256SUMS file; `file` stands in messages.
  ///
  /// Throws `.damaged` for anything but plain lines, also for paths that lead out of the folder.
  public init(parsing bytes: [UInt8], file: String) throws(StorageError) {
    guard bytes.last == 0x0A, let text = String(validating: bytes, as: UTF8.self) else {
      throw .damaged(path: file, detail: "it is empty, cut short or no text")
    }
    var entries: [Entry] = []
    var seen: Set<String> = []
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let digest = line.prefix(64)
      let rest = line.dropFirst(64)
      let path = String(rest.dropFirst(2))
      guard digest.utf8.count == 64, digest.allSatisfy(\.isLowercaseHexDigit),
        rest.hasPrefix("  ") || rest.hasPrefix(" *"), Self.isInside(path),
        seen.insert(path).inserted
      else { throw .damaged(path: file, detail: "line \(index + 1) is no checksum line") }
      entries.append(Entry(digest: String(digest), path: path))
    }
    self.init(entries)
  }

  /// Compares every file of the list, in `folder`, with its digest.
  ///
  /// Throws `.damaged` with the first file that changed, `.missing` with the first that is gone.
  public func verify(in folder: String) throws(StorageError) {
    for entry in entries {
      let path = folder + "/" + entry.path
      guard try SHA256.hexadecimal(ofFile: path).digest == entry.digest else {
        throw .damaged(path: path, detail: "its content is not what SHA256SUMS says")
      }
    }
  }

  private static func isInside(_ path: String) -> Bool {
    !path.isEmpty && !path.utf8.contains(0) && !path.utf8.contains(0x5C)
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }
}

extension Character {
  fileprivate var isLowercaseHexDigit: Bool {
    ("0"..."9").contains(self) || ("a"..."f").contains(self)
  }
}
