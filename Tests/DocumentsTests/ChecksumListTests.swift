import TestSupport
import Testing

@testable import Documents

private let digest = SHA256.hexadecimal(of: [1])

@Test func aListIsSortedAndReadsBack() throws {
  let list = ChecksumList([
    .init(digest: digest, path: "evidence/corners.json"),
    .init(digest: digest, path: "bundle.json"),
  ])
  #expect(
    String(decoding: list.bytes, as: UTF8.self)
      == "\(digest)  bundle.json\n\(digest)  evidence/corners.json\n")
  #expect(try ChecksumList(parsing: list.bytes, file: "SHA256SUMS") == list)
  #expect(
    try ChecksumList(parsing: Array("\(digest) *binary mode\n".utf8), file: "f").entries
      == [.init(digest: digest, path: "binary mode")])
}

@Test(arguments: [
  "", "\n", digest, "\(digest)  a", "\(digest) a\n", "\(digest)  \n", "\(digest)  /etc/passwd\n",
  "\(digest)  ../a\n", "\(digest)  a/../../b\n", "\(digest)  a//b\n", "\(digest)  a\\nb\n",
  "\(digest)  a\n\(digest)  a\n", "\(digest.dropLast())  a\n", "\(digest.uppercased())  a\n",
  "\(digest)  a\u{0}b\n", "\(digest)  a\n\n",
])
func whatIsNoListIsRefused(text: String) {
  #expect(throws: StorageError.self) { try ChecksumList(parsing: Array(text.utf8), file: "f") }
}

@Test func changedAndMissingFilesAreNamed() throws {
  let folder = try TemporaryFolder()
  try folder.write("a", [1])
  try folder.write("sub/b", [1])
  let list = ChecksumList([
    .init(digest: digest, path: "a"), .init(digest: digest, path: "sub/b"),
  ])
  #expect(throws: Never.self) { try list.verify(in: folder.path) }
  try AtomicFile.write([2], to: folder("sub/b"))
  #expect(
    throws: StorageError.damaged(
      path: folder("sub/b"), detail: "its content is not what SHA256SUMS says")
  ) { try list.verify(in: folder.path) }
  let more = ChecksumList([.init(digest: digest, path: "gone")])
  #expect(throws: StorageError.missing(path: folder("gone"))) { try more.verify(in: folder.path) }
}
