import Files

extension BundleStore {
  /// Where an installed cartcal keeps its bundles.
  package static let installedPath = "/var/lib/cartcal/calibrations"

  /// The store to use: the path given, else CARTCAL_STORE, else the installed place where that
  /// exists, else `calibrations` of the checkout that the current folder lies in, else
  /// `calibrations` in the current folder.
  ///
  /// - Parameters:
  ///   - given: what the user named, if anything.
  ///   - environment: CARTCAL_STORE's value; empty counts as unset.
  ///   - currentFolder: an absolute path.
  package static func location(
    given: String?, environment: String?, currentFolder: String,
    installed: String = installedPath
  ) -> String {
    if let given { return given }
    if let environment, !environment.isEmpty { return environment }
    if isFolder(installed) { return installed }
    var folder = currentFolder
    while !folder.isEmpty {
      if isFolder(folder + "/Sources/cartcal") { return folder + "/calibrations" }
      guard let slash = folder.lastIndex(of: "/") else { break }
      folder = String(folder[..<slash])
    }
    return currentFolder + "/calibrations"
  }

  private static func isFolder(_ path: String) -> Bool {
    do throws(FileError) { return try Files.kind(of: path) == .folder } catch { return false }
  }
}
