import Dispatch
import Documents
import Files
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Bundles

private func makeStore(_ folder: TemporaryFolder) throws -> (BundleStore, Name) {
  (BundleStore(path: folder("store"), trust: .unsigned), try Name("CART-0042", of: .cartSerial))
}

private func error<Result>(_ body: () throws(BundleError) -> Result) -> BundleError? {
  do throws(BundleError) {
    _ = try body()
    return nil
  } catch { return error }
}

@Test func revisionsCountUpAndNameTheirParent() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  let first = try store.write(sampleDraft(), activate: true)
  let failed = try store.write(sampleDraft(verdict: .fail), activate: false)
  let third = try store.write(sampleDraft(), activate: true)
  #expect([first, failed, third].map(\.bundle.revision) == [1, 2, 3])
  #expect(first.folder == folder("store/CART-0042/000001"))
  #expect(first.bundle.parent == nil)
  let digest = try SHA256.hexadecimal(ofFile: first.folder + "/bundle.json").digest
  // The failed revision never was current, so it is nobody's parent.
  #expect(failed.bundle.parent == .init(revision: 1, sha256: digest))
  #expect(third.bundle.parent == .init(revision: 1, sha256: digest))
  #expect(try store.carts() == [cart])
  #expect(try store.revisions(of: cart) == [1, 2, 3])
  #expect(try store.currentRevision(of: cart) == 3)
  #expect(try store.load(cart) == third)
  #expect(try store.load(cart, revision: 2).bundle == failed.bundle)
  #expect(
    try folder.names(in: "store/CART-0042") == [".lock", "000001", "000002", "000003", "current"])
  #expect(
    try folder.names(in: "store/CART-0042/000003")
      == ["SHA256SUMS", "bundle.bin", "bundle.json", "evidence"])
}

@Test func evidenceIsKeptWithItsDigest() throws {
  let folder = try TemporaryFolder()
  let (store, _) = try makeStore(folder)
  let stored = try store.write(sampleDraft(corners: "[1]\n"), activate: true)
  let bytes = Array("[1]\n".utf8)
  #expect(try Files.read(stored.folder + "/evidence/corners.json", limit: 100) == bytes)
  #expect(
    stored.bundle.evidence == [
      .init(path: "evidence/corners.json", sha256: SHA256.hexadecimal(of: bytes), bytes: 4)
    ])
}

@Test func nothingIsCurrentUntilSomethingIsActivated() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  _ = try store.write(sampleDraft(), activate: false)
  #expect(try store.currentRevision(of: cart) == nil)
  let missing = error { () throws(BundleError) in try store.load(cart) }
  #expect(
    missing == .noSuchRevision(cart: "CART-0042", revision: nil, store: store.path, existing: [1]))
  #expect(missing?.exitStatus == .badInput)
  #expect(
    error { () throws(BundleError) in try store.load(cart, revision: 7) }?.description
      .contains("has no revision 7 in") == true)
}

@Test func everyChangedByteOfEveryFileIsNoticed() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  let stored = try store.write(sampleDraft(), activate: true)
  for name in ["bundle.json", "evidence/corners.json", "SHA256SUMS"] {
    let path = stored.folder + "/" + name
    let good = try Files.read(path, limit: 1 << 20)
    for index in stride(from: 0, to: good.count, by: max(1, good.count / 40)) {
      var bad = good
      bad[index] ^= 1
      try AtomicFile.write(bad, to: path)
      let found = error { () throws(BundleError) in try store.load(cart) }
      #expect(found?.exitStatus == .storage)
    }
    try AtomicFile.write([], to: path)
    #expect(error { () throws(BundleError) in try store.load(cart) } != nil)
    try Files.remove(path)
    // Evidence may be pruned.
    #expect(
      error { () throws(BundleError) in try store.load(cart) }
        == (name.hasPrefix("evidence/") ? nil : .storage(.missing(path: path))))
    try AtomicFile.write(good, to: path)
  }
  let path = stored.folder + "/bundle.json"
  try AtomicFile.write([1], to: path)
  #expect(
    error { () throws(BundleError) in try store.load(cart) }
      == .storage(.damaged(path: path, detail: "its content is not what SHA256SUMS says")))
  // A damaged store does not keep the cart from being calibrated anew.
  #expect(try store.write(sampleDraft(), activate: true).bundle.revision == 2)
  #expect(try store.load(cart).bundle.revision == 2)
}

@Test func aRevisionInAnotherPlaceIsNotTakenForItsOwn() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  let stored = try store.write(sampleDraft(), activate: true)
  try Files.rename(stored.folder, to: folder("store/CART-0042/000009"))
  #expect(
    error { () throws(BundleError) in try store.load(cart, revision: 9) }?.exitStatus == .storage)
  #expect(
    error { () throws(BundleError) in try store.load(cart) }?.description
      .contains("points to revision 1, which is not there") == true)
  #expect(
    try BundleStore.verifiedBundle(in: folder("store/CART-0042/000009"), trust: .unsigned).bundle
      == stored.bundle)
}

