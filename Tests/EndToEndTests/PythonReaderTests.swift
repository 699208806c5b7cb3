import Bundles
import Documents
import Files
import TestSupport
import Testing

/// factory/reader-python against the Swift modules.
struct PythonReaderTests {
  /// Debian's Python, whose numpy the set-up installs.
  private func check(_ words: [String]) throws -> CommandOutcome {
    try CommandRunner.execute(
      "/usr/bin/python3", ["-B", "factory/reader-python/tests/check.py"] + words,
      in: CommandRunner.packageRoot)
  }

  @Test func readsWhatSwiftWrote() throws {
    let folder = try TemporaryFolder()
    let samples = try ReaderSamples(in: BundleStore(path: folder("store"), trust: .unsigned))
    try folder.write("samples.json", JSONDocument.encode(samples))
    let done = try check([folder("store/READ-1/current"), folder("samples.json")])
    #expect(done.status == 0, "\(done.output) \(done.errors)")
    #expect(done.output.contains("5 lenses") && done.output.contains("50 weighings"))
  }

  @Test func damageIsNamed() throws {
    let folder = try TemporaryFolder()
    _ = try ReaderSamples(in: BundleStore(path: folder("store"), trust: .unsigned))
    let bundle = folder("store/READ-1/000001/bundle.json")
    var bytes = try Files.read(bundle, limit: 1 << 24)
    bytes[bytes.count / 2] ^= 1
    try Files.remove(bundle)
    try Files.writeNew(bundle, bytes)
    let done = try check([folder("store/READ-1/current")])
    #expect(done.status == 1)
    #expect(done.errors.contains("bundle.json is not as it was written"))
    let none = try check([folder("nothing")])
    #expect(none.status == 1 && none.errors.contains("cannot be read"))
  }
}
