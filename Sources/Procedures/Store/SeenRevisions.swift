import Bundles
import Documents
import Files

/// The highest revision of each cart that was ever seen in a store, kept outside of it: a store that
/// was put back to an older state, by a backup or on purpose, is whole and signed, and can only be
/// told from the outside.
///
/// It stands in `CARTCAL_SEEN`, else in `/var/lib/cartcal/seen.json` when installed; elsewhere
/// nothing is kept.
struct SeenRevisions {
  static let schema = "cartcal.seen/1"
  private static let installed = "/var/lib/cartcal"

  private struct Document: Codable {
    var schema = SeenRevisions.schema
    /// By store, then by cart.
    var stores: [String: [String: Int]]
  }

  private let file: String?

  init() {
    if let named = Environment.value("CARTCAL_SEEN") {
      file = named
      return
    }
    do throws(FileError) {
      file = try Files.kind(of: Self.installed) == .folder ? Self.installed + "/seen.json" : nil
    } catch {
      file = nil
    }
  }

  /// The highest revision of a cart that was seen in a store; nil for none, and where nothing is
  /// kept. Throws where what is kept cannot be read: who damages it hides something.
  func highest(of cart: String, in store: String) throws(ProcedureError) -> Int? {
    try document().stores[Self.place(store)]?[cart]
  }

  /// By cart, the highest revision that was seen in a store.
  func carts(in store: String) throws(ProcedureError) -> [String: Int] {
    try document().stores[Self.place(store)] ?? [:]
  }

  /// Keeps what is seen now. Who may not write here, a reader for one, keeps nothing.
  func keep(_ revision: Int, of cart: String, in store: String) throws(ProcedureError) {
    guard let file else { return }
    let place = Self.place(store)
    guard try document().stores[place]?[cart] ?? 0 < revision else { return }
    let lock: FileLock
    do throws(FileError) { lock = try FileLock(file + ".lock") } catch { return }
    // Another process may have been first.
    var present = try document()
    guard present.stores[place]?[cart] ?? 0 < revision else { return }
    present.stores[place, default: [:]][cart] = revision
    let bytes: [UInt8]
    do throws(DocumentError) { bytes = try JSONDocument.encode(present) } catch {
      throw .document(error)
    }
    do throws(StorageError) { try AtomicFile.write(bytes, to: file) } catch { return }
    _ = consume lock
  }

  private func document() throws(ProcedureError) -> Document {
    guard let file else { return Document(stores: [:]) }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(file, limit: 1 << 26)
    } catch {
      if error.isMissing { return Document(stores: [:]) }
      throw .storage(StorageError(reading: error))
    }
    do throws(DocumentError) {
      return try JSONDocument.decode(
        Document.self, from: bytes, file: file, schema: Self.schema)
    } catch {
      throw .storage(
        .damaged(path: file, detail: "it does not say which revisions were seen"))
    }
  }

  /// A store by its place, however it was named.
  private static func place(_ store: String) -> String {
    do throws(FileError) { return try Files.resolve(store) } catch { return store }
  }
}

extension BundleStore {
  /// Throws where a later revision of a cart was seen here than there is now; else keeps the latest.
  func checkSeen(_ cart: Name) throws(ProcedureError) {
    let seen = SeenRevisions()
    let highest: Int
    do throws(BundleError) {
      highest = try revisions(of: cart).last ?? 0
    } catch {
      throw .bundle(error)
    }
    if let before = try seen.highest(of: cart.text, in: path), before > highest {
      throw .restored(cart: cart.text, seen: before, highest: highest, store: path)
    }
    if highest > 0 { try seen.keep(highest, of: cart.text, in: path) }
  }
}
