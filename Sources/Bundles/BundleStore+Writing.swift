package import Documents
import Files
package import Measurements

/// What goes into a bundle; the store adds revision, evidence digests and parent.
package struct BundleDraft: Equatable, Sendable {
  package var cart: Name
  package var created: UTCTime
  /// The folder of the pictures, an absolute path.
  package var session: String?
  package var software: CartBundle.Software
  package var board: CartBundle.Board?
  /// When the cameras were solved, where that was before; otherwise they are as old as the draft.
  package var camerasCreated: UTCTime?
  package var cameras: [String: CameraRecord]
  package var referenceCamera: String?
  package var rmsPixels: Double?
  package var holdoutRMSPixels: Double?
  package var cartFrame = CartFrameRecord()
  package var repair: RepairRecord?
  package var findings: [Finding]
  package var checks: [LimitCheck]
  package var verdict: Verdict
  /// Files kept beside the bundle, by path in the revision's folder, for example
  /// `evidence/corners.json`.
  package var evidence: [String: [UInt8]]
  package var scale: ScaleSection?

  package init(
    cart: Name, created: UTCTime, session: String? = nil, software: CartBundle.Software,
    board: CartBundle.Board?, cameras: [String: CameraRecord], referenceCamera: String?,
    rmsPixels: Double?, holdoutRMSPixels: Double? = nil, findings: [Finding],
    checks: [LimitCheck] = [], verdict: Verdict,
    evidence: [String: [UInt8]]
  ) {
    self.cart = cart
    self.created = created
    self.session = session
    self.software = software
    self.board = board
    self.cameras = cameras
    self.referenceCamera = referenceCamera
    self.rmsPixels = rmsPixels
    self.holdoutRMSPixels = holdoutRMSPixels
    self.findings = findings
    self.checks = checks
    self.verdict = verdict
    self.evidence = evidence
  }
}

extension CartBundle {
  /// What a draft becomes in a store.
  package init(_ draft: BundleDraft, revision: Int, parent: Parent?) {
    self.init(
      cartSerial: draft.cart.text, revision: revision, created: draft.created,
      session: draft.session, software: draft.software, board: draft.board,
      camerasCreated: draft.cameras.isEmpty ? nil : draft.camerasCreated ?? draft.created,
      cameras: draft.cameras, referenceCamera: draft.referenceCamera, rmsPixels: draft.rmsPixels,
      holdoutRMSPixels: draft.holdoutRMSPixels, cartFrame: draft.cartFrame,
      repair: draft.repair, findings: draft.findings, checks: draft.checks, verdict: draft.verdict,
      evidence: draft.evidence.sorted { $0.key < $1.key }.map { path, bytes in
        EvidenceFile(path: path, sha256: SHA256.hexadecimal(of: bytes), bytes: bytes.count)
      }, parent: parent, scale: draft.scale)
  }
}

extension BundleStore {
  /// No clock that shows an earlier time is right: this software is built with a compiler that was
  /// released later.
  package static let earliestTime = UTCTime(seconds: 1_775_001_600)  // 2026-04-01T00:00:00Z

  /// Stores a draft as the cart's next revision and, with `activate`, makes it current, unless it is
  /// not signed and the one in force is.
  ///
  /// Writers of one cart wait for each other. The revision is written to a temporary folder beside
  /// its final place, synced, read back, compared, and renamed; then `current` is switched by one
  /// rename. A crash at any instant leaves the previous revision current and whole; what it left
  /// half-written is removed by the next write.
  ///
  /// `pages` makes the files that are drawn from the finished bundle, by name; they stand in
  /// SHA256SUMS and are no evidence. With `key`, SHA256SUMS is signed.
  package func write(
    _ draft: BundleDraft, activate: Bool, key: SecretKey? = nil,
    pages: (CartBundle) -> [String: [UInt8]] = { _ in [:] }
  ) throws(BundleError) -> StoredBundle {
    guard draft.created >= Self.earliestTime else {
      throw .brokenClock(shown: draft.created, earliest: Self.earliestTime)
    }
    let cartFolder = folder(of: draft.cart)
    try writing { () throws(FileError) in
      try Files.makeFolders(cartFolder)
      try Files.syncFolder(path)
    }
    let lock = try Self.lock(cartFolder)
    try writing { () throws(FileError) in try Self.removeLeftovers(cartFolder) }
    try checkCurrent(cartFolder)
    // What nobody signed must not take the place of what somebody did.
    let isLesser = key == nil ? try currentIsSigned(cartFolder) : false
    let takesOver = activate && !isLesser

    let last = try revisions(of: draft.cart).last ?? 0
    guard last < RevisionName.last else {
      throw .storage(
        .unwritable(path: cartFolder, reason: "it has revision \(last), after which none can come"))
    }
    let revision = last + 1
    let bundle = CartBundle(draft, revision: revision, parent: parent(of: draft.cart))
    var files = try Self.files(of: bundle, draft.evidence, pages(bundle))
    let comment = "cart \(bundle.cartSerial) revision \(revision)"
    if let key, let list = files.last {
      let signature = Signature.text(of: list.bytes, trustedComment: comment, by: key)
      files.append((Trust.signatureFile, Array(signature.utf8)))
    }
    do throws(StorageError) {
      try AtomicFolder.write(files, as: RevisionName.text(revision), in: cartFolder)
    } catch {
      throw .storage(error)
    }
    if takesOver { try switchCurrent(cartFolder, to: revision) }
    _ = consume lock
    return StoredBundle(
      folder: folder(of: draft.cart, revision), bundle: bundle, isCurrent: takesOver,
      missing: [], signature: key.map { BundleSignature(key: $0.id, comment: comment) })
  }

