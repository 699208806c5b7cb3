import Foundation
import TestSupport
import Testing

/// The report in a bundle, and drawn again.
struct ReportTests {
  private func solve(_ folder: TemporaryFolder) throws {
    let outcome = try CommandRunner.run([
      "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--lens", "opencv4",
      "--cart", "CART-1", "--store", folder("store"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("store/CART-1/000001/report.html"), "\(outcome.output)")
  }

  private func report(_ folder: TemporaryFolder, _ words: [String] = []) throws -> CommandOutcome {
    try CommandRunner.run(
      ["bundle", "report", "CART-1", "--store", folder("store"), "-o", folder("again.html")]
        + words)
  }

  private func bytes(_ file: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: file))
  }

  @Test func drawnAgainItIsTheSame() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    let outcome = try report(folder, ["--revision", "1"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains(folder("again.html")))
    let first = try bytes(folder("store/CART-1/000001/report.html"))
    #expect(try bytes(folder("again.html")) == first)
    let sums = try bytes(folder("store/CART-1/000001/SHA256SUMS"))
    #expect(String(decoding: sums, as: UTF8.self).contains("  report.html\n"))
  }

  @Test func prunedEvidenceIsNamed() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    try FileManager.default.removeItem(atPath: folder("store/CART-1/000001/evidence"))
    let outcome = try report(folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("evidence/residuals.json is no longer in"))
    #expect(
      String(decoding: try bytes(folder("again.html")), as: UTF8.self).contains("cannot be shown"))
  }

  @Test func damagedEvidenceIsRefused() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    try folder.put("store/CART-1/000001/evidence/residuals.json", "{}")
    let outcome = try report(folder)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("residuals.json is damaged"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("again.html")))
  }

  @Test func aBundleIsNeverWrittenOver() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    for name in ["bundle.json", "report.html", "evidence/corners.json", "SHA256SUMS"] {
      let path = folder("store/CART-1/000001/" + name)
      let before = try bytes(path)
      let outcome = try CommandRunner.run([
        "bundle", "report", "CART-1", "--store", folder("store"), "--output", path,
      ])
      #expect(outcome.status == 2, "\(outcome.errors)")
      #expect(try bytes(path) == before)
    }
  }

  @Test func anUnknownCart() throws {
    let folder = try TemporaryFolder()
    try solve(folder)
    let outcome = try CommandRunner.run([
      "bundle", "report", "CART-2", "--store", folder("store"), "-o", folder("again.html"),
    ])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("CART-2"))
  }
}
