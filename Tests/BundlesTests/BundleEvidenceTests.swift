import Documents
import Files
import TestSupport
import Testing

@testable import Bundles

struct BundleEvidenceTests {
  private let wanted = ["evidence/corners.json", "evidence/none.json"]

  @Test func whatIsThereIsRead() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"), trust: .unsigned)
    let draft = try sampleDraft()
    let stored = try store.write(draft, activate: true) { bundle in
      ["report.html": Array("revision \(bundle.revision)".utf8)]
    }
    let (bundle, evidence) = try store.loadEvidence(draft.cart, revision: nil, wanted)
    #expect(bundle == stored)
    #expect(evidence == draft.evidence)
    // A page is checked like every file, and is no evidence.
    let page = stored.folder + "/report.html"
    #expect(try Files.read(page, limit: 100) == Array("revision 1".utf8))
    #expect(bundle.bundle.evidence.map(\.path) == ["evidence/corners.json"])
    #expect(bundle.missing == [])
    try Files.remove(page)
    try Files.writeNew(page, Array("revision 2".utf8))
    #expect(
      throws: BundleError.storage(
        .damaged(path: page, detail: "its content is not what SHA256SUMS says"))
    ) { try store.load(draft.cart) }
    Files.removeIfThere(page)
    #expect(try store.load(draft.cart).missing == ["report.html"])
    #expect(try store.loadEvidence(draft.cart, revision: 1, wanted).evidence == draft.evidence)
  }

  @Test func whatIsGoneIsLeftOut() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"), trust: .unsigned)
    let draft = try sampleDraft()
    let stored = try store.write(draft, activate: true)
    Files.removeTreeIfThere(stored.folder + "/evidence")
    let (bundle, evidence) = try store.loadEvidence(draft.cart, revision: nil, wanted)
    #expect(bundle.bundle == stored.bundle && bundle.isCurrent)
    #expect(bundle.missing == ["evidence/corners.json"])
    #expect(evidence.isEmpty)
    #expect(try store.load(draft.cart) == bundle)
  }

  /// Only evidence and pages may be pruned.
  @Test func aFileThatMustStayIsMissed() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"), trust: .unsigned)
    let draft = try sampleDraft()
    let stored = try store.write(draft, activate: true)
    for name in ["bundle.bin", "SHA256SUMS"] {
      let path = stored.folder + "/" + name
      try Files.remove(path)
      #expect(throws: BundleError.storage(.missing(path: path))) { try store.load(draft.cart) }
    }
  }

  /// A link that leads nowhere, or a folder, is nobody's pruning.
  @Test func whatStandsInItsPlaceIsNoPruning() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"), trust: .unsigned)
    let draft = try sampleDraft()
    let path = try store.write(draft, activate: true).folder + "/evidence/corners.json"
    try Files.remove(path)
    try Files.makeLink(path, to: "nowhere")
    #expect(throws: BundleError.self) { try store.load(draft.cart) }
    #expect(throws: BundleError.self) { try store.loadEvidence(draft.cart, revision: nil, wanted) }
    try Files.remove(path)
    try Files.makeFolder(path)
    #expect(throws: BundleError.self) { try store.load(draft.cart) }
    #expect(throws: BundleError.self) { try store.loadEvidence(draft.cart, revision: nil, wanted) }
  }

  @Test func whatWasChangedIsAnError() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"), trust: .unsigned)
    let draft = try sampleDraft()
    let stored = try store.write(draft, activate: true)
    for name in ["evidence/corners.json", "bundle.json"] {
      let path = stored.folder + "/" + name
      try Files.remove(path)
      try Files.writeNew(path, Array("{ }".utf8))
      do throws(BundleError) {
        _ = try store.loadEvidence(draft.cart, revision: nil, wanted)
        Issue.record("\(name) was taken")
      } catch {
        guard case .storage(.damaged(path, _)) = error else {
          Issue.record("\(name): \(error)")
          continue
        }
      }
    }
  }
}
