import Documents

/// The public half of a signing key (Ed25519, RFC 8032), in minisign's format: an untrusted comment,
/// then base64 of "Ed", the key's number (8 bytes) and the key (32 bytes).
public struct PublicKey: Hashable, Sendable {
  public let id: KeyID
  /// 32 bytes.
  let key: [UInt8]

  static let algorithm = Array("Ed".utf8)
  static let length = 2 + 8 + 32

  init(id: KeyID, key: [UInt8]) {
    self.id = id
    self.key = key
  }

  /// From a file that `cartcal key new` or `minisign -G` wrote.
  public init(file path: String) throws(SigningError) {
    let lines = try MinisignLines.read(path)
    try lines.require(2)
    _ = try lines.comment(line: 1, MinisignLines.untrusted)
    let bytes = try lines.base64(line: 2, count: Self.length)
    guard bytes.starts(with: Self.algorithm) else {
      throw .malformed(path: path, detail: "it is a key for another algorithm than Ed25519")
    }
    self.init(id: KeyID(bytes[2..<10]), key: Array(bytes[10...]))
  }

  /// The content of a key's file.
  package var fileText: String {
    "\(MinisignLines.untrusted)cartcal public key \(id)\n"
      + Base64.text(Self.algorithm + id.bytes + key) + "\n"
  }
}
