package import Bundles
import Files
import Glibc

/// Where bundles are kept, who signs new ones, and whose are taken.
package struct StoreAccess: Sendable {
  /// Nil: by environment and place (`BundleStore.location`).
  private let store: String?
  /// The file of the secret key; nil: CARTCAL_KEY, else the installed one where it exists.
  private let key: String?
  private let keys: String?
  private let takesUnsigned: Bool

  static let installedKey = "/etc/cartcal/signing.key"
  package static let installedKeys = "/etc/cartcal/keys"

  static let passwordVariable = "CARTCAL_KEY_PASSWORD"

  package init(
    store: String? = nil, key: String? = nil, keys: String? = nil, takesUnsigned: Bool = false
  ) {
    self.store = store
    self.key = key
    self.keys = keys
    self.takesUnsigned = takesUnsigned
  }

  /// The store as readers see it: only bundles that a trusted key signed, unless told otherwise.
  package func reader() throws(ProcedureError) -> BundleStore {
    BundleStoring.store(store, trust: takesUnsigned ? .unsigned : .signed(by: try trustedKeys()))
  }

  /// The store for writing, and the key to sign with; nil where none is configured. What a new
  /// bundle takes over from the one before must be signed if it is going to be: by a trusted key,
  /// or by this one.
  func writer() throws(ProcedureError) -> (store: BundleStore, key: SecretKey?) {
    guard let key = try signingKey() else {
      return (BundleStoring.store(store, trust: .unsigned), nil)
    }
    guard !takesUnsigned else { return (BundleStoring.store(store, trust: .unsigned), key) }
    let keys = try trustedKeys().adding(key.publicKey)
    return (BundleStoring.store(store, trust: .signed(by: keys)), key)
  }

  /// Throws what would keep a bundle from being stored, before any work is done.
  func check() throws(ProcedureError) { _ = try writer() }

  /// The folder of trusted keys.
  package var keyFolder: String {
    keys ?? Environment.value("CARTCAL_KEYS") ?? Self.installedKeys
  }

  private func trustedKeys() throws(ProcedureError) -> TrustedKeys {
    do throws(SigningError) {
      return try TrustedKeys(folder: keyFolder)
    } catch {
      throw .signing(error)
    }
  }

  private func signingKey() throws(ProcedureError) -> SecretKey? {
    var file = key ?? Environment.value("CARTCAL_KEY")
    do throws(FileError) {
      if file == nil, try Files.kind(of: Self.installedKey) != nil { file = Self.installedKey }
    } catch {
      // Whoever may not look into the folder is not meant to sign.
      return nil
    }
    guard let file else { return nil }
    do throws(SigningError) {
      return try SecretKey.read(file) { Environment.value(Self.passwordVariable) }
    } catch {
      throw .signing(error)
    }
  }
}

/// The variables that a shell hands over; empty ones count as unset.
enum Environment {
  static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
