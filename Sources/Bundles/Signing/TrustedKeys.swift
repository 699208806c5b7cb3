import Documents
import Files

/// The public keys whose signatures count: the files `*.pub` of a folder. Those in its subfolder
/// `revoked` counted once and count no more, whatever the folder itself holds.
public struct TrustedKeys: Sendable {
  public let folder: String
  public let keys: [KeyID: PublicKey]
  public let revoked: Set<KeyID>

  private static let fileLimit = 1000

  public init(folder: String) throws(SigningError) {
    self.folder = folder
    var keys: [KeyID: PublicKey] = [:]
    for key in try Self.publicKeys(in: folder) { keys[key.id] = key }
    self.keys = keys
    revoked = Set(try Self.publicKeys(in: folder + "/revoked").map(\.id))
  }

  /// The key that a signature names, which must be trusted.
  func key(of signature: Signature) throws(SigningError) -> PublicKey {
    guard !revoked.contains(signature.key) else {
      throw .revokedKey(signature.key, signature: signature.path, keys: folder)
    }
    guard !keys.isEmpty else { throw .noTrustedKeys(folder: folder) }
    guard let key = keys[signature.key] else {
      throw .unknownKey(signature.key, signature: signature.path, keys: folder)
    }
    return key
  }

  /// None where the folder does not exist. A file that is no key throws: to pass over one that was
  /// meant to revoke would be to trust it.
  private static func publicKeys(in folder: String) throws(SigningError) -> [PublicKey] {
    let names: [String]
    do throws(FileError) {
      guard try Files.kind(of: folder) != nil else { return [] }
      names = try Files.list(folder, limit: fileLimit).compactMap(\.name)
    } catch {
      throw .storage(StorageError(reading: error))
    }
    var keys: [PublicKey] = []
    for name in names.sorted() where name.hasSuffix(".pub") {
      keys.append(try PublicKey(file: folder + "/" + name))
    }
    return keys
  }
}

extension TrustedKeys {
  /// These keys and one more, unless it was revoked.
  package func adding(_ key: PublicKey) -> TrustedKeys {
    var keys = keys
    keys[key.id] = key
    return TrustedKeys(folder: folder, keys: keys, revoked: revoked)
  }

  private init(folder: String, keys: [KeyID: PublicKey], revoked: Set<KeyID>) {
    self.folder = folder
    self.keys = keys
    self.revoked = revoked
  }
}
