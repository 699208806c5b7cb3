import CSodium
import Documents
import Files

/// The secret half of a signing key, in minisign's format.
///
/// A file holds an untrusted comment, then base64 of "Ed", "Sc" (scrypt) or two zeros (no
/// password), "B2", the salt (32 bytes), the two limits of scrypt (8 bytes each, little-endian), and
/// 104 bytes that scrypt's stream is laid over: the key's number (8), the key (64), and BLAKE2b-256 of
/// "Ed", number and key.
package final class SecretKey {
  package let id: KeyID
  /// 64 bytes that are not swapped to disk, and wiped in the end.
  private let key: UnsafeMutableRawPointer

  private static let scrypt = Array("Sc".utf8)
  private static let noPassword: [UInt8] = [0, 0]
  private static let checksum = Array("B2".utf8)
  private static let keyLength = Int(crypto_sign_SECRETKEYBYTES)
  private static let hiddenLength = 8 + keyLength + 32
  private static let length = 2 + 2 + 2 + 32 + 8 + 8 + hiddenLength
  /// What opening a key may cost: a file must not be able to ask for all of the memory. These are
  /// what `minisign` itself asks for.
  private static let mostOperations: UInt64 = 1 << 25
  private static let mostMemory: UInt64 = 1 << 30

  private init(id: KeyID, key: [UInt8]) throws(SigningError) {
    guard sodium_init() >= 0, let memory = sodium_malloc(Self.keyLength) else {
      throw .unavailable
    }
    self.id = id
    self.key = memory
    key.withUnsafeBytes {
      memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: Self.keyLength)
    }
  }

  deinit { sodium_free(key) }

  /// A new key from the system's random numbers.
  package static func generate() throws(SigningError) -> SecretKey {
    guard sodium_init() >= 0 else { throw .unavailable }
    var open = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
    var secret = [UInt8](repeating: 0, count: keyLength)
    var id = [UInt8](repeating: 0, count: 8)
    defer { sodium_memzero(&secret, secret.count) }
    crypto_sign_keypair(&open, &secret)
    randombytes_buf(&id, id.count)
    return try SecretKey(id: KeyID(id), key: secret)
  }

  /// The second half of the secret key is the public one.
  package var publicKey: PublicKey {
    let bytes = UnsafeRawBufferPointer(start: key, count: Self.keyLength)
    return PublicKey(id: id, key: Array(bytes[32...]))
  }

  /// Ed25519 of `message`: 64 bytes.
  func signature(of message: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: Int(crypto_sign_BYTES))
    crypto_sign_detached(
      &signature, nil, message, UInt64(message.count),
      key.assumingMemoryBound(to: UInt8.self))
    return signature
  }
}

extension SecretKey {
  /// From a file that only its owner may read. `password` is asked for only where the key has one.
  package static func read(
    _ path: String, password: () -> String?
  ) throws(SigningError) -> SecretKey {
    let mode: Int
    do throws(FileError) { mode = try Files.permissions(of: path) } catch {
      throw .storage(StorageError(reading: error))
    }
    guard mode & 0o077 == 0 else { throw .exposedKey(path: path, mode: mode) }
    let lines = try MinisignLines.read(path)
    try lines.require(2)
    _ = try lines.comment(line: 1, MinisignLines.untrusted)
    let bytes = try lines.base64(line: 2, count: length)
    guard bytes.starts(with: PublicKey.algorithm), Array(bytes[4..<6]) == checksum else {
      throw .malformed(path: path, detail: "it is no secret key for Ed25519")
    }
    var hidden = Array(bytes[54...])
    defer { sodium_memzero(&hidden, hidden.count) }
    let derivation = Array(bytes[2..<4])
    let hasPassword = derivation == scrypt
    guard hasPassword || derivation == noPassword else {
      throw .malformed(path: path, detail: "its password is kept in an unknown way")
    }
    if hasPassword {
      guard let password = password() else { throw .passwordNeeded(path: path) }
      guard
        cover(
          &hidden, password, salt: Array(bytes[6..<38]), operations: number(bytes[38..<46]),
          memory: number(bytes[46..<54]))
      else { throw .unaffordable(path: path) }
    }
    let check = Array(hidden[(8 + keyLength)...])
    // `minisign` leaves the checksum of a key without a password open.
    let isOpen = !hasPassword && check.allSatisfy { $0 == 0 }
    guard
      isOpen
        ? isWhole(hidden[8..<(8 + keyLength)]) : digest(of: hidden[..<(8 + keyLength)]) == check
    else {
      throw hasPassword
        ? .wrongPassword(path: path) : .malformed(path: path, detail: "its checksum is wrong")
    }
    return try SecretKey(id: KeyID(hidden[..<8]), key: Array(hidden[8..<(8 + keyLength)]))
  }

  /// The content of a key's file, protected by a password where one is given.
  package func fileText(password: String?) throws(SigningError) -> String {
    var hidden = id.bytes + UnsafeRawBufferPointer(start: key, count: Self.keyLength)
    defer { sodium_memzero(&hidden, hidden.count) }
    hidden += Self.digest(of: hidden[...])
    var salt = [UInt8](repeating: 0, count: 32)
    var limits = [UInt8](repeating: 0, count: 16)
    if let password {
      randombytes_buf(&salt, salt.count)
      // A line's computers are small: 16 MB, as libsodium advises for keys that are opened often.
      let operations = UInt64(crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_INTERACTIVE)
      let memory = UInt64(crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_INTERACTIVE)
      guard Self.cover(&hidden, password, salt: salt, operations: operations, memory: memory)
      else { throw .unavailable }
      limits = Self.bytes(operations) + Self.bytes(memory)
    }
    return "\(MinisignLines.untrusted)cartcal secret key \(id)\n"
      + Base64.text(
        PublicKey.algorithm + (password == nil ? Self.noPassword : Self.scrypt) + Self.checksum
          + salt + limits + hidden) + "\n"
  }

  /// Lays scrypt's stream over `bytes`, which hides them, or shows them again. False when it takes
  /// more memory or time than there is.
  private static func cover(
    _ bytes: inout [UInt8], _ password: String, salt: [UInt8], operations: UInt64, memory: UInt64
  ) -> Bool {
    guard operations <= mostOperations, memory <= mostMemory else { return false }
    var stream = [UInt8](repeating: 0, count: bytes.count)
    defer { sodium_memzero(&stream, stream.count) }
    let status = crypto_pwhash_scryptsalsa208sha256(
      &stream, UInt64(stream.count), password, UInt64(password.utf8.count), salt, operations,
      Int(memory))
    guard status == 0 else { return false }
    for index in bytes.indices { bytes[index] ^= stream[index] }
    return true
  }

  /// True when the second half of a secret key, the public one, belongs to the first.
  private static func isWhole(_ key: ArraySlice<UInt8>) -> Bool {
    var open = [UInt8](repeating: 0, count: Int(crypto_sign_PUBLICKEYBYTES))
    var secret = [UInt8](repeating: 0, count: keyLength)
    defer { sodium_memzero(&secret, secret.count) }
    crypto_sign_seed_keypair(&open, &secret, Array(key.prefix(32)))
    return open == Array(key.suffix(32))
  }

  private static func digest(of key: ArraySlice<UInt8>) -> [UInt8] {
    let message = PublicKey.algorithm + key
    var digest = [UInt8](repeating: 0, count: 32)
    crypto_generichash(&digest, digest.count, message, UInt64(message.count), nil, 0)
    return digest
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func bytes(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }
}
