import CSodium
import Documents

/// A signature in minisign's format, which the stock `minisign` verifies too.
///
/// Four lines: an untrusted comment; base64 of "ED" (of the BLAKE2b-512 digest) or "Ed" (of the
/// content itself), the key's number and the signature (64 bytes); a trusted comment; base64 of the
/// signature of signature and trusted comment.
struct Signature: Equatable {
  let path: String
  let key: KeyID
  let trustedComment: String
  private let isOfDigest: Bool
  private let ofContent: [UInt8]
  private let ofComment: [UInt8]

  private static let ofDigest = Array("ED".utf8)
  private static let signatureLength = Int(crypto_sign_BYTES)

  init(_ bytes: [UInt8], path: String) throws(SigningError) {
    let lines = try MinisignLines(bytes, path: path)
    try lines.require(4)
    _ = try lines.comment(line: 1, MinisignLines.untrusted)
    let signature = try lines.base64(line: 2, count: 2 + 8 + Self.signatureLength)
    isOfDigest = signature.starts(with: Self.ofDigest)
    guard isOfDigest || signature.starts(with: PublicKey.algorithm) else {
      throw .malformed(path: path, detail: "it is made with another algorithm than Ed25519")
    }
    self.path = path
    key = KeyID(signature[2..<10])
    ofContent = Array(signature[10...])
    trustedComment = try lines.comment(line: 3, MinisignLines.trusted)
    ofComment = try lines.base64(line: 4, count: Self.signatureLength)
  }

  /// The file of a signature of `content`.
  static func text(
    of content: [UInt8], trustedComment: String, by key: SecretKey
  ) -> String {
    let ofContent = key.signature(of: digest(of: content))
    let ofComment = key.signature(of: ofContent + trustedComment.utf8)
    return "\(MinisignLines.untrusted)signature by cartcal, key \(key.id)\n"
      + Base64.text(ofDigest + key.id.bytes + ofContent) + "\n"
      + "\(MinisignLines.trusted)\(trustedComment)\n"
      + Base64.text(ofComment) + "\n"
  }

  /// Throws unless `key` signed `content` and the trusted comment. `signed` names the content.
  func verify(_ content: [UInt8], by key: PublicKey, signed: String) throws(SigningError) {
    let message = isOfDigest ? Self.digest(of: content) : content
    let commentIsRight = Self.isSignature(
      ofComment, of: ofContent + trustedComment.utf8, by: key)
    guard Self.isSignature(ofContent, of: message, by: key) else {
      throw .wrongSignature(
        path: path, signed: signed, comment: commentIsRight ? trustedComment : nil)
    }
    guard commentIsRight else { throw .wrongComment(path: path) }
  }

  private static func isSignature(
    _ signature: [UInt8], of message: [UInt8], by key: PublicKey
  ) -> Bool {
    crypto_sign_verify_detached(signature, message, UInt64(message.count), key.key) == 0
  }

  private static func digest(of content: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 64)
    crypto_generichash(&digest, digest.count, content, UInt64(content.count), nil, 0)
    return digest
  }
}