  static func lock(_ folder: String) throws(BundleError) -> FileLock {
    let path = folder + "/.lock"
    do throws(FileError) {
      return try FileLock(path)
    } catch {
      throw error.isBusy ? .busy(path: path) : .storage(StorageError(writing: error))
    }
  }

  /// Under the lock nobody else writes, so every partial name is a dead process's. One that cannot
  /// be removed must not keep a cart from being calibrated.
  private static func removeLeftovers(_ folder: String) throws(FileError) {
    for entry in try Files.list(folder, limit: entryLimit) {
      if let name = entry.name, PartialName.matches(name) {
        Files.removeTreeIfThere(folder + "/" + name)
      }
    }
  }

  /// Throws when the link to the current revision could not be replaced, before a revision is
  /// written that would never be in force.
  func checkCurrent(_ folder: String) throws(BundleError) {
    let link = folder + "/current"
    let kind = try reading { () throws(FileError) in
      try Files.kind(of: link, followingLinks: false)
    }
    guard kind == .folder else { return }
    throw .storage(.damaged(path: link, detail: "it is a folder, not a link to a revision"))
  }

  private func currentIsSigned(_ folder: String) throws(BundleError) -> Bool {
    try reading { () throws(FileError) in
      try Files.kind(of: "\(folder)/current/\(Trust.signatureFile)") != nil
    }
  }

  /// All files of a revision: `bundle.json`, its compact form, the evidence, the pages, and last their checksums.
  private static func files(
    of bundle: CartBundle, _ evidence: [String: [UInt8]], _ pages: [String: [UInt8]]
  ) throws(BundleError) -> [(path: String, bytes: [UInt8])] {
    let json: [UInt8]
    do throws(DocumentError) { json = try JSONDocument.encode(bundle) } catch {
      throw .document(error)
    }
    var entries = bundle.evidence.map { ChecksumList.Entry(digest: $0.sha256, path: $0.path) }
    let binary = try BinaryBundle.bytes(of: bundle)
    entries.append(.init(digest: SHA256.hexadecimal(of: json), path: "bundle.json"))
    entries.append(.init(digest: SHA256.hexadecimal(of: binary), path: BinaryBundle.path))
    let pages = pages.sorted { $0.key < $1.key }
    entries += pages.map { .init(digest: SHA256.hexadecimal(of: $0.value), path: $0.key) }
    return [("bundle.json", json), (BinaryBundle.path, binary)]
      + evidence.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      + pages.map { ($0.key, $0.value) }
      + [("SHA256SUMS", ChecksumList(entries).bytes)]
  }

  /// The current revision with the digest of its `bundle.json` as it stands. A damaged store must
  /// not keep a cart from being calibrated anew, so what cannot be read is no parent.
  private func parent(of cart: Name) -> CartBundle.Parent? {
    do {
      guard let revision = try currentRevision(of: cart) else { return nil }
      let file = folder(of: cart, revision) + "/bundle.json"
      return CartBundle.Parent(
        revision: revision, sha256: try SHA256.hexadecimal(ofFile: file).digest)
    } catch {
      return nil
    }
  }

  func switchCurrent(_ folder: String, to revision: Int) throws(BundleError) {
    let link = folder + "/current"
    let partial = folder + "/" + PartialName.make(for: "current")
    do throws(FileError) {
      try Files.makeLink(partial, to: RevisionName.text(revision))
      try Files.rename(partial, to: link)
      try Files.syncFolder(folder)
    } catch {
      Files.removeIfThere(partial)
      throw .storage(StorageError(writing: error.at(link)))
    }
  }

  private func writing(_ body: () throws(FileError) -> Void) throws(BundleError) {
    do throws(FileError) { try body() } catch { throw .storage(StorageError(writing: error)) }
  }
}
