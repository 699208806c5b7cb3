package import Bundles
import Documents
import Files

/// Makes a signing key: `FILE`, the secret half, which its owner alone may read, and `FILE.pub`.
///
/// Neither may exist: a key that was written over is lost with all that it signed.
package func makeKey(
  file: String, isProtected: Bool
) throws(ProcedureError) -> (key: PublicKey, publicFile: String) {
  let publicFile = file + ".pub"
  let password = isProtected ? Environment.value(StoreAccess.passwordVariable) : nil
  do throws(SigningError) {
    if isProtected, password == nil { throw .passwordNeeded(path: file) }
    let key = try SecretKey.generate()
    let secret = try key.fileText(password: password)
    try writeKey(Array(key.publicKey.fileText.utf8), publicFile, mode: 0o644)
    do throws(SigningError) {
      try writeKey(Array(secret.utf8), file, mode: 0o600)
    } catch {
      Files.removeIfThere(publicFile)
      throw error
    }
    return (key.publicKey, publicFile)
  } catch {
    throw .signing(error)
  }
}

/// The public key that a file holds.
package func publicKey(file: String) throws(ProcedureError) -> PublicKey {
  do throws(SigningError) { return try PublicKey(file: file) } catch { throw .signing(error) }
}

/// The keys that a folder trusts, and those it revoked.
package func trustedKeys(_ access: StoreAccess) throws(ProcedureError) -> TrustedKeys {
  do throws(SigningError) {
    return try TrustedKeys(folder: access.keyFolder)
  } catch {
    throw .signing(error)
  }
}

/// Trusts the signatures of a public key from now on. Does nothing when it is trusted already;
/// refuses one that was revoked.
package func trustKey(
  file: String, _ access: StoreAccess
) throws(ProcedureError) -> PublicKey {
  let folder = access.keyFolder
  do throws(SigningError) {
    let key = try PublicKey(file: file)
    let trusted = try TrustedKeys(folder: folder)
    guard !trusted.revoked.contains(key.id) else {
      throw .revokedKey(key.id, signature: file, keys: folder)
    }
    if trusted.keys[key.id] == key { return key }
    try makeFolder(folder)
    try writeKey(Array(key.fileText.utf8), "\(folder)/\(key.id).pub", mode: 0o644)
    return key
  } catch {
    throw .signing(error)
  }
}

/// Takes the trust from a key, for good: nothing it signed, before or later, counts any more.
package func revokeKey(
  id text: String, _ access: StoreAccess
) throws(ProcedureError) -> KeyID {
  let folder = access.keyFolder
  guard let id = KeyID(text: text) else { throw .keyWord(text) }
  do throws(SigningError) {
    let trusted = try TrustedKeys(folder: folder)
    if trusted.revoked.contains(id) { return id }
    guard let key = trusted.keys[id] else {
      throw .noSuchKey(id, keys: folder)
    }
    try makeFolder(folder + "/revoked")
    try writeKey(Array(key.fileText.utf8), "\(folder)/revoked/\(id).pub", mode: 0o644)
    return id
  } catch {
    throw .signing(error)
  }
}

private func makeFolder(_ path: String) throws(SigningError) {
  do throws(FileError) { try Files.makeFolders(path) } catch {
    throw .storage(StorageError(writing: error))
  }
}

private func writeKey(_ bytes: [UInt8], _ path: String, mode: Int) throws(SigningError) {
  do throws(FileError) { try Files.writeNew(path, bytes, mode: mode) } catch {
    throw .storage(StorageError(writing: error))
  }
}
