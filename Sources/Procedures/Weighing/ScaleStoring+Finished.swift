import Bundles
import Documents
import ScaleModels
import Weighing

/// A weighing that was stored before its command ended: the same command, given again, finishes it.
///
/// A revision holds the session that it was made from, byte for byte, so that the store itself says
/// whether a weighing is in it: nothing else has to survive a crash between storing and the end.
extension ScaleStoring {
  /// The newest revision that holds the scale of this very session; nil when there is none that can
  /// be read.
  static func revision(
    of session: RecordedFolder, cart: Name, in access: StoreAccess
  ) throws(ProcedureError) -> StoredBundle? {
    let bundles = try access.writer().store
    let digests = session.files.map {
      (path: folder + $0.name, digest: SHA256.hexadecimal(of: $0.bytes))
    }
    let revisions: [Int]
    do throws(BundleError) {
      revisions = try bundles.revisions(of: cart)
    } catch {
      // Storing, later, says what is wrong with it.
      return nil
    }
    for revision in revisions.reversed() {
      guard let stored = readable(cart, revision, bundles) else { continue }
      // Older than the session, and so are all before it.
      if let started = session.procedure.started, stored.bundle.created < started { return nil }
      let holds = digests.allSatisfy { path, digest in
        stored.bundle.evidence.contains { $0.path == path && $0.sha256 == digest }
      }
      if holds { return stored }
    }
    return nil
  }

  /// The model that a stored weighing names as found, with its revision; nil where it names none, or
  /// that cannot be read any more.
  static func asFound(
    _ stored: StoredBundle, cart: Name, in access: StoreAccess
  ) throws(ProcedureError) -> (model: ScaleModel, revision: Int)? {
    guard let revision = stored.bundle.scale?.record.asFoundRevision,
      let model = readable(cart, revision, try access.writer().store)?.bundle.scale?.record.model
    else { return nil }
    return (model, revision)
  }

  /// The weighing stands in the store as it would be stored now; it is brought into force where
  /// the crash came before that, its verdict allows, and nothing newer is in force.
  static func finish(
    _ stored: StoredBundle, cart: Name, in access: StoreAccess
  ) throws(ProcedureError) -> StoredBundle {
    let (bundles, key) = try access.writer()
    guard !stored.isCurrent, stored.bundle.scale?.verdict.exitStatus == .done else {
      return stored
    }
    do throws(BundleError) {
      if let current = try bundles.currentRevision(of: cart) {
        guard current < stored.bundle.revision else { return stored }
        // What nobody signed does not take the place of what somebody did.
        if key == nil, readable(cart, current, bundles)?.signature != nil { return stored }
      }
      return try bundles.activate(cart, revision: stored.bundle.revision, at: .now).stored
    } catch {
      throw .bundle(error)
    }
  }

  /// A revision of whose files `bundle.json` alone is looked at; nil when it cannot be read.
  private static func readable(
    _ cart: Name, _ revision: Int, _ bundles: BundleStore
  ) -> StoredBundle? {
    do throws(BundleError) {
      return try bundles.loadEvidence(cart, revision: revision, []).bundle
    } catch {
      return nil
    }
  }
}

extension StoredBundle {
  /// True when its scale is what a weighing found: written later it would be the same.
  func holds(_ report: WeighReport, _ record: ScaleRecord) -> Bool {
    guard let scale = bundle.scale else { return false }
    return scale.record == record && scale.findings == report.findings
      && scale.verdict == report.verdict
  }
}
