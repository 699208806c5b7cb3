package import Documents
import Files

/// One switch of the revision in force by a person, a line of `history.jsonl` in a cart's folder.
struct ActivationRecord: Codable, Equatable {
  var time: UTCTime
  /// Nil when none was in force.
  var from: Int?
  var to: Int
}

extension BundleStore {
  /// Makes a stored revision the one in force, once it was checked like any that is loaded.
  ///
  /// The switch is written to `history.jsonl` before it is made, so that none goes unrecorded.
  /// Does nothing when the revision is in force already.
  package func activate(
    _ cart: Name, revision: Int, at time: UTCTime
  ) throws(BundleError) -> (stored: StoredBundle, before: Int?) {
    let cartFolder = folder(of: cart)
    // The lock is a file in the cart's folder, which has to be there.
    let existing = try revisions(of: cart)
    guard existing.contains(revision) else {
      throw .noSuchRevision(cart: cart.text, revision: revision, store: path, existing: existing)
    }
    let lock = try Self.lock(cartFolder)
    let stored = try load(cart, revision: revision)
    let before = try revisionInForce(of: cart, wanting: revision)
    guard before != revision else { return (stored, before) }
    try checkCurrent(cartFolder)
    try record(ActivationRecord(time: time, from: before, to: revision), in: cartFolder)
    try switchCurrent(cartFolder, to: revision)
    _ = consume lock
    return (
      StoredBundle(
        folder: stored.folder, bundle: stored.bundle, isCurrent: true, missing: stored.missing,
        signature: stored.signature), before
    )
  }

  /// The newest revision before the one in force that can be relied on; nil when there is none.
  package func revisionToRollBackTo(_ cart: Name) throws(BundleError) -> Int? {
    guard let current = try currentRevision(of: cart) else {
      throw .noSuchRevision(
        cart: cart.text, revision: nil, store: path, existing: try revisions(of: cart))
    }
    for revision in try revisions(of: cart).reversed() where revision < current {
      do throws(BundleError) {
        let verdict = try load(cart, revision: revision).bundle.verdict
        if verdict.exitStatus == .done { return revision }
      } catch {
        continue
      }
    }
    return nil
  }

  private func record(_ record: ActivationRecord, in folder: String) throws(BundleError) {
    let path = folder + "/history.jsonl"
    let line: [UInt8]
    do throws(DocumentError) { line = try JSONDocument.encodeLine(record) } catch {
      throw .document(error)
    }
    do throws(FileError) { try Files.append(path, line) } catch {
      throw .storage(StorageError(writing: error))
    }
  }
}
