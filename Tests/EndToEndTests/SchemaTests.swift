import Foundation
import TestSupport
import Testing

/// Files that the program writes, held against the schemas, and the page made from them.
struct SchemaTests {
  private static let sources = CommandRunner.packageRoot.appendingPathComponent("Sources")
  private static let schemas = [
    "BoardDetection/Schemas/corners-1", "Bundles/Schemas/bundle-1", "Bundles/Schemas/bundle-diff-1",
    "Bundles/Schemas/information-1",
    "Bundles/Schemas/residuals-1",
    "Procedures/Schemas/audit-1", "Procedures/Schemas/detect-1", "Procedures/Schemas/devices-1",
    "Procedures/Schemas/solve-1",
    "Procedures/Schemas/weigh-1", "Rigs/Schemas/rig-1", "Sessions/Schemas/event-1",
    "Sessions/Schemas/frame-1", "Sessions/Schemas/session-1",
    "Simulation/Schemas/comparison-1", "Simulation/Schemas/truth-1",
    "Weighing/Schemas/masses-1", "Weighing/Schemas/procedure-1",
  ].map { $0 + ".schema.json" }

  private func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  private func problems(_ file: String, _ schema: String) throws -> [String] {
    try SchemaFile(schema).problems(in: bytes(file))
  }

  @Test func whatASolveWritesFitsTheSchemas() throws {
    let folder = try TemporaryFolder()
    try folder.copyStereo(to: "session")
    // A camera that sees nothing: its lens, pose and errors are null.
    try folder.put("session/dark/00.pgm", "P2\n64 48\n255\n" + String(repeating: "9 ", count: 3072))
    let outcome = try CommandRunner.run([
      "solve", folder("session"), "--board", "checkerboard:8x5:27mm", "--json",
      folder("solve.json"), "--save-corners", folder("corners.json"), "--cart", "CART-1",
      "--store", folder("store"),
    ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(try problems(folder("solve.json"), "Procedures/Schemas/solve-1.schema.json") == [])
    let corners = "BoardDetection/Schemas/corners-1.schema.json"
    #expect(try problems(folder("corners.json"), corners) == [])
    let revision = "store/CART-1/000001/"
    #expect(
      try problems(folder(revision + "bundle.json"), "Bundles/Schemas/bundle-1.schema.json") == [])
    #expect(try problems(folder(revision + "evidence/corners.json"), corners) == [])
    let residuals = "Bundles/Schemas/residuals-1.schema.json"
    #expect(try problems(folder(revision + "evidence/residuals.json"), residuals) == [])
    let information = "Bundles/Schemas/information-1.schema.json"
    #expect(try problems(folder(revision + "evidence/information.json"), information) == [])
  }

  @Test func whatADetectionWritesFitsTheSchema() throws {
    let folder = try TemporaryFolder()
    try folder.put("dark.pgm", "P2\n64 48\n255\n" + String(repeating: "9 ", count: 3072))
    let outcome = try CommandRunner.run([
      "detect", CommandRunner.stereo + "/left/00.png", folder("dark.pgm"), "--board",
      "checkerboard:8x5:27mm", "--json", folder("detect.json"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try problems(folder("detect.json"), "Procedures/Schemas/detect-1.schema.json") == [])
    let images = try JSONValue(file: folder("detect.json"))["images"]
    #expect(images[CommandRunner.stereo + "/left/00.png"]["boards"].array.count == 1)
    #expect(images[folder("dark.pgm")]["boards"].array.isEmpty)
  }

  /// What two schemas define under one name reads the same in both.
  @Test func sharedDefinitionsAreEqual() throws {
    var seen: [String: String] = [:]
    var shared: Set<String> = []
    for path in Self.schemas {
      let file = Self.sources.appendingPathComponent(path).path
      let definitions = try JSONValue(file: file)["$defs"]
      for name in definitions.keys {
        let text = try definitions[name].canonical(without: [])
        if let known = seen.updateValue(text, forKey: name) {
          shared.insert(name)
          #expect(known == text, "\(name) in \(path)")
        }
      }
    }
    #expect(shared.isSuperset(of: ["pose", "lens_parameters", "finding", "finding_code", "board"]))
  }

  /// A finding's code stands once, as a literal, where the finding is made; those of weighings have
  /// a list of their own, and those of rig check come into no file.
  @Test func everyFindingCodeIsInTheSchema() throws {
    let enumerator = FileManager.default.enumerator(atPath: Self.sources.path)
    var codes: Set<String> = []
    var weighing: Set<String> = []
    for case let path as String in try #require(enumerator)
    where path.hasSuffix(".swift") && !path.hasPrefix("Rigs/") {
      let file = Self.sources.appendingPathComponent(path).path
      let text = String(decoding: try bytes(file), as: UTF8.self)
      let found = text.matches(of: #/\bcode: "([a-z0-9_]+)"/#).map { String($0.1) }
      if path.contains("Weighing/") { weighing.formUnion(found) } else { codes.formUnion(found) }
    }
    let known = try SchemaFile("Procedures/Schemas/solve-1.schema.json").words("finding_code")
    #expect(codes == known)
    let weigh = try SchemaFile("Procedures/Schemas/weigh-1.schema.json")
    #expect(weighing == weigh.words("weighing_finding_code"))
  }

  @Test(
    .enabled(
      if: try CommandRunner.shell("command -v python3").status == 0,
      "skipped: there is no python3"))
  func thePageOfFormatsIsUpToDate() throws {
    let made = try CommandRunner.shell("factory/schema-docs", in: CommandRunner.packageRoot)
    #expect(made.status == 0, "\(made.errors)")
    let page = CommandRunner.packageRoot.appendingPathComponent("Documentation/formats.md").path
    #expect(
      try made.output == String(decoding: bytes(page), as: UTF8.self),
      "run: factory/schema-docs > Documentation/formats.md")
  }
}