@Test func whatACrashLeftIsIgnoredAndCleanedUp() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  let first = try store.write(sampleDraft(), activate: true)
  // Killed while filling the next folder, while making the link, and after the rename but before
  // the switch.
  try folder.write("store/CART-0042/.000002.partial-1-abc/bundle.json", Array("{".utf8))
  try folder.write("store/CART-0042/.000002.partial-2-abc/evidence/corners.json", [])
  try Files.makeLink(folder("store/CART-0042/.current.partial-1-x"), to: "000002")
  #expect(try store.load(cart) == first)
  #expect(try store.revisions(of: cart) == [1])
  let second = try store.write(sampleDraft(), activate: false)
  #expect(try store.load(cart) == first)
  #expect(second.bundle.revision == 2)
  #expect(try folder.names(in: "store/CART-0042") == [".lock", "000001", "000002", "current"])
  #expect(try store.write(sampleDraft(), activate: true).bundle.revision == 3)
}

@Test func foreignThingsInAStoreAreLeftAlone() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  _ = try store.write(sampleDraft(), activate: true)
  for name in ["README", "bad name/000001/x", ".hidden/000001/x", "empty/x", "CART-0042/notes"] {
    try folder.write("store/" + name)
  }
  for name in ["1", "00001", "0000001", "000000", "-00001", "+00001", "000001x"] {
    try Files.makeFolder(folder("store/CART-0042/" + name))
  }
  #expect(try store.carts() == [cart])
  #expect(try store.revisions(of: cart) == [1])
}

@Test(arguments: ["../../etc", "000001/..", "/000001", "x", ""])
func aCurrentThatLeadsElsewhereIsDamage(target: String) throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  _ = try store.write(sampleDraft(), activate: false)
  if target.isEmpty {
    try folder.write("store/CART-0042/current")
  } else {
    try Files.makeLink(folder("store/CART-0042/current"), to: target)
  }
  #expect(error { () throws(BundleError) in try store.load(cart) }?.exitStatus == .storage)
}

@Test func placesThatCannotHoldAStoreAreNamed() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  try folder.write("store", [1])
  let draft = try sampleDraft()
  let failure = error { () throws(BundleError) in try store.write(draft, activate: true) }
  #expect(failure?.exitStatus == .storage)
  #expect(failure?.description.contains(folder("store")) == true)
  #expect(error { () throws(BundleError) in try store.carts() }?.exitStatus == .storage)
  let nowhere = BundleStore(path: folder("nowhere"), trust: .unsigned)
  #expect(
    error { () throws(BundleError) in try nowhere.carts() }
      == .storage(.missing(path: folder("nowhere"))))
  #expect(try nowhere.revisions(of: cart).isEmpty)
}

@Test func aFullStoreKeepsWhatItHas() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  let first = try store.write(sampleDraft(), activate: true)
  var big = try sampleDraft()
  big.evidence["evidence/big"] = [UInt8](repeating: 1, count: 8 << 20)
  let failure = error { () throws(BundleError) in
    try withFileSizeLimit((8 << 20) - 1) { () throws(BundleError) in
      try store.write(big, activate: true)
    }
  }
  guard case .storage(.full) = failure else {
    Issue.record("\(String(describing: failure))")
    return
  }
  #expect(try store.load(cart) == first)
  #expect(try folder.names(in: "store/CART-0042") == [".lock", "000001", "current"])
}

@Test func aBrokenClockIsRefusedAndNothingIsWritten() throws {
  let folder = try TemporaryFolder()
  let (store, _) = try makeStore(folder)
  var draft = try sampleDraft()
  draft.created = UTCTime(seconds: 0)
  let failure = error { () throws(BundleError) in try store.write(draft, activate: true) }
  #expect(BundleStore.earliestTime.description == "2026-04-01T00:00:00Z")
  #expect(
    failure == .brokenClock(shown: UTCTime(seconds: 0), earliest: BundleStore.earliestTime))
  #expect(try folder.names() == [])
}

@Test func writersOfOneCartWaitForEachOther() throws {
  let folder = try TemporaryFolder()
  let (store, cart) = try makeStore(folder)
  let draft = try sampleDraft()
  let failures = Mutex<[BundleError]>([])
  DispatchQueue.concurrentPerform(iterations: 8) { _ in
    for _ in 0..<3 {
      let failure = error { () throws(BundleError) in try store.write(draft, activate: true) }
      if let failure { failures.withLock { $0.append(failure) } }
    }
  }
  #expect(failures.withLock { $0.isEmpty })
  #expect(try store.revisions(of: cart) == Array(1...24))
  #expect(try store.load(cart).bundle.revision == 24)
  for revision in 2...24 {
    #expect(try store.load(cart, revision: revision).bundle.parent?.revision == revision - 1)
  }
}

@Test func theStoresPlaceFollowsTheRule() throws {
  let folder = try TemporaryFolder()
  try Files.makeFolders(folder("checkout/Sources/cartcal"))
  try Files.makeFolders(folder("checkout/deep/er"))
  try Files.makeFolders(folder("installed"))
  func place(_ given: String?, _ environment: String?, _ current: String, _ installed: String)
    -> String
  {
    BundleStore.location(
      given: given, environment: environment, currentFolder: folder(current),
      installed: folder(installed))
  }
  #expect(place("a", "b", "checkout", "installed") == "a")
  #expect(place(nil, "b", "checkout", "installed") == "b")
  #expect(place(nil, "", "checkout", "installed") == folder("installed"))
  #expect(place(nil, nil, "checkout/deep/er", "no") == folder("checkout/calibrations"))
  #expect(place(nil, nil, "elsewhere", "no") == folder("elsewhere/calibrations"))
}
