public import Documents
import Files

/// The bundles of many carts on disk: `<store>/<serial>/<revision>/`, the revision counted from 1
/// and written with six digits. Each holds `bundle.json`, `evidence/` and `SHA256SUMS`; `current`
/// in the cart's folder is a link to the revision in use.
///
/// Reading needs no lock: a revision appears by one rename and never changes, and `current` is
/// switched by one rename. What a crash left half-written is never looked at.
public struct BundleStore: Sendable {
  public let path: String
  /// Whose bundles are taken.
  public let trust: Trust

  public init(path: String, trust: Trust) {
    self.path = path
    self.trust = trust
  }

  static let entryLimit = 1_000_000

  /// The carts that have a revision, sorted.
  public func carts() throws(BundleError) -> [Name] {
    var carts: [Name] = []
    for name in try names(in: path) {
      let cart: Name
      do throws(NameError) { cart = try Name(name, of: .cartSerial) } catch { continue }
      guard try reading({ () throws(FileError) in try Files.kind(of: folder(of: cart)) }) == .folder
      else { continue }
      if try !revisions(of: cart).isEmpty { carts.append(cart) }
    }
    return carts.sorted()
  }

  /// The revisions of a cart, ascending; empty for a cart that the store does not know.
  public func revisions(of cart: Name) throws(BundleError) -> [Int] {
    let folder = folder(of: cart)
    guard try reading({ () throws(FileError) in try Files.kind(of: folder) }) != nil else {
      return []
    }
    return try names(in: folder).compactMap(RevisionName.revision).sorted()
  }

  /// The revision in use; nil when there is none.
  public func currentRevision(of cart: Name) throws(BundleError) -> Int? {
    let link = folder(of: cart) + "/current"
    guard
      try reading({ () throws(FileError) in
        try Files.kind(of: link, followingLinks: false)
      }) != nil
    else { return nil }
    let target = try reading { () throws(FileError) in try Files.linkTarget(link) }
    guard let revision = target.flatMap(RevisionName.revision) else {
      throw .storage(.damaged(path: link, detail: "it is no link to a revision"))
    }
    return revision
  }

  /// A bundle, the current one unless a revision is named, with every file that is there checked
  /// against SHA256SUMS, and that against its signature.
  ///
  /// Evidence and pages may have been pruned: `missing` of the result names those that are gone.
  /// Throws `.storage(.damaged)` with the file that is not as it was written, `.signing` where the
  /// signature is not that of a trusted key.
  public func load(_ cart: Name, revision: Int? = nil) throws(BundleError) -> StoredBundle {
    try load(cart, revision: revision) { folder throws(BundleError) in
      try Self.verifiedBundle(in: folder, trust: trust)
    }
  }

  /// The same, with the bundle in the revision's folder read by `read`.
  func load(
    _ cart: Name, revision: Int?,
    _ read: (String) throws(BundleError) -> CheckedBundle
  ) throws(BundleError) -> StoredBundle {
    let current = try revisionInForce(of: cart, wanting: revision)
    let existing = try revisions(of: cart)
    guard let wanted = revision ?? current, existing.contains(wanted) else {
      if revision == nil, let current {
        throw .storage(
          .damaged(
            path: folder(of: cart) + "/current",
            detail: "it points to revision \(current), which is not there"))
      }
      throw .noSuchRevision(
        cart: cart.text, revision: revision, store: path, existing: existing)
    }
    let folder = folder(of: cart, wanted)
    let checked = try read(folder)
    let bundle = checked.bundle
    guard bundle.cartSerial == cart.text, bundle.revision == wanted else {
      throw .storage(
        .damaged(
          path: folder + "/bundle.json",
          detail: "it is revision \(bundle.revision) of cart \(bundle.cartSerial)"))
    }
    return StoredBundle(
      folder: folder, bundle: bundle, isCurrent: wanted == current, missing: checked.missing,
      signature: checked.signature)
  }

  /// The revision in use. A damaged link does not matter to whoever names a revision.
  func revisionInForce(of cart: Name, wanting revision: Int?) throws(BundleError) -> Int? {
    do throws(BundleError) {
      return try currentRevision(of: cart)
    } catch {
      if revision == nil { throw error }
      return nil
    }
  }

  /// The bundle in a revision's folder, wherever it was copied to, with every file that is there
  /// checked.
  public static func verifiedBundle(
    in folder: String, trust: Trust
  ) throws(BundleError) -> CheckedBundle {
    let checked = try listedBundle(in: folder, trust: trust)
    let there = checked.sums.entries.filter { !checked.missing.contains($0.path) }
    do throws(StorageError) {
      try ChecksumList(there).verify(in: folder)
    } catch {
      throw .storage(error)
    }
    return checked
  }

