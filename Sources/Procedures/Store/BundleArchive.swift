import Bundles
import CArchive
import Files

/// Why an archive holds no bundle that could be taken.
package enum ArchiveError: Error, Equatable {
  case notAnArchive(path: String, reason: String)
  /// A link, a device, a name that leads elsewhere, a name twice.
  case unsafe(path: String, entry: String, reason: String)
  case tooLarge(path: String, bytes: Int)
  case noBundle(path: String)
  case severalBundles(path: String)
}

extension ArchiveError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnArchive(let path, let reason):
      return
        "\(path) cannot be read as an archive: \(reason). Give a revision's folder, or a tar, zip "
        + "or 7z archive of one."
    case .unsafe(let path, let entry, let reason):
      return "\(path) holds \(entry), which is refused: \(reason). A bundle holds plain files in "
        + "folders of its own; make the archive anew from a revision's folder."
    case .tooLarge(let path, let bytes):
      return "\(path) holds more than \(bytes / (1 << 20)) MB or \(ReceivedFiles.fileLimit) files, "
        + "which no bundle does. Nothing was taken."
    case .noBundle(let path):
      return
        "\(path) holds no bundle: there is no bundle.json in it. Make an archive of a revision's "
        + "folder."
    case .severalBundles(let path):
      return "\(path) holds several bundles. Make an archive of each revision's folder by itself."
    }
  }
}

/// Bundles in archives of any kind that libarchive reads.
///
/// Nothing is unpacked to disk: names are looked at, files are read into memory and counted, and
/// only what the bundle's own sums list is written, by the store.
enum BundleArchive {
  private static let pieceSize = 1 << 16

  static func read(_ path: String) throws(ArchiveError) -> ReceivedFiles {
    guard let archive = archive_read_new() else {
      throw .notAnArchive(path: path, reason: "memory is short")
    }
    defer { archive_read_free(archive) }
    archive_read_support_filter_all(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_format_zip(archive)
    archive_read_support_format_7zip(archive)
    guard archive_read_open_filename(archive, path, pieceSize) == ARCHIVE_OK else {
      throw .notAnArchive(path: path, reason: reason(archive))
    }
    var files: [String: [UInt8]] = [:]
    var budget = ReceivedFiles.byteLimit
    var entries = 0
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
        throw .notAnArchive(path: path, reason: reason(archive))
      }
      entries += 1
      guard entries <= ReceivedFiles.fileLimit else {
        throw .tooLarge(path: path, bytes: ReceivedFiles.byteLimit)
      }
      guard let name = try plainName(entry, path) else { continue }
      guard files[name] == nil else {
        throw .unsafe(path: path, entry: name, reason: "it is there twice")
      }
      files[name] = try content(archive, path, &budget)
    }
    return ReceivedFiles(try bundleFiles(files, path), source: path)
  }

  /// The name of a regular file without `./`; nil for folders.
  private static func plainName(
    _ entry: OpaquePointer, _ path: String
  ) throws(ArchiveError) -> String? {
    guard let text = archive_entry_pathname(entry), let name = String(validatingCString: text)
    else {
      throw .unsafe(path: path, entry: "a name that is no text", reason: "it cannot be checked")
    }
    let shown = String(name.prefix(200))
    if archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil {
      throw .unsafe(path: path, entry: shown, reason: "it is a link")
    }
    let parts = name.split(separator: "/").filter { $0 != "." }
    guard !name.hasPrefix("/"), !parts.contains(".."), !name.utf8.contains(0x5C) else {
      throw .unsafe(path: path, entry: shown, reason: "it leads out of the archive")
    }
    switch archive_entry_filetype(entry) {
    case UInt32(S_IFDIR): return nil
    case UInt32(S_IFREG): break
    default: throw .unsafe(path: path, entry: shown, reason: "it is no plain file")
    }
    guard !parts.isEmpty, !name.hasSuffix("/") else {
      throw .unsafe(path: path, entry: shown, reason: "it has no name")
    }
    return parts.joined(separator: "/")
  }

  private static func content(
    _ archive: OpaquePointer, _ path: String, _ budget: inout Int
  ) throws(ArchiveError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while true {
      let count = archive_read_data(archive, &piece, piece.count)
      if count == 0 { return bytes }
      guard count > 0 else { throw .notAnArchive(path: path, reason: reason(archive)) }
      budget -= count
      guard budget >= 0 else { throw .tooLarge(path: path, bytes: ReceivedFiles.byteLimit) }
      bytes += piece[..<count]
    }
  }

  /// The files of the one bundle, by path in its folder.
  private static func bundleFiles(
    _ files: [String: [UInt8]], _ path: String
  ) throws(ArchiveError) -> [String: [UInt8]] {
    let places = files.keys.filter { $0 == "bundle.json" || $0.hasSuffix("/bundle.json") }
    guard let place = places.first else { throw .noBundle(path: path) }
    guard places.count == 1 else { throw .severalBundles(path: path) }
    let prefix = String(place.dropLast("bundle.json".count))
    var result: [String: [UInt8]] = [:]
    for (name, bytes) in files where name.hasPrefix(prefix) {
      result[String(name.dropFirst(prefix.count))] = bytes
    }
    return result
  }

  private static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
  }
}
