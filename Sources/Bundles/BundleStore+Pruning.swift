package import Documents
import Files

/// What pruning took from a revision, or would take.
package struct PrunedRevision: Equatable, Sendable {
  package let revision: Int
  /// By path in its folder.
  package let files: [String]
  package let bytes: Int
}

extension BundleStore {
  /// Removes evidence and pages of a cart's older revisions; calibration, sums and signatures stay,
  /// and so does what a repair needs. Spared are the newest `count` revisions, the one in force and
  /// the first.
  ///
  /// A revision that cannot be read is left as it is. With `isTrial` nothing is removed.
  package func prune(
    _ cart: Name, keeping count: Int, isTrial: Bool
  ) throws(BundleError) -> [PrunedRevision] {
    let existing = try revisions(of: cart)
    guard !existing.isEmpty else {
      throw .noSuchRevision(cart: cart.text, revision: nil, store: path, existing: [])
    }
    let lock = try Self.lock(folder(of: cart))
    let current = try revisionInForce(of: cart, wanting: existing.first)
    var spared = Set(existing.suffix(max(1, count)))
    spared.formUnion([existing.first, current].compactMap { $0 })
    var pruned: [PrunedRevision] = []
    for revision in existing where !spared.contains(revision) {
      let stored: StoredBundle
      do throws(BundleError) {
        stored = try load(cart, revision: revision) { folder throws(BundleError) in
          try Self.listedBundle(in: folder, trust: trust)
        }
      } catch {
        continue
      }
      if let taken = try prune(stored, isTrial: isTrial) { pruned.append(taken) }
    }
    _ = consume lock
    return pruned
  }

  private func prune(
    _ stored: StoredBundle, isTrial: Bool
  ) throws(BundleError) -> PrunedRevision? {
    let wanted =
      stored.bundle.evidence.map(\.path).filter { $0 != InformationDocument.path }
      + ["report.html", "scale.html"]
    var files: [String] = []
    var bytes = 0
    do throws(FileError) {
      for path in wanted {
        let place = stored.folder + "/" + path
        guard try Files.kind(of: place, followingLinks: false) == .regular else { continue }
        bytes += try Files.size(of: place)
        if !isTrial { try Files.remove(place) }
        files.append(path)
      }
    } catch {
      throw .storage(StorageError(writing: error))
    }
    guard !files.isEmpty else { return nil }
    return PrunedRevision(revision: stored.bundle.revision, files: files, bytes: bytes)
  }
}
