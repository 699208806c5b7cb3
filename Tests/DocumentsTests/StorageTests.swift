import Files
import TestSupport
import Testing

@testable import Documents

@Test func aFileIsReplacedWholeAndNothingElseIsLeft() throws {
  let folder = try TemporaryFolder()
  try AtomicFile.write(Array("old".utf8), to: folder("a.json"))
  try AtomicFile.write(Array("new".utf8), to: folder("a.json"))
  #expect(try Files.read(folder("a.json"), limit: 10) == Array("new".utf8))
  #expect(try folder.names() == ["a.json"])
  // A name as long as names may be leaves room for no suffix.
  let long = String(repeating: "x", count: 255)
  try AtomicFile.write([1], to: folder(long))
  #expect(try folder.names() == ["a.json", long])
}

@Test func linksAreFollowedAndDevicesWrittenTo() throws {
  let folder = try TemporaryFolder()
  try folder.write("target", [1])
  try Files.makeLink(folder("link"), to: "target")
  try AtomicFile.write([2], to: folder("link"))
  #expect(try Files.linkTarget(folder("link")) == "target")
  #expect(try Files.read(folder("target"), limit: 10) == [2])
  try AtomicFile.write([1, 2, 3], to: "/dev/null")
  #expect(try Files.kind(of: "/dev/null") == .special)
}

@Test func aPlaceThatCannotBeWrittenIsNamed() throws {
  let folder = try TemporaryFolder()
  try folder.write("file", [7])
  #expect(
    throws: StorageError.unwritable(path: folder("file/a.json"), reason: "Not a directory")
  ) { try AtomicFile.write([1], to: folder("file/a.json")) }
  #expect(
    throws: StorageError.unwritable(
      path: folder("no/a.json"), reason: "No such file or directory")
  ) { try AtomicFile.write([1], to: folder("no/a.json")) }
  #expect(
    throws: StorageError.unwritable(path: folder.path, reason: "it is a folder, not a file")
  ) { try AtomicFile.write([1], to: folder.path) }
  #expect(throws: StorageError.full(path: "/dev/full")) {
    try AtomicFile.write([1], to: "/dev/full")
  }
  #expect(try folder.names() == ["file"])
}

@Test func aFullDiskLeavesWhatWasThere() throws {
  let folder = try TemporaryFolder()
  try AtomicFile.write([7], to: folder("a"))
  let limit = 8 << 20
  let much = [UInt8](repeating: 1, count: limit + 1)
  withFileSizeLimit(limit) {
    #expect(throws: StorageError.full(path: folder("a"))) {
      try AtomicFile.write(much, to: folder("a"))
    }
    #expect(throws: StorageError.full(path: folder("f/sub/much"))) {
      try AtomicFolder.write([("small", [1]), ("sub/much", much)], as: "f", in: folder.path)
    }
  }
  #expect(try folder.names() == ["a"])
  #expect(try Files.read(folder("a"), limit: 10) == [7])
}

@Test func aFolderAppearsWholeAndNeverReplacesAnother() throws {
  let folder = try TemporaryFolder()
  let files: [(path: String, bytes: [UInt8])] = [("a", [1]), ("sub/b", [2]), ("sub/deep/c", [])]
  try AtomicFolder.write(files, as: "000001", in: folder.path)
  #expect(try folder.names() == ["000001"])
  #expect(try folder.names(in: "000001/sub") == ["b", "deep"])
  #expect(try Files.read(folder("000001/sub/b"), limit: 10) == [2])
  #expect(throws: StorageError.exists(path: folder("000001"))) {
    try AtomicFolder.write([("z", [9])], as: "000001", in: folder.path)
  }
  #expect(try folder.names(in: "000001") == ["a", "sub"])
  #expect(try folder.names() == ["000001"])
}

@Test func partialNamesAreKnownAsSuch() {
  #expect(PartialName.matches(PartialName.make(for: "000001")))
  #expect(PartialName.make(for: "a") != PartialName.make(for: "a"))
  #expect(!PartialName.matches("000001") && !PartialName.matches(".lock"))
}