  /// The evidence and pages that are listed and gone, by path. Nothing else may be.
  private static func prunedFiles(
    in folder: String, _ bundle: CartBundle, _ sums: ChecksumList
  ) throws(BundleError) -> [String] {
    var missing: [String] = []
    for entry in sums.entries
    where entry.path.hasSuffix(".html")
      || bundle.evidence.contains(where: { $0.path == entry.path })
    {
      let path = folder + "/" + entry.path
      do throws(FileError) {
        if try Files.kind(of: path, followingLinks: false) == nil { missing.append(entry.path) }
      } catch {
        throw .storage(StorageError(reading: error))
      }
    }
    return missing
  }

  /// The bundle in a revision's folder, of whose files the signature and `bundle.json` alone were
  /// checked.
  static func listedBundle(in folder: String, trust: Trust) throws(BundleError) -> CheckedBundle {
    let list = folder + "/SHA256SUMS"
    let path = folder + "/bundle.json"
    let limits = JSONLimits()
    let (listBytes, bytes): ([UInt8], [UInt8])
    do throws(FileError) {
      listBytes = try Files.read(list, limit: 1 << 20)
      bytes = try Files.read(path, limit: limits.bytes)
    } catch {
      throw .storage(StorageError(reading: error))
    }
    let signature: BundleSignature?
    do throws(SigningError) {
      signature = try trust.signer(of: listBytes, in: folder)
    } catch {
      throw .signing(error)
    }
    let sums: ChecksumList
    do throws(StorageError) {
      sums = try ChecksumList(parsing: listBytes, file: list)
      guard let entry = sums.entries.first(where: { $0.path == "bundle.json" }) else {
        throw .damaged(path: list, detail: "bundle.json is not in it")
      }
      guard SHA256.hexadecimal(of: bytes) == entry.digest else {
        throw .damaged(path: path, detail: "its content is not what SHA256SUMS says")
      }
    } catch {
      throw .storage(error)
    }
    let bundle: CartBundle
    do throws(DocumentError) {
      bundle = try JSONDocument.decode(
        CartBundle.self, from: bytes, file: path, schema: CartBundle.schema, limits: limits)
    } catch {
      throw .document(error)
    }
    // A list that lost a line would leave that file unchecked.
    for file in bundle.evidence
    where !sums.entries.contains(where: { $0.path == file.path && $0.digest == file.sha256 }) {
      throw .storage(.damaged(path: list, detail: "it does not list \(file.path) as written"))
    }
    return CheckedBundle(
      bundle: bundle, missing: try prunedFiles(in: folder, bundle, sums), signature: signature,
      sums: sums)
  }

  func folder(of cart: Name) -> String { path + "/" + cart.text }

  func folder(of cart: Name, _ revision: Int) -> String {
    folder(of: cart) + "/" + RevisionName.text(revision)
  }

  private func names(in folder: String) throws(BundleError) -> [String] {
    try reading { () throws(FileError) in
      try Files.list(folder, limit: Self.entryLimit).compactMap(\.name)
    }
  }

  func reading<Result>(_ body: () throws(FileError) -> Result) throws(BundleError) -> Result {
    do throws(FileError) {
      return try body()
    } catch {
      throw .storage(StorageError(reading: error))
    }
  }
}

/// A bundle in a store.
public struct StoredBundle: Equatable, Sendable {
  /// The revision's folder.
  public let folder: String
  public let bundle: CartBundle
  public let isCurrent: Bool
  /// Evidence and pages that are no longer there, by path in the folder: pruned, which takes
  /// nothing from the calibration.
  public let missing: [String]
  /// Nil where the reader asked for none.
  public let signature: BundleSignature?
}

/// A bundle in a folder of its own.
public struct CheckedBundle: Sendable {
  public let bundle: CartBundle
  /// See `StoredBundle`.
  public let missing: [String]
  public let signature: BundleSignature?
  let sums: ChecksumList
}

/// Folder names of revisions: `000001`, `000002`, ...
enum RevisionName {
  /// The last revision a cart can have.
  static let last = 999_999_999

  static func text(_ revision: Int) -> String {
    let digits = String(revision)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The revision a name stands for; nil for names that are not exactly a revision's, as a foreign
  /// folder's.
  static func revision(_ name: String) -> Int? {
    guard let revision = Int(name), (1...last).contains(revision), text(revision) == name
    else { return nil }
    return revision
  }
}
