import Bundles
import Documents
import Glibc
import Measurements
import Reports

/// Between procedures and the bundle store.
enum BundleStoring {
  /// The store a person means: the one named, else by environment and place.
  static func store(_ named: String?, trust: Trust) -> BundleStore {
    BundleStore(
      path: BundleStore.location(
        given: named, environment: Environment.value("CARTCAL_STORE"),
        currentFolder: currentFolder()),
      trust: trust)
  }

  /// Stores what a solve found as the cart's next revision; it becomes current when its verdict
  /// allows.
  static func store(
    _ report: SolveReport, _ gathered: GatheredCorners, _ residuals: ResidualsDocument,
    _ information: InformationDocument?, cart: Name, in access: StoreAccess
  ) throws(ProcedureError) -> StoredBundle {
    let corners: [UInt8]
    let residualsBytes: [UInt8]
    let informationBytes: [UInt8]?
    do throws(DocumentError) {
      corners = try JSONDocument.encode(gathered.document)
      residualsBytes = try JSONDocument.encode(residuals)
      if let information {
        informationBytes = try JSONDocument.encode(information)
      } else {
        informationBytes = nil
      }
    } catch {
      throw .document(error)
    }
    var draft = BundleDraft(
      cart: cart, created: UTCTime.now,
      session: report.session.flatMap { SessionPictures.absolute($0) },
      software: CartBundle.Software(name: Software.name, version: Software.version),
      board: CartBundle.Board(
        word: gathered.board.word, warp: report.boardWarpMetres ?? [0, 0],
        warpSigma: report.boardWarpSigmaMetres),
      cameras: report.cameras.mapValues(\.record), referenceCamera: report.referenceCamera,
      rmsPixels: report.rmsPixels, holdoutRMSPixels: report.holdoutRMSPixels,
      findings: report.findings, checks: report.checks, verdict: report.verdict,
      evidence: [
        BundleReporting.cornersPath: corners, ResidualsDocument.path: residualsBytes,
      ])
    draft.evidence[InformationDocument.path] = informationBytes
    draft.cartFrame = report.cartFrameRecord
    draft.repair = report.repair
    let (bundles, key) = try access.writer()
    do throws(BundleError) {
      if let carried = try ScaleStoring.carried(cart, bundles) {
        draft.scale = carried.scale
        draft.evidence.merge(carried.evidence) { own, _ in own }
      }
    } catch {
      draft.findings.append(.scaleNotCarried(error))
    }
    let stored: StoredBundle
    do throws(BundleError) {
      stored = try bundles.write(draft, activate: report.verdict.exitStatus == .done, key: key) {
        let pictures = SessionPictures($0)
        let page = SolvePage(
          $0, corners: gathered.document, residuals: residuals,
          picture: { pictures.picture(camera: $0, image: $1) })
        // A scale that was carried over keeps its page.
        return ScaleStoring.pages(of: $0).merging([SolvePage.fileName: page.bytes]) { $1 }
      }
    } catch {
      throw .bundle(error)
    }
    try SeenRevisions().keep(stored.bundle.revision, of: cart.text, in: bundles.path)
    return stored
  }

  /// The cart of a bundle that was checked.
  static func name(of bundle: CartBundle) throws(ProcedureError) -> Name {
    do throws(NameError) { return try Name(bundle.cartSerial, of: .cartSerial) } catch {
      throw .name(error)
    }
  }

  private static func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}

extension Finding {
  /// The revision in force cannot be read, and its scale with it.
  fileprivate static func scaleNotCarried(_ error: BundleError) -> Finding {
    Finding(
      code: "scale_not_carried", severity: .warning,
      text: "What is in force cannot be read, so this revision has no scale: \(error)",
      remedy: "Restore the revision in force and solve again, or weigh the cart anew.")
  }
}
