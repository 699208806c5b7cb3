import Documents
import Files
import Imaging

/// Reads a session: one that `capture` recorded, which `session.json` in it says, or a plain one, a
/// folder with one folder of pictures per camera, where equal file stems are the same instant.
///
/// A folder that holds pictures but no folder with pictures is one camera, named `cam0`. Which
/// files are pictures is told by their extension here (.jpg .jpeg .png .pgm .ppm .pnm, any case);
/// their content is checked when they are decoded. Nothing is opened, and only one level of
/// folders is looked into, so that links in circles and pipes cannot hold it up.
package enum SessionReader {
  package static let maximumCameras = 64
  /// Entries in one folder.
  package static let maximumFiles = 100_000

  /// The camera of a session that is a lone folder of pictures.
  package static let onlyCamera = "cam0"

  package static func read(_ path: String) throws(SessionError) -> RecordedSession {
    switch try kind(path) {
    case .folder: break
    case nil: throw .missing(path: path)
    default: throw .notAFolder(path: path)
    }
    if try kind(path + "/session.json") != nil { return try recorded(path) }

    let top = try scan(path)
    var skipped = top.skipped
    var cameras: [SessionCamera] = []
    for folder in top.folders {
      let inner = try scan(folder.path)
      if inner.pictures.isEmpty {
        skipped.append(SkippedEntry(path: folder.path, reason: .folderWithoutPictures))
        continue
      }
      do throws(NameError) {
        _ = try Name(folder.name, of: .role)
      } catch {
        throw .badCameraName(path: folder.path, error)
      }
      guard cameras.count < maximumCameras else {
        throw .tooManyCameras(path: path, limit: maximumCameras)
      }
      cameras.append(try camera(folder.name, inner.pictures))
      skipped += inner.skipped
      skipped += inner.folders.map { SkippedEntry(path: $0.path, reason: .folder) }
    }
    if cameras.isEmpty, !top.pictures.isEmpty {
      cameras = [try camera(onlyCamera, top.pictures)]
    } else {
      skipped += top.pictures.map { SkippedEntry(path: $0.path, reason: .outsideCameraFolder) }
    }
    guard !cameras.isEmpty else { throw .noPictures(path: path, skipped: skipped.count) }
    let stems = Set(cameras.flatMap { $0.pictures.map(\.stem) })
    return RecordedSession(
      path: path, cameras: cameras, frames: stems.sorted(by: NaturalOrder.precedes),
      skipped: skipped)
  }

  private struct Entry {
    let name: String
    let path: String
  }

  private struct Listing {
    var folders: [Entry] = []
    var pictures: [Entry] = []
    var skipped: [SkippedEntry] = []
  }

  /// What is in a folder, sorted into kinds, each in natural order.
  private static func scan(_ folder: String) throws(SessionError) -> Listing {
    let entries: [FolderEntry]
    do throws(FileError) {
      entries = try Files.list(folder, limit: maximumFiles)
    } catch {
      if case .tooLarge(_, _, let limit) = error { throw .tooManyFiles(path: folder, limit: limit) }
      throw .unreadable(path: folder, reason: error.reason)
    }
    var listing = Listing()
    for shown in entries {
      let path = folder + "/" + shown.shownName
      func skip(_ reason: SkippedEntry.Reason) {
        listing.skipped.append(SkippedEntry(path: path, reason: reason))
      }
      guard let name = shown.name else {
        skip(.nameNotUTF8)
        continue
      }
      if name.hasPrefix(".") {
        skip(.hidden)
        continue
      }
      switch kindOfEntry(path) {
      case .folder: listing.folders.append(Entry(name: name, path: path))
      case .special: skip(.special)
      case .link, nil: skip(.brokenLink)
      case .regular:
        if PictureFormat(extensionOf: name) != nil {
          listing.pictures.append(Entry(name: name, path: path))
        } else {
          skip(isForeignPicture(name) ? .foreignPicture : .notAPicture)
        }
      }
    }
    listing.folders.sort { NaturalOrder.precedes($0.name, $1.name) }
    listing.pictures.sort { NaturalOrder.precedes($0.name, $1.name) }
    return listing
  }

  private static func camera(
    _ name: String, _ entries: [Entry]
  ) throws(SessionError) -> SessionCamera {
    var paths: [String: String] = [:]
    var pictures: [SessionPicture] = []
    for entry in entries {
      let stem = split(entry.name).stem
      if let first = paths.updateValue(entry.path, forKey: stem) {
        throw .duplicateStem(camera: name, stem: stem, first: first, second: entry.path)
      }
      pictures.append(SessionPicture(stem: stem, path: entry.path))
    }
    pictures.sort { NaturalOrder.precedes($0.stem, $1.stem) }
    return SessionCamera(name: name, pictures: pictures)
  }

  /// The kind of an entry; nil also for a link in a circle or one that may not be followed.
  private static func kindOfEntry(_ path: String) -> FileKind? {
    do throws(FileError) { return try Files.kind(of: path) } catch { return nil }
  }

  private static func kind(_ path: String) throws(SessionError) -> FileKind? {
    do throws(FileError) {
      return try Files.kind(of: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }

  private static func split(_ name: String) -> (stem: String, suffix: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }

  private static func isForeignPicture(_ name: String) -> Bool {
    ["bmp", "tif", "tiff", "gif", "webp", "heic", "heif", "avif", "jp2", "dng", "raw"]
      .contains(split(name).suffix.lowercased())
  }
}
