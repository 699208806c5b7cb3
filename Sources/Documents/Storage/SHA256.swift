import CSodium
import Files

/// SHA-256 digests (FIPS 180-4), through libsodium, as 64 lower-case hexadecimal digits.
public enum SHA256 {
  /// The digest of `bytes`.
  public static func hexadecimal(of bytes: [UInt8]) -> String {
    var hash = SHA256Stream()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// Digest and size of a file, read piece by piece.
  public static func hexadecimal(
    ofFile path: String
  ) throws(StorageError) -> (digest: String, bytes: Int) {
    var hash = SHA256Stream()
    do throws(FileError) {
      let bytes = try Files.readPieces(path) { hash.update($0) }
      return (hash.finish(), bytes)
    } catch {
      throw StorageError(reading: error)
    }
  }
}

/// A digest in the making (`crypto_hash_sha256_*`).
private struct SHA256Stream {
  private var state = crypto_hash_sha256_state()

  init() { crypto_hash_sha256_init(&state) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    crypto_hash_sha256_update(
      &state, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
