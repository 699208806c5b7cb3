import Files
import Glibc
import TestSupport
import Testing

@Test func whatIsWrittenIsRead() throws {
  let temporary = try TemporaryFolder()
  let folder = temporary.path
  let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
  try Files.writeNew(folder + "/a", bytes)
  #expect(try Files.read(folder + "/a", limit: 200_000) == bytes)
  var seen: [UInt8] = []
  #expect(try Files.readPieces(folder + "/a") { seen.append(contentsOf: $0) } == 200_000)
  #expect(seen == bytes)
  #expect(throws: FileError.tooLarge(path: folder + "/a", bytes: 200_000, limit: 199_999)) {
    try Files.read(folder + "/a", limit: 199_999)
  }
  #expect(throws: FileError.system(call: "open", path: folder + "/a", code: EEXIST)) {
    try Files.writeNew(folder + "/a", [])
  }
  withExtendedLifetime(temporary) {}
}

@Test func timesOfWritingAreTold() throws {
  let temporary = try TemporaryFolder()
  let file = temporary("a")
  try Files.writeNew(file, [1])
  var times = [timespec(tv_sec: 7, tv_nsec: 0), timespec(tv_sec: 1_700_000_001, tv_nsec: 5)]
  #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
  #expect(try Files.modificationTime(of: file) == 1_700_000_001)
  #expect(throws: FileError.self) { try Files.modificationTime(of: temporary("b")) }
}

@Test func specialFilesAreRefusedWithoutWaiting() throws {
  let temporary = try TemporaryFolder()
  let folder = temporary.path
  #expect(mkfifo(folder + "/pipe", 0o644) == 0)
  #expect(throws: FileError.notRegular(path: folder + "/pipe", kind: .special)) {
    try Files.read(folder + "/pipe", limit: 1000)
  }
  #expect(throws: FileError.notRegular(path: folder, kind: .folder)) {
    try Files.read(folder, limit: 1000)
  }
  #expect(throws: FileError.notRegular(path: "/dev/zero", kind: .special)) {
    try Files.read("/dev/zero", limit: 1000)
  }
  #expect(throws: FileError.system(call: "open", path: folder + "/no", code: ENOENT)) {
    try Files.read(folder + "/no", limit: 1000)
  }
  #expect(throws: FileError.self) { try Files.read(folder + "/pipe\0", limit: 1000) }
  withExtendedLifetime(temporary) {}
}

@Test func listingIsSortedByBytesAndBounded() throws {
  let temporary = try TemporaryFolder()
  let folder = temporary.path
  for name in ["b", "a", ".h", "B", "ä"] { try Files.writeNew(folder + "/" + name, []) }
  let bad: [CChar] = Array(folder.utf8CString.dropLast()) + [47, -1, 65, 0]
  close(open(bad, O_CREAT | O_WRONLY, 0o644))
  let names = try Files.list(folder, limit: 10)
  #expect(names.map(\.name) == [".h", "B", "a", "b", "ä", nil])
  #expect(names.last?.shownName == "\u{FFFD}A")
  #expect(throws: FileError.tooLarge(path: folder, bytes: 6, limit: 5)) {
    try Files.list(folder, limit: 5)
  }
  #expect(unlink(bad) == 0)
  withExtendedLifetime(temporary) {}
}

@Test func linksAndLoopsAreToldApart() throws {
  let temporary = try TemporaryFolder()
  let folder = temporary.path
  try Files.makeLink(folder + "/loop", to: "loop")
  try Files.makeLink(folder + "/nowhere", to: "missing")
  #expect(try Files.linkTarget(folder + "/nowhere") == "missing")
  #expect(try Files.linkTarget(folder) == nil)
  #expect(try Files.kind(of: folder + "/nowhere") == nil)
  #expect(try Files.kind(of: folder + "/loop", followingLinks: false) == .link)
  #expect(throws: FileError.system(call: "stat", path: folder + "/loop", code: ELOOP)) {
    try Files.kind(of: folder + "/loop")
  }
  withExtendedLifetime(temporary) {}
}

@Test func foldersAreMadeAndRemovedAsTrees() throws {
  let temporary = try TemporaryFolder()
  let folder = temporary.path
  try Files.makeFolders(folder + "/a/b/c")
  try Files.makeFolders(folder + "/a/b/c")
  try Files.writeNew(folder + "/a/b/file", [1])
  try Files.makeLink(folder + "/a/b/link", to: folder)
  #expect(throws: FileError.self) { try Files.makeFolders(folder + "/a/b/file/x") }
  try Files.removeTree(folder + "/a")
  #expect(try Files.kind(of: folder + "/a") == nil)
  #expect(try Files.kind(of: folder) == .folder)
  withExtendedLifetime(temporary) {}
}

@Test func aLockWaitsForItsHolder() throws {
  let temporary = try TemporaryFolder()
  let folder = temporary.path
  let path = folder + "/lock"
  func isFree() -> Bool {
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
  func whileHeld() throws -> Bool {
    let lock = try FileLock(path)
    let free = isFree()
    do throws(FileError) {
      _ = try FileLock(path, seconds: 0)
      Issue.record("a lock that is held was given again")
    } catch { #expect(error.isBusy) }
    _ = consume lock
    return free
  }
  let freeWhileHeld = try whileHeld()
  #expect(!freeWhileHeld)
  #expect(isFree())
  withExtendedLifetime(temporary) {}
}

@Test func aFullDiskIsToldByItsCode() {
  #expect(FileError.system(call: "write", path: "x", code: ENOSPC).isFull)
  #expect(FileError.system(call: "open", path: "x", code: ENOTDIR).isMissing)
  #expect(
    "\(FileError.system(call: "open", path: "x", code: ENOENT))" == "x: No such file or directory")
}
