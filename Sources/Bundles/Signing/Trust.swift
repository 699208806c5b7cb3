import Documents
import Files

/// Whose bundles a reader takes.
public enum Trust: Sendable {
  /// Those that one of these keys signed.
  case signed(by: TrustedKeys)
  /// All: signatures are not looked at. Files are still held against SHA256SUMS, which says that a
  /// bundle is whole, and nothing of who made it.
  case unsigned

  static let signatureFile = "SHA256SUMS.minisig"

  /// Who signed `list`, the content of SHA256SUMS in a revision's folder; nil where nobody need
  /// have.
  func signer(of list: [UInt8], in folder: String) throws(SigningError) -> BundleSignature? {
    guard case .signed(let keys) = self else { return nil }
    let path = folder + "/" + Self.signatureFile
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: 1 << 14)
    } catch {
      throw error.isMissing ? .unsigned(path: path) : .storage(StorageError(reading: error))
    }
    let signature = try Signature(bytes, path: path)
    try signature.verify(list, by: keys.key(of: signature), signed: folder + "/SHA256SUMS")
    return BundleSignature(key: signature.key, comment: signature.trustedComment)
  }
}

/// A good signature of a bundle by a trusted key.
public struct BundleSignature: Equatable, Sendable {
  public let key: KeyID
  /// What the signer wrote down with it.
  public let comment: String
}
