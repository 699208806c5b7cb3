import Documents
import Files
import Glibc
import Measurements
import TestSupport
import Testing

@testable import Bundles

/// Keys and signatures in minisign's format.
struct SigningTests {
  private let content = Array("what was written\n".utf8)

  private func signed(_ key: SecretKey, _ comment: String = "cart A revision 1") -> [UInt8] {
    Array(Signature.text(of: content, trustedComment: comment, by: key).utf8)
  }

  @Test func aSignatureHoldsForItsContentOnly() throws {
    let key = try SecretKey.generate()
    let signature = try Signature(signed(key), path: "sums.minisig")
    try signature.verify(content, by: key.publicKey, signed: "sums")
    #expect(signature.trustedComment == "cart A revision 1" && signature.key == key.id)
    var other = content
    for index in other.indices {
      other[index] ^= 1
      #expect(
        throws: SigningError.wrongSignature(
          path: "sums.minisig", signed: "sums", comment: "cart A revision 1")
      ) { try signature.verify(other, by: key.publicKey, signed: "sums") }
      other[index] ^= 1
    }
    let stranger = try SecretKey.generate()
    #expect(throws: SigningError.self) {
      try signature.verify(content, by: stranger.publicKey, signed: "sums")
    }
  }

  @Test func everyBitOfASignatureCounts() throws {
    let key = try SecretKey.generate()
    let bytes = signed(key)
    // The first line, a comment for people, is not signed.
    let start = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
    for index in start..<bytes.count {
      for bit in 0..<8 {
        var wrong = bytes
        wrong[index] ^= 1 << bit
        // A line may end with a carriage return, and the file without a newline.
        #expect(throws: SigningError.self, "byte \(index), bit \(bit)") {
          let signature = try Signature(wrong, path: "s")
          guard signature.key == key.id else { throw SigningError.unsigned(path: "another key") }
          try signature.verify(content, by: key.publicKey, signed: "sums")
        }
      }
    }
  }

  @Test func aKeyComesBackFromItsFile() throws {
    let folder = try TemporaryFolder()
    let key = try SecretKey.generate()
    for password in [nil, "correct horse"] {
      let file = folder(password == nil ? "open.key" : "closed.key")
      try Files.writeNew(file, Array(key.fileText(password: password).utf8), mode: 0o600)
      let again = try SecretKey.read(file) { password }
      #expect(again.publicKey == key.publicKey)
      // Ed25519 has one signature for a key and a message.
      #expect(try Signature(signed(again), path: "s") == Signature(signed(key), path: "s"))
    }
    let closed = folder("closed.key")
    #expect(throws: SigningError.wrongPassword(path: closed)) {
      _ = try SecretKey.read(closed) { "battery staple" }
    }
    #expect(throws: SigningError.passwordNeeded(path: closed)) {
      _ = try SecretKey.read(closed) { nil }
    }
    #expect(chmod(closed, 0o640) == 0)
    #expect(throws: SigningError.exposedKey(path: closed, mode: 0o640)) {
      _ = try SecretKey.read(closed) { "correct horse" }
    }
  }

  @Test func hostileKeysAreRefused() throws {
    let folder = try TemporaryFolder()
    let key = try SecretKey.generate()
    let text = key.publicKey.fileText
    let lines = text.split(separator: "\n").map(String.init)
    let (comment, data) = (lines[0], lines[1])
    var texts: [String] = ["", "\n", comment, data, "\(text)more\n", "comment\n\(data)"]
    texts.append("\(comment)\n\(data.dropLast(4))")
    texts.append("\(comment)\n\(data)AAAA")
    texts.append("\(comment)\nRWa\(data.dropFirst(3))")
    texts.append("\(comment)\n\(data.dropLast())!")
    var files: [[UInt8]] = texts.map { Array($0.utf8) }
    files += [[0xff, 0xfe], [0]]
    for (index, bytes) in files.enumerated() {
      let file = folder("\(index).pub")
      try Files.writeNew(file, bytes)
      #expect(throws: SigningError.self, "\(index)") { try PublicKey(file: file) }
    }
    // A secret key whose file asks for far too much memory.
    let closed = try key.fileText(password: "x").split(separator: "\n").map(String.init)
    var raw = try #require(Base64.bytes(closed[1], count: 158))
    raw.replaceSubrange(46..<54, with: [0, 0, 0, 0, 0, 1, 0, 0])
    try Files.writeNew(
      folder("huge.key"), Array("\(closed[0])\n\(Base64.text(raw))\n".utf8), mode: 0o600)
    #expect(throws: SigningError.unaffordable(path: folder("huge.key"))) {
      _ = try SecretKey.read(folder("huge.key")) { "x" }
    }
  }
}

/// Bundles whose readers ask for a signature.
struct SignedBundleTests {
  private let folder: TemporaryFolder
  private let cart: Name
  private let key: SecretKey

