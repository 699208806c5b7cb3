import TestSupport
import Testing

@testable import Documents

@Test func digestsAreThePublishedOnes() throws {
  // FIPS 180-4 example values: "abc", the empty text, and one million times "a".
  let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
  #expect(
    SHA256.hexadecimal(of: Array("abc".utf8))
      == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  #expect(
    SHA256.hexadecimal(of: [])
      == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
  #expect(SHA256.hexadecimal(of: million) == digest)
  let folder = try TemporaryFolder()
  try folder.write("a", million)
  #expect(try SHA256.hexadecimal(ofFile: folder("a")) == (digest, 1_000_000))
  #expect(throws: StorageError.missing(path: folder("b"))) {
    try SHA256.hexadecimal(ofFile: folder("b"))
  }
}
