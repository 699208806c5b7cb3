package import Documents
import Files

extension BundleStore {
  /// A bundle with those of its evidence files that are still there, by path.
  ///
  /// Evidence may have been pruned, so a file that is gone is left out; one that is there and not
  /// as it was written throws `.storage(.damaged)`. Other files of the revision are not looked at.
  package func loadEvidence(
    _ cart: Name, revision: Int?, _ wanted: [String]
  ) throws(BundleError) -> (bundle: StoredBundle, evidence: [String: [UInt8]]) {
    let stored = try load(cart, revision: revision) { folder throws(BundleError) in
      try Self.listedBundle(in: folder, trust: trust)
    }
    var evidence: [String: [UInt8]] = [:]
    for file in stored.bundle.evidence
    where wanted.contains(file.path) && !stored.missing.contains(file.path) {
      let path = stored.folder + "/" + file.path
      let bytes = try reading { () throws(FileError) in
        try Files.read(path, limit: JSONLimits().bytes)
      }
      guard SHA256.hexadecimal(of: bytes) == file.sha256 else {
        throw .storage(
          .damaged(path: path, detail: "its content is not what bundle.json says"))
      }
      evidence[file.path] = bytes
    }
    return (stored, evidence)
  }
}
