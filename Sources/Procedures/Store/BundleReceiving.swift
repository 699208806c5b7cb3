package import Bundles
import Documents
import Files

/// What came of a bundle from elsewhere.
package struct ReceivedBundle: Sendable {
  package let stored: StoredBundle
  /// False where the same one was there already.
  package let isNew: Bool
}

/// Takes a bundle from elsewhere, the folder of a revision or an archive of one, into the store, once
/// everything was checked; puts it in force where that is asked for.
///
/// Links are not followed, and no path leads anywhere but into the revision's own folder.
package func receiveBundle(
  _ place: String, _ access: StoreAccess, activates: Bool
) throws(ProcedureError) -> ReceivedBundle {
  let bundles = try access.reader()
  // "folder/" is meant as "folder"; a link that is named is meant.
  let place = String(place.reversed().drop { $0 == "/" }.reversed())
  let kind: FileKind?
  do throws(FileError) { kind = try Files.kind(of: place.isEmpty ? "/" : place) } catch {
    throw .storage(StorageError(reading: error))
  }
  let received: ReceivedFiles
  switch kind {
  case nil: throw .storage(.missing(path: place))
  case .folder:
    do throws(BundleError) { received = try ReceivedFiles(folder: place) } catch {
      throw .bundle(error)
    }
  case .regular:
    do throws(ArchiveError) { received = try BundleArchive.read(place) } catch {
      throw .archive(error)
    }
  case .link, .special:
    throw .archive(.notAnArchive(path: place, reason: "it is neither a folder nor a file"))
  }
  do throws(BundleError) {
    var (stored, isNew) = try bundles.receive(received)
    if activates {
      let cart: Name
      do throws(NameError) { cart = try Name(stored.bundle.cartSerial, of: .cartSerial) } catch {
        throw BundleError.storage(.damaged(path: stored.folder, detail: "\(error)"))
      }
      stored = try bundles.activate(cart, revision: stored.bundle.revision, at: UTCTime.now).stored
    }
    return ReceivedBundle(stored: stored, isNew: isNew)
  } catch {
    throw .bundle(error)
  }
}
