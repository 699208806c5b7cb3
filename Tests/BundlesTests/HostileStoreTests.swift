import Documents
import Files
import Glibc
import TestSupport
import Testing

@testable import Bundles

/// Stores that somebody else put things into.
struct HostileStoreTests {
  private let folder: TemporaryFolder
  private let store: BundleStore
  private let cart: Name

  init() throws {
    folder = try TemporaryFolder()
    store = BundleStore(path: folder("store"), trust: .unsigned)
    cart = try Name("CART-0042", of: .cartSerial)
    _ = try store.write(sampleDraft(), activate: true)
  }

  /// Paths in the cart's folder.
  private func inCart(_ name: String) -> String { folder("store/CART-0042/" + name) }

  @Test(arguments: ["9223372036854775807", "1000000000", "99999999999999999999", "000000"])
  func foldersOfNumbersThatAreNoRevision(name: String) throws {
    try Files.makeFolder(inCart(name))
    #expect(try store.revisions(of: cart) == [1])
    #expect(try store.write(sampleDraft(), activate: true).bundle.revision == 2)
  }

  @Test func afterTheLastRevisionNoneComes() throws {
    try Files.makeFolder(inCart("999999999"))
    #expect(throws: BundleError.self) { try store.write(sampleDraft(), activate: true) }
    #expect(try store.currentRevision(of: cart) == 1)
  }

  @Test func leftoversThatCannotBeRemovedHinderNobody() throws {
    let name = "/.000009.partial-1-x"
    try Files.makeFolder(inCart("") + name)
    let bytes: [UInt8] = Array((inCart("") + name + "/a").utf8) + [0xFF, 0]
    let path = bytes.map(CChar.init(bitPattern:))
    #expect(mkdir(path, 0o755) == 0)
    #expect(try store.write(sampleDraft(), activate: true).bundle.revision == 2)
    #expect(rmdir(path) == 0)
  }

  @Test func aFolderInPlaceOfCurrentIsToldBeforeWriting() throws {
    try Files.remove(inCart("current"))
    try Files.makeFolder(inCart("current"))
    #expect(throws: BundleError.self) { try store.write(sampleDraft(), activate: true) }
    #expect(try store.revisions(of: cart) == [1])
    // Whoever names a revision still gets it.
    #expect(try store.load(cart, revision: 1).bundle.revision == 1)
  }

  @Test func aChecksumListThatLostALineIsDamaged() throws {
    let list = inCart("000001/SHA256SUMS")
    let lines = String(decoding: try Files.read(list, limit: 10_000), as: UTF8.self)
      .split(separator: "\n").filter { !$0.contains("corners") }
    try AtomicFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: list)
    #expect(
      throws: BundleError.storage(
        .damaged(path: list, detail: "it does not list evidence/corners.json as written"))
    ) { try store.load(cart) }
  }

  @Test func aFileInPlaceOfTheCartIsCalledSo() throws {
    let store = BundleStore(path: folder("other"), trust: .unsigned)
    try folder.write("other/CART-0042")
    let error = #expect(throws: BundleError.self) { try store.load(cart) }
    #expect(error?.description.contains("not a folder") == true)
  }
}
