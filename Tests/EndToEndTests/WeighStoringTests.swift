import Foundation
import TestSupport
import Testing

/// The scale section of a bundle, and what carries it over.
struct WeighStoringTests {
  private func weigh(_ folder: TemporaryFolder) throws -> CommandOutcome {
    try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--cart", "CART-1", "--store", folder("store"),
    ])
  }

  private func solve(_ folder: TemporaryFolder) throws -> CommandOutcome {
    try CommandRunner.run([
      "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--cart", "CART-1",
      "--store", folder("store"),
    ])
  }

  private func bundle(_ folder: TemporaryFolder, _ revision: Int) throws -> JSONValue {
    let file = folder("store/CART-1/00000\(revision)/bundle.json")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    #expect(try SchemaFile("Bundles/Schemas/bundle-1.schema.json").problems(in: bytes) == [])
    return try JSONValue(file: file)
  }

  @Test func eachJobCarriesTheOtherSectionOver() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    let first = try weigh(folder)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("000001, not signed, now current"))
    let scaleAlone = try bundle(folder, 1)
    #expect(scaleAlone["cameras"].keys.isEmpty && scaleAlone["board"].raw is NSNull)
    #expect(scaleAlone["cameras_created"].raw is NSNull)

    let second = try solve(folder)
    #expect(second.status == 0, "\(second.errors)")
    let both = try bundle(folder, 2)
    #expect(both["cameras"].keys == ["left", "right"])
    let carried = try both["scale"].canonical(without: [])
    #expect(try carried == scaleAlone["scale"].canonical(without: []))

    let third = try weigh(folder)
    #expect(third.status == 0, "\(third.errors)")
    let again = try bundle(folder, 3)
    for key in ["cameras", "board", "cameras_created", "findings", "rms_px"] {
      #expect(
        try again[key].canonical(without: []) == both[key].canonical(without: []), "\(key)")
    }
    let files = folder.contents("store/CART-1/000003").filter { $0.contains(".") }
    #expect(
      Set(files).isSuperset(of: [
        "evidence/corners.json", "evidence/residuals.json", "evidence/weighing/procedure.json",
        "evidence/weighing/sessions.csv",
      ]))
    let shown = try CommandRunner.run([
      "bundle", "show", "CART-1", "--unsigned", "--store", folder("store"),
    ])
    #expect(shown.status == 0 && shown.output.contains("scale     2 cells"), "\(shown.errors)")
    let old = try CommandRunner.run([
      "bundle", "show", "CART-1", "--unsigned", "--revision", "1", "--store", folder("store"),
    ])
    #expect(old.status == 0 && old.output.contains("no cameras"), "\(old.errors)")
    #expect(
      try CommandRunner.run(["bundle", "list", "--unsigned", "--store", folder("store")]).status
        == 0)
  }

  /// What is in force cannot be read: the cameras are solved all the same, and it is said that the
  /// scale is gone.
  @Test func aScaleThatCannotBeReadIsNamed() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    #expect(try weigh(folder).status == 0)
    try folder.put("store/CART-1/000001/bundle.json", "{\"schema\": \"cart")
    let outcome = try solve(folder)
    #expect(outcome.output.contains("this revision has no scale"), "\(outcome.output)")
    let solved = try bundle(folder, 2)
    #expect(solved.findingCodes.contains("scale_not_carried"))
    #expect(solved["scale"].raw is NSNull)
    // A weighing must not take the place of cameras that it cannot carry over.
    try folder.put("store/CART-1/000002/bundle.json", "{")
    let again = try weigh(folder)
    #expect(again.status == 4, "\(again.errors)")
  }

  /// A calibration, then a check of it: by whom it is trusted, and what the page says.
  @Test func aCheckTrustsWhatReadersTrust() throws {
    let folder = try TemporaryFolder()
    let rig = CommandRunner.packageRoot.appendingPathComponent("rigs/virtual-cart4.yaml").path
    func live(_ words: String...) throws -> CommandOutcome {
      try CommandRunner.run(
        ["weigh", "--rig", rig, "--cart", "V-1", "--virtual", "11", "--store", folder("store")]
          + words, in: URL(fileURLWithPath: folder("")))
    }
    let none = try live("--verify", "--unsigned")
    #expect(none.status == 2 && none.errors.contains("no calibrated scale"), "\(none.errors)")
    let line = try live("--line", "--report", folder("line.html"))
    #expect(line.status == 0, "\(line.errors)")
    let page = try String(contentsOfFile: folder("line.html"), encoding: .utf8)
    #expect(page.contains("certificate V-1-1") && page.contains("VIRTUAL-10kg"))
    #expect(page.contains("none: virtual"), "the certificate of a mass")
    let stored = try String(
      contentsOfFile: folder("store/V-1/000001/scale.html"), encoding: .utf8)
    #expect(stored == page)
    // Nobody signed it, so that nobody who asks for signatures takes it.
    let refused = try live("--verify")
    #expect(refused.status == 4, "\(refused.errors)")
    let check = try live("--verify", "--unsigned")
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.output.contains("calibration of revision 1 checked with"), "\(check.output)")
    #expect(check.output.contains("within all limits in service"))
    #expect(!check.output.contains("initial verification"))
    let checked = try String(
      contentsOfFile: folder("weighing-V-1-verify/scale.html"), encoding: .utf8)
    #expect(checked.contains("Nothing was adjusted"))
    #expect(folder.contents("store/V-1").filter { $0.hasPrefix("000002") }.isEmpty)
  }

  /// Nothing is stored of a session that gives no calibration.
  @Test func aWeakSessionLeavesTheStoreAlone() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session", line: { $1.hasSuffix(",2") ? "" : $1 })
    let outcome = try weigh(folder)
    #expect(outcome.status == 1)
    #expect(!FileManager.default.fileExists(atPath: folder("store/CART-1")))
  }
}
