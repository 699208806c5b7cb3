import Documents
import Files
import TestSupport
import Testing

@testable import Bundles

struct BundleEvidenceTests {
  private let wanted = ["evidence/corners.json", "evidence/none.json"]

  @Test func whatIsThereIsRead() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"))
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
    Files.removeIfThere(page)
    #expect(throws: BundleError.storage(.missing(path: page))) { try store.load(draft.cart) }
    #expect(try store.loadEvidence(draft.cart, revision: 1, wanted).evidence == draft.evidence)
  }

  @Test func whatIsGoneIsLeftOut() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"))
    let draft = try sampleDraft()
    let stored = try store.write(draft, activate: true)
    Files.removeTreeIfThere(stored.folder + "/evidence")
    let (bundle, evidence) = try store.loadEvidence(draft.cart, revision: nil, wanted)
    #expect(bundle == stored)
    #expect(evidence.isEmpty)
  }

  @Test func whatWasChangedIsAnError() throws {
    let folder = try TemporaryFolder()
    let store = BundleStore(path: folder("store"))
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
