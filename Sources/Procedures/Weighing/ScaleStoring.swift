import Bundles
import Documents
import Measurements
import Reports
import ScaleModels
import Weighing

/// Between a weighing and the bundle store.
enum ScaleStoring {
  /// Where the files of a session stand in a revision's folder.
  static let folder = "evidence/weighing/"

  /// Stores a calibrated scale as the cart's next revision, with the cameras that are in force; it
  /// becomes current when its verdict allows.
  ///
  /// Throws when what is in force cannot be read: a revision without its cameras must not take its
  /// place.
  static func store(
    _ report: WeighReport, _ record: ScaleRecord, _ session: RecordedFolder, cart: Name,
    in access: StoreAccess
  ) throws(ProcedureError) -> StoredBundle {
    let (bundles, key) = try access.writer()
    let now = UTCTime.now
    let software = CartBundle.Software(name: Software.name, version: Software.version)
    do throws(BundleError) {
      let before = try inForce(cart, bundles) { !$0.hasPrefix(folder) }
      var evidence = before?.evidence ?? [:]
      for file in session.files { evidence[folder + file.name] = file.bytes }
      let bundle = before?.bundle
      var draft = BundleDraft(
        cart: cart, created: now, session: bundle?.session, software: software,
        board: bundle?.board, cameras: bundle?.cameras ?? [:],
        referenceCamera: bundle?.referenceCamera, rmsPixels: bundle?.rmsPixels,
        holdoutRMSPixels: bundle?.holdoutRMSPixels, findings: bundle?.findings ?? [],
        verdict: bundle?.verdict ?? .notAsked, evidence: evidence)
      draft.checks = bundle?.checks ?? []
      if let bundle { draft.cartFrame = bundle.cartFrame }
      draft.repair = bundle?.repair
      draft.camerasCreated = bundle.flatMap { $0.camerasCreated ?? $0.created }
      draft.scale = ScaleSection(
        created: now, software: software, record: record, findings: report.findings,
        verdict: report.verdict)
      return try bundles.write(draft, activate: report.verdict.exitStatus == .done, key: key) {
        pages(of: $0)
      }
    } catch {
      throw .bundle(error)
    }
  }

  /// The page of a bundle's scale, by its name; none without a scale.
  static func pages(of bundle: CartBundle) -> [String: [UInt8]] {
    ScalePage(bundle).map { [ScalePage.fileName: $0.bytes] } ?? [:]
  }

  /// The model that is in force and its revision, to be held against loads; nil when there is none.
  ///
  /// Throws when it cannot be read, and when nobody who is trusted signed it.
  static func modelToVerify(
    _ cart: Name, in access: StoreAccess
  ) throws(ProcedureError) -> (model: ScaleModel, revision: Int)? {
    let bundles = try access.reader()
    do throws(BundleError) {
      return try model(cart, bundles)
    } catch {
      throw .bundle(error)
    }
  }

  private static func model(
    _ cart: Name, _ bundles: BundleStore
  ) throws(BundleError) -> (model: ScaleModel, revision: Int)? {
    guard
      let bundle = try inForce(cart, bundles, where: { _ in false })?.bundle,
      let model = bundle.scale?.record.model
    else { return nil }
    return (model, bundle.revision)
  }

  /// The model that is in force and its revision, to say what was found before a calibration; nil
  /// when there is none that can be read.
  static func modelInForce(
    _ cart: Name, in access: StoreAccess
  ) throws(ProcedureError) -> (model: ScaleModel, revision: Int)? {
    let bundles = try access.writer().store
    do throws(BundleError) {
      return try model(cart, bundles)
    } catch {
      // Storing, later, says what is wrong with it.
      return nil
    }
  }

  /// The scale that is in force, with the files of its session, for a solve to carry over; nil when
  /// there is none.
  ///
  /// Throws when it cannot be read: a damaged store must not keep a cart from being calibrated, but
  /// that its scale is gone has to be said.
  static func carried(
    _ cart: Name, _ bundles: BundleStore
  ) throws(BundleError) -> (scale: ScaleSection, evidence: [String: [UInt8]])? {
    guard let before = try inForce(cart, bundles, where: { $0.hasPrefix(folder) }),
      let scale = before.bundle.scale
    else { return nil }
    return (scale, before.evidence)
  }

  /// The bundle in force with those of its evidence files that are wanted and still there; nil when
  /// none is in force.
  private static func inForce(
    _ cart: Name, _ bundles: BundleStore, where isWanted: (String) -> Bool
  ) throws(BundleError) -> (bundle: CartBundle, evidence: [String: [UInt8]])? {
    let stored: StoredBundle
    do throws(BundleError) {
      stored = try bundles.load(cart, revision: nil)
    } catch {
      switch error {
      case .noSuchRevision, .storage(.missing): return nil
      default: throw error
      }
    }
    let wanted = stored.bundle.evidence.map(\.path).filter(isWanted)
    return (
      stored.bundle,
      try bundles.loadEvidence(cart, revision: stored.bundle.revision, wanted).evidence
    )
  }
}
