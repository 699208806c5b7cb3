import Documents
import Geometry
import TestSupport
import Testing

@testable import Bundles

private func sampleBundle() throws -> CartBundle {
  let folder = try TemporaryFolder()
  return try BundleStore(path: folder.path, trust: .unsigned).write(sampleDraft(), activate: false)
    .bundle
}

private func decode(_ bytes: [UInt8]) throws -> CartBundle {
  try JSONDocument.decode(
    CartBundle.self, from: bytes, file: "bundle.json", schema: CartBundle.schema)
}

@Test func aBundleReadsBackAsItWasWritten() throws {
  let bundle = try sampleBundle()
  let bytes = try JSONDocument.encode(bundle)
  #expect(try decode(bytes) == bundle)
  #expect(try JSONDocument.encode(decode(bytes)) == bytes)
  let lens = try #require(try bundle.cameras["cam0"]?.lens)
  #expect(lens.kind == .opencv5 && lens.parameters[4] == -0.28)
  #expect(try bundle.cameras["dark"]?.lens == nil)
  let pose = try #require(bundle.cameras["cam0"]?.referenceFromCamera)
  #expect(PoseRecord(pose.transform).translation == pose.translation)
}

@Test func aWrittenBundleFitsItsSchema() throws {
  let schema = try SchemaFile("Bundles/Schemas/bundle-1.schema.json")
  #expect(schema.omissions == [])
  var bundle = try sampleBundle()
  for parent in [nil, CartBundle.Parent(revision: 1, sha256: SHA256.hexadecimal(of: []))] {
    bundle.parent = parent
    #expect(try schema.problems(in: JSONDocument.encode(bundle)) == [])
  }
  // The check itself can fail.
  let problems = try schema.problems(in: Array("{\"verdict\": \"good\"}".utf8))
  #expect(problems.contains("document.verdict: 0 of oneOf fit"))
  #expect(problems.contains("document: parent is missing"))
}

@Test(arguments: [
  ("\"width\": 640", "\"width\": 0", "cameras.cam0.width"),
  ("\"cart_serial\": \"CART-0042\"", "\"cart_serial\": \"../x\"", "cart_serial"),
  ("\"created\": \"2026-", "\"created\": \"x026-", "created"),
  ("\"dark\": {", "\"da/rk\": {", "cameras"),
  ("\"fx\": 533.05", "\"fx\": -1", "cameras.cam0.parameters"),
  ("0.13]", "0.13, 1]", "cameras.cam0.parameters"),
  ("\"opencv5\"", "\"opencv99\"", "cameras.cam0.model"),
  ("\"opencv5\"", "null", "cameras.cam0.parameters"),
  ("\"rotation_wxyz\": [", "\"rotation_wxyz\": [1, ", "rotation_wxyz"),
  ("\"reference_camera\": \"cam0\"", "\"reference_camera\": \"cam9\"", "reference_camera"),
  ("\"verdict\": \"not_asked\"", "\"verdict\": \"fine\"", "verdict"),
  ("\"fraction\": 0.5", "\"fraction\": 2", "cameras.cam0.coverage.fraction"),
  ("\"columns\": 2", "\"columns\": 9223372036854775807", "cameras.cam0.coverage.columns"),
  ("\"columns\": 2", "\"columns\": 3", "cameras.cam0.coverage.corners"),
  ("\"order\": [", "\"order\": [\"x\", ", "_covariance.values"),
  ("\"revision\": 1", "\"revision\": 0", "revision"),
])
func senselessValuesAreRefusedByKeyPath(old: String, new: String, keyPath: String) throws {
  let text = String(decoding: try JSONDocument.encode(sampleBundle()), as: UTF8.self)
  #expect(text.contains(old))
  do {
    _ = try decode(Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
    Issue.record("taken: \(new)")
  } catch DocumentError.mismatch(_, let line, let found, _) {
    #expect(line > 1)
    #expect(found.contains(keyPath))
  }
}

/// Bundles written before certainty was kept have none of its keys.
@Test func aBundleWithoutCertaintyIsRead() throws {
  var bundle = try sampleBundle()
  for name in bundle.cameras.keys { bundle.cameras[name]?.certainty = CertaintyRecord() }
  let text = String(decoding: try JSONDocument.encode(bundle), as: UTF8.self)
  let keys = [
    "sigma", "pose_sigma", "lens_covariance", "pose_covariance", "coverage",
    "projection_uncertainty_px", "cross_validation_px",
  ]
  let older = text.split(separator: "\n").filter { line in
    !keys.contains { line.contains("\"\($0)\": null") }
  }
  #expect(older.count == text.split(separator: "\n").count - keys.count * bundle.cameras.count)
  // A comma before a closing brace is left over where the key was the last.
  let joined = older.joined(separator: "\n").replacing(#/,(\s*})/#) { $0.output.1 }
  #expect(try decode(Array(joined.utf8)) == bundle)
}

@Test func newerVersionsAreRefusedWithTheRemedy() throws {
  let text = String(decoding: try JSONDocument.encode(sampleBundle()), as: UTF8.self)
  do {
    _ = try decode(Array(text.replacing("cartcal.bundle/1", with: "cartcal.bundle/2").utf8))
    Issue.record("taken")
  } catch let error as DocumentError {
    #expect(error.description.contains("Update the software"))
  }
}
