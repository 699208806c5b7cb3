import BoardDetection
package import Bundles
import CameraCalibration
import Documents
import Reports

/// A report that was drawn again from a bundle.
package struct BundleReport: Sendable {
  package let bundle: StoredBundle
  /// The file written.
  package let file: String
  /// Evidence that the bundle names and that is gone.
  package let missing: [String]
}

/// Draws the report of a bundle again, from the bundle and what is left of its evidence, and writes
/// it to `output`, otherwise to `SERIAL-REVISION.html` in the current folder. Bundles never change,
/// so it is not put in there.
///
/// Evidence that is gone leaves parts of the report out; evidence that is damaged is an error.
package func reportBundle(
  cart: String, revision: Int?, _ access: StoreAccess, output: String?
) throws(ProcedureError) -> BundleReport {
  let name: Name
  do throws(NameError) { name = try Name(cart, of: .cartSerial) } catch { throw .name(error) }
  let places = try OutputPlaces([("--output", output)])
  if let output { try OutputFiles.check(output) }
  let wanted = [BundleReporting.cornersPath, ResidualsDocument.path]
  let bundles = try access.reader()
  let (stored, evidence): (StoredBundle, [String: [UInt8]])
  do throws(BundleError) {
    (stored, evidence) = try bundles.loadEvidence(
      name, revision: revision, wanted)
  } catch {
    throw .bundle(error)
  }
  let kept =
    stored.bundle.evidence.map(\.path)
    + ["bundle.json", SolvePage.fileName, ScalePage.fileName, "SHA256SUMS"]
  try places.check(inputs: kept.map { stored.folder + "/" + $0 })
  let file = output ?? "\(name.text)-\(stored.bundle.revision).html"
  // A bundle of a scale alone has the page of a scale.
  if stored.bundle.cameras.isEmpty, let page = ScalePage(stored.bundle) {
    try OutputFiles.write(page.bytes, to: file)
    return BundleReport(bundle: stored, file: file, missing: [])
  }
  let page = try BundleReporting.page(stored, evidence)
  try OutputFiles.write(page.bytes, to: file)
  return BundleReport(
    bundle: stored, file: file, missing: wanted.filter { evidence[$0] == nil })
}

/// Between procedures and the report of a solve.
enum BundleReporting {
  static let cornersPath = "evidence/corners.json"

  static func page(
    _ stored: StoredBundle, _ evidence: [String: [UInt8]]
  ) throws(ProcedureError) -> SolvePage {
    var corners: CornersDocument?
    if let bytes = evidence[cornersPath] {
      do throws(CornersError) {
        corners = try CornersDocument(bytes: bytes, file: "\(stored.folder)/\(cornersPath)")
      } catch {
        throw .corners(error)
      }
    }
    var residuals: ResidualsDocument?
    if let bytes = evidence[ResidualsDocument.path] {
      do throws(DocumentError) {
        residuals = try JSONDocument.decode(
          ResidualsDocument.self, from: bytes, file: "\(stored.folder)/\(ResidualsDocument.path)",
          schema: ResidualsDocument.schemaName)
      } catch {
        throw .document(error)
      }
    }
    let pictures = SessionPictures(stored.bundle)
    return SolvePage(
      stored.bundle, corners: corners, residuals: residuals,
      picture: { pictures.picture(camera: $0, image: $1) })
  }

  /// What a solve leaves of every corner, for the bundle's evidence.
  static func residuals(
    _ result: CalibrationResult, _ input: CalibrationInput
  ) -> ResidualsDocument {
    var cameras: [String: ResidualsDocument.Camera] = [:]
    for view in result.views {
      let source = input.views[view.source]
      let camera = input.cameras[source.camera].name
      let corners = view.corners.map { corner in
        ResidualsDocument.Corner(
          column: corner.column, row: corner.row, dx: corner.residual?.x, dy: corner.residual?.y,
          leftOut: corner.leftOut?.rawValue)
      }
      // Views are named by camera and picture: left/0001.png.
      let image = String(source.image.dropFirst(camera.count + 1))
      cameras[camera, default: .init(views: [:])].views[image] = ResidualsDocument.View(
        frame: input.frames[source.frame], anchored: source.anchored,
        cameraFromBoard: PoseRecord(view.cameraFromBoard),
        holdoutRMSPixels: view.holdoutRMSPixels, corners: corners)
    }
    return ResidualsDocument(software: Software.nameAndVersion, cameras: cameras)
  }
}
