package import Bundles
import Documents

/// What to write of a bundle.
package struct ExportRequest: Sendable {
  package var cart: String
  package var revision: Int?
  package var format: ExportFormat?
  /// Nil for all.
  package var cameras: [String]?
  /// Undistortion maps of all these cameras.
  package var maps: MapFormat?
  /// Rectification maps of two cameras.
  package var rectified: (left: String, right: String)?
  /// The folder to make.
  package var folder: String

  package init(
    cart: String, revision: Int?, format: ExportFormat?, cameras: [String]?, maps: MapFormat?,
    rectified: (left: String, right: String)?, folder: String
  ) {
    self.cart = cart
    self.revision = revision
    self.format = format
    self.cameras = cameras
    self.maps = maps
    self.rectified = rectified
    self.folder = folder
  }
}

/// Writes a bundle's cameras for other tools into a new folder, which appears whole or not at all.
/// Gives the paths of the files.
package func exportBundle(
  _ request: ExportRequest, _ access: StoreAccess
) throws(ProcedureError) -> (stored: StoredBundle, files: [String]) {
  // "folder/" is meant as "folder".
  let folder = String(request.folder.reversed().drop { $0 == "/" }.reversed())
  try OutputFiles.checkNew(folder)
  try OutputFiles.check(folder)
  let (parent, name) = AtomicFile.split(folder)
  let stored = try showBundle(cart: request.cart, revision: request.revision, access)
  let bundle = stored.bundle
  var files: [ExportedFile] = []
  do throws(ExportError) {
    if let format = request.format {
      files += try bundle.exported(as: format, cameras: request.cameras)
    }
    if let maps = request.maps, request.rectified == nil {
      files += try bundle.undistortionMaps(as: maps, cameras: request.cameras)
    }
    if let pair = request.rectified {
      files += try bundle.rectificationMaps(
        as: request.maps ?? .npy, left: pair.left, right: pair.right)
    }
  } catch {
    throw .export(error)
  }
  do throws(StorageError) {
    try AtomicFolder.write(files.map { ($0.name, $0.bytes) }, as: name, in: parent)
  } catch {
    throw .storage(error)
  }
  return (stored, files.map { "\(folder)/\($0.name)" })
}
