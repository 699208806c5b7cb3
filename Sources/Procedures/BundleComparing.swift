package import Bundles
import Reports

/// Two bundles beside each other, and the files written of that.
package struct BundleComparison: Sendable {
  package let difference: BundleDifference
  package let writtenFiles: [String]
}

/// Compares two bundles, each named by its cart, its cart and revision, or its folder (see
/// `BundlePlace`); writes what was found as JSON and as a page where that is asked for.
package func compareBundles(
  _ a: String, _ b: String, _ access: StoreAccess, jsonFile: String?, pageFile: String?
) throws(ProcedureError) -> BundleComparison {
  let places = try OutputPlaces([("--json", jsonFile), ("--page", pageFile)])
  for file in [jsonFile, pageFile].compactMap({ $0 }) { try OutputFiles.check(file) }
  let bundles = try access.reader()
  let first = try BundlePlace.load(a, bundles)
  let second = try BundlePlace.load(b, bundles)
  try places.check(inputs: [first, second].map { $0.folder + "/bundle.json" })
  let difference = BundleDifference(first.bundle, second.bundle)
  var written: [String] = []
  if let jsonFile {
    try OutputFiles.write(difference, to: jsonFile)
    written.append(jsonFile)
  }
  if let pageFile {
    try OutputFiles.write(DifferencePage(difference, first.bundle).bytes, to: pageFile)
    written.append(pageFile)
  }
  return BundleComparison(difference: difference, writtenFiles: written)
}
