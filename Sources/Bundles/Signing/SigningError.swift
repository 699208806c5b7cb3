public import Documents

/// Why something could not be signed, or a signature or key cannot be relied on, as data.
public enum SigningError: Error, Equatable, Sendable {
  /// A file is not what `minisign` writes.
  case malformed(path: String, detail: String)
  /// Others may read or write the file of a secret key. `mode` holds the permission bits.
  case exposedKey(path: String, mode: Int)
  case passwordNeeded(path: String)
  case wrongPassword(path: String)
  /// The memory or time that the key's file asks for opening it is not to be had.
  case unaffordable(path: String)
  /// libsodium does not start, or has no memory to keep a secret key in.
  case unavailable
  /// No key of the trusted ones has this number.
  case unknownKey(KeyID, signature: String, keys: String)
  /// The key that signed was withdrawn.
  case revokedKey(KeyID, signature: String, keys: String)
  /// Asked to revoke a key that was never trusted.
  case noSuchKey(KeyID, keys: String)
  /// A trusted key says that the signature belongs to other contents. `comment` is what was signed
  /// with it, nil where that was changed as well.
  case wrongSignature(path: String, signed: String, comment: String?)
  /// The signature is good, its comment is not the one that was signed.
  case wrongComment(path: String)
  /// Nobody signed.
  case unsigned(path: String)
  case noTrustedKeys(folder: String)
  case storage(StorageError)
}

extension SigningError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let path, let detail):
      return "\(path) is no key or signature in minisign's format: \(detail). "
        + "Name another file, or fetch this one again."
    case .exposedKey(let path, let mode):
      return "\(path) holds a secret key, but others on this computer may read or change it (mode "
        + "\(String(mode, radix: 8))). Run chmod 600 on it; if others may have read it, revoke it "
        + "and make a new one."
    case .passwordNeeded(let path):
      return "\(path) is protected by a password. Set CARTCAL_KEY_PASSWORD to it."
    case .wrongPassword(let path):
      return "The password does not open \(path). Check CARTCAL_KEY_PASSWORD."
    case .unaffordable(let path):
      return
        "\(path) asks for more memory or time to be opened than this computer gives it. Make a "
        + "key with cartcal key new."
    case .unavailable:
      return
        "There is no memory for a secret key. Raise the limit on locked memory (ulimit -l), or "
        + "end other programs, then try again."
    case .unknownKey(let key, let signature, let keys):
      return
        "\(signature) was made with key \(key), which is not among the trusted ones in \(keys). "
        + "If you know whose it is, trust it with cartcal key trust; otherwise do not use the bundle."
    case .revokedKey(let key, let signature, let keys):
      return
        "\(signature) was made with key \(key), which was revoked in \(keys). Calibrate the cart "
        + "anew, or have its bundle signed again by who is responsible for it."
    case .noSuchKey(let key, let keys):
      return "\(keys) holds no key \(key). cartcal key list shows those it holds."
    case .wrongSignature(let path, let signed, let comment):
      let origin = comment.map { " It was made for \"\($0)\"." } ?? ""
      return "\(path) is no signature of \(signed): one of both was changed, or they do not belong "
        + "together.\(origin) Do not use the bundle; restore it from a backup or calibrate anew."
    case .wrongComment(let path):
      return "The trusted comment of \(path) was changed. Do not use the bundle; restore it from a "
        + "backup or calibrate anew."
    case .unsigned(let path):
      return "\(path) does not exist: nobody signed this bundle. Sign new ones with --key; to use "
        + "this one all the same, give --unsigned."
    case .noTrustedKeys(let folder):
      return
        "\(folder) holds no trusted key. Trust one with cartcal key trust FILE, or name another "
        + "folder with --keys."
    case .storage(let error): return error.description
    }
  }
}