  init() throws {
    folder = try TemporaryFolder()
    cart = try Name("CART-0042", of: .cartSerial)
    key = try SecretKey.generate()
    try Files.makeFolder(folder("keys"))
    try trust(key)
  }

  private func trust(_ key: SecretKey, in place: String = "keys") throws {
    try Files.makeFolders(folder(place))
    try Files.writeNew(
      folder("\(place)/\(key.id).pub"), Array(key.publicKey.fileText.utf8))
  }

  private func store() throws -> BundleStore {
    BundleStore(path: folder("store"), trust: .signed(by: try TrustedKeys(folder: folder("keys"))))
  }

  private func problem(_ revision: Int? = nil) throws -> SigningError? {
    let store = try store()
    do throws(BundleError) {
      _ = try store.load(cart, revision: revision)
      return nil
    } catch {
      guard case .signing(let problem) = error else { throw error }
      #expect(error.exitStatus == .storage)
      return problem
    }
  }

  @Test func whatWasSignedIsTakenAndNothingElse() throws {
    let written = try store().write(sampleDraft(), activate: true, key: key)
    #expect(written.isCurrent)
    #expect(try store().load(cart) == written)
    #expect(written.signature?.key == key.id)
    #expect(written.signature?.comment == "cart CART-0042 revision 1")
    // The list of files changed with the file.
    let sums = written.folder + "/SHA256SUMS"
    let text = String(decoding: try Files.read(sums, limit: 1 << 20), as: UTF8.self)
    #expect(unlink(sums) == 0)
    try Files.writeNew(sums, Array(text.replacing("a", with: "b").utf8))
    #expect(
      try problem()
        == .wrongSignature(
          path: sums + ".minisig", signed: sums, comment: "cart CART-0042 revision 1"))
  }

  @Test func signaturesOfOthersAreNamed() throws {
    let first = try store().write(sampleDraft(), activate: true, key: key)
    let second = try store().write(sampleDraft(corners: "[1]\n"), activate: true, key: key)
    let mine = first.folder + "/SHA256SUMS.minisig"
    let path = second.folder + "/SHA256SUMS.minisig"
    // Moved from another revision.
    try replace(path, with: Files.read(mine, limit: 1 << 14))
    #expect(
      try problem()
        == .wrongSignature(
          path: path, signed: second.folder + "/SHA256SUMS", comment: "cart CART-0042 revision 1"))
    let stranger = try SecretKey.generate()
    let sums = try Files.read(second.folder + "/SHA256SUMS", limit: 1 << 20)
    try replace(path, with: Array(Signature.text(of: sums, trustedComment: "", by: stranger).utf8))
    #expect(try problem() == .unknownKey(stranger.id, signature: path, keys: folder("keys")))
    try trust(stranger)
    #expect(try problem() == nil)
    try trust(stranger, in: "keys/revoked")
    #expect(try problem() == .revokedKey(stranger.id, signature: path, keys: folder("keys")))
    #expect(unlink(path) == 0)
    #expect(try problem() == .unsigned(path: path))
    #expect(try problem(1) == nil)
  }

  @Test func anUnsignedRevisionDoesNotTakeOver() throws {
    let open = BundleStore(path: folder("store"), trust: .unsigned)
    #expect(try open.write(sampleDraft(), activate: true).isCurrent)
    #expect(try open.write(sampleDraft(), activate: true, key: key).isCurrent)
    #expect(try !open.write(sampleDraft(), activate: true).isCurrent)
    #expect(try open.currentRevision(of: cart) == 2)
    // Asked to, a person's word counts only where signatures are not asked for.
    #expect(throws: BundleError.self) { try store().activate(cart, revision: 3, at: .now) }
    #expect(try open.activate(cart, revision: 3, at: .now).before == 2)
  }

  @Test func switchingBackIsRecorded() throws {
    for verdict in [Verdict.pass, .pass, .fail, .pass] {
      _ = try store().write(sampleDraft(verdict: verdict), activate: verdict == .pass, key: key)
    }
    let time = UTCTime(seconds: 1_790_000_000)
    // Revision 3 failed.
    #expect(try store().revisionToRollBackTo(cart) == 2)
    #expect(try store().activate(cart, revision: 2, at: time).before == 4)
    #expect(try store().load(cart).bundle.revision == 2)
    #expect(try store().activate(cart, revision: 2, at: time).before == 2)
    let history = try Files.read(folder("store/CART-0042/history.jsonl"), limit: 1 << 16)
    let lines = String(decoding: history, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 1 && lines[0].contains("\"from\": 4"), "\(lines)")
    // A damaged revision is passed over.
    #expect(try store().activate(cart, revision: 4, at: time).before == 2)
    #expect(unlink(folder("store/CART-0042/000002/SHA256SUMS")) == 0)
    #expect(try store().revisionToRollBackTo(cart) == 1)
  }

  private func replace(_ path: String, with bytes: [UInt8]) throws {
    #expect(unlink(path) == 0)
    try Files.writeNew(path, bytes)
  }
}
