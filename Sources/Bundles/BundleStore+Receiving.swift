import Documents
import Files

/// A bundle from elsewhere, on its way into a store.
package struct ReceivedFiles: Sendable {
  /// By path in the revision's folder.
  package let files: [String: [UInt8]]
  /// What people know it by.
  package let source: String

  package init(_ files: [String: [UInt8]], source: String) {
    self.files = files
    self.source = source
  }

  /// What is taken of all files together, and of how many.
  package static let byteLimit = 1 << 30
  package static let fileLimit = 10_000

  /// Reads the files that a folder's SHA256SUMS lists, and no other. Links are not followed, in the
  /// folder or on the way to a file; what is no regular file is refused.
  package init(folder: String) throws(BundleError) {
    var files: [String: [UInt8]] = [:]
    var budget = Self.byteLimit
    for name in ["SHA256SUMS", Trust.signatureFile] {
      if let bytes = try Self.read(name, in: folder, &budget) { files[name] = bytes }
    }
    guard let list = files["SHA256SUMS"] else {
      throw .storage(.missing(path: folder + "/SHA256SUMS"))
    }
    let sums: ChecksumList
    do throws(StorageError) {
      sums = try ChecksumList(parsing: list, file: folder + "/SHA256SUMS")
    } catch {
      throw .storage(error)
    }
    guard sums.entries.count <= Self.fileLimit else {
      throw .storage(
        .damaged(
          path: folder + "/SHA256SUMS", detail: "it lists more than \(Self.fileLimit) files"))
    }
    for entry in sums.entries {
      if let bytes = try Self.read(entry.path, in: folder, &budget) { files[entry.path] = bytes }
    }
    self.init(files, source: folder)
  }

  /// A file's bytes; nil where it is not there.
  private static func read(
    _ path: String, in folder: String, _ budget: inout Int
  ) throws(BundleError) -> [UInt8]? {
    do throws(FileError) {
      var place = folder
      let parts = path.split(separator: "/")
      for (index, part) in parts.enumerated() {
        place += "/" + part
        guard let kind = try Files.kind(of: place, followingLinks: false) else { return nil }
        guard kind == (index == parts.count - 1 ? .regular : .folder) else {
          throw .notRegular(path: place, kind: kind)
        }
      }
      let bytes = try Files.read(place, limit: budget)
      budget -= bytes.count
      return bytes
    } catch {
      throw .storage(StorageError(reading: error))
    }
  }
}

extension BundleStore {
  /// Puts a bundle from elsewhere into its place, once everything was checked as it is when it is
  /// loaded; `isNew` is false where the same one is there already. It is not put in force.
  ///
  /// What is checked is what is written, and nothing that SHA256SUMS does not list. Throws
  /// `.revisionTaken` where the cart has another revision of that number.
  package func receive(
    _ received: ReceivedFiles
  ) throws(BundleError) -> (stored: StoredBundle, isNew: Bool) {
    let sums = try listed(received)
    let kept = received.files.filter { path, _ in
      path == "SHA256SUMS" || path == Trust.signatureFile
        || sums.entries.contains { $0.path == path }
    }
    do throws(FileError) { try Files.makeFolders(path) } catch {
      throw .storage(StorageError(writing: error))
    }
    let lock = try Self.lock(path)
    let waiting = path + "/" + PartialName.make(for: "received")
    defer { Files.removeTreeIfThere(waiting) }
    do throws(StorageError) {
      try AtomicFolder.write(
        kept.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
        as: AtomicFile.split(waiting).name, in: path)
    } catch {
      throw .storage(error)
    }
    let checked: CheckedBundle
    do throws(BundleError) {
      checked = try Self.verifiedBundle(in: waiting, trust: trust)
    } catch {
      throw error.named(received.source, insteadOf: waiting)
    }
    let result = try settle(checked, from: waiting)
    _ = consume lock
    return result
  }

  private func listed(_ received: ReceivedFiles) throws(BundleError) -> ChecksumList {
    guard let list = received.files["SHA256SUMS"] else {
      throw .storage(.missing(path: received.source + "/SHA256SUMS"))
    }
    do throws(StorageError) {
      return try ChecksumList(parsing: list, file: received.source + "/SHA256SUMS")
    } catch {
      throw .storage(error)
    }
  }

  /// Moves a checked folder into its cart's.
  private func settle(
    _ checked: CheckedBundle, from waiting: String
  ) throws(BundleError) -> (stored: StoredBundle, isNew: Bool) {
    let bundle = checked.bundle
    let cart: Name
    do throws(NameError) {
      cart = try Name(bundle.cartSerial, of: .cartSerial)
    } catch {
      throw .storage(.damaged(path: waiting + "/bundle.json", detail: "it is of no cart"))
    }
    let cartFolder = folder(of: cart)
    do throws(FileError) { try Files.makeFolders(cartFolder) } catch {
      throw .storage(StorageError(writing: error))
    }
    let lock = try Self.lock(cartFolder)
    let final = folder(of: cart, bundle.revision)
    if try revisions(of: cart).contains(bundle.revision) {
      let same: Bool
      do throws(StorageError) {
        same =
          try SHA256.hexadecimal(ofFile: final + "/bundle.json").digest
          == SHA256.hexadecimal(ofFile: waiting + "/bundle.json").digest
      } catch {
        throw .storage(error)
      }
      guard same else {
        throw .revisionTaken(cart: cart.text, revision: bundle.revision, store: path)
      }
      return (try load(cart, revision: bundle.revision), false)
    }
    do throws(FileError) {
      try Files.rename(waiting, to: final)
      try Files.syncFolder(cartFolder)
    } catch {
      throw .storage(StorageError(writing: error.at(final)))
    }
    let stored = try load(cart, revision: bundle.revision)
    _ = consume lock
    return (stored, true)
  }
}

extension BundleError {
  /// The same with what people know instead of a temporary place.
  fileprivate func named(_ source: String, insteadOf place: String) -> BundleError {
    func shown(_ path: String) -> String {
      path.hasPrefix(place) ? source + path.dropFirst(place.count) : path
    }
    switch self {
    case .storage(.damaged(let path, let detail)):
      return .storage(.damaged(path: shown(path), detail: detail))
    case .storage(.missing(let path)): return .storage(.missing(path: shown(path)))
    case .signing(.unsigned(let path)): return .signing(.unsigned(path: shown(path)))
    case .signing(.wrongSignature(let path, let signed, let comment)):
      return .signing(
        .wrongSignature(path: shown(path), signed: shown(signed), comment: comment))
    default: return self
    }
  }
}
