import Foundation
import TestSupport
import Testing

/// `cartcal weigh --recorded --rig`: verdicts by class, Max and e of the rig.
struct WeighRigTests {
  /// A rig of the two cells of `WeighTests`; `scale` goes into its scale section.
  static func writeRig(_ folder: TemporaryFolder, _ scale: String) throws {
    try folder.put(
      "rig.yaml",
      """
      schema: cartcal.rig/1
      name: two
      board: checkerboard:9x6:25mm
      cameras:
        a:
          lens: {kind: wide}
          size_px: [1280, 800]
          cart_from_camera: {translation_m: [0, -0.2, 0.5], looks_at_m: [0, 0.3, 0]}
          tolerance: {position_mm: 20, angle_deg: 4.5}
      scale:
        cells: {left: {xy_m: [-0.25, 0]}, right: {xy_m: [0.25, 0]}}
      """ + scale)
  }

  private static let legal = "\n  class: III\n  ranges: [{max_kg: 6, e_g: 2}]\n"

  @Test func verdictsAreGivenByTheRig() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    try Self.writeRig(folder, Self.legal + "  site: {latitude_deg: 47.37, height_m: 408}\n")
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--rig", folder("rig.yaml"), "--json",
      folder("weigh.json"), "--use-at", "39.74,1609",
    ])
    // No repeats, no creep, no way down: it cannot be told.
    #expect(outcome.status == 1, "\(outcome.errors)\(outcome.output)")
    let report = try JSONValue(file: folder("weigh.json"))
    #expect(report["verdict"].text == "not_determined")
    let verdicts = report["verdicts"].array
    let tests = Set(verdicts.map { $0["test"].text ?? "" })
    #expect(
      tests == [
        "weighing", "hysteresis", "repeatability", "eccentricity", "discrimination", "creep",
        "zero_return",
      ])
    for verdict in verdicts where verdict["value_kg"].number == nil {
      #expect(verdict["verdict"].text == "not_determined")
      #expect((verdict["note"].text ?? "").count > 10, "it says why")
    }
    let eccentric = verdicts.filter { $0["test"].text == "eccentricity" }
    #expect(
      Set(eccentric.map { $0["occasion"].text ?? "" })
        == ["initial", "in_service", "acceptance", "maintenance"])
    // 2 kg are 1000 e: 1 e on initial verification, 2 e in service.
    #expect(
      Set(eccentric.compactMap { $0["limit_kg"].number }) == [0.002, 0.004],
      "\(eccentric.map { $0["limit_kg"].number ?? 0 })")
    #expect(eccentric.allSatisfy { $0["guard_band_kg"].number != nil })
    #expect(report["plate"]["class"].text == "III")
    #expect(report["cell_names"].array.map(\.text) == ["left", "right"])
    // Zurich to Denver is another gravity zone.
    let use = report["gravity"]["use"]
    #expect(abs((use["reading_factor"].number ?? 0) - 9.807082 / 9.796500) < 1e-6)
    #expect(report.findingCodes.contains("new_verification_due"))
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("weigh.json"))))
    #expect(
      try SchemaFile("Procedures/Schemas/weigh-1.schema.json").problems(in: bytes) == [])
  }

  /// M1 of 2 kg may be wrong by 0.1 g: too coarse for e = 0.1 g, and the verdict says so.
  @Test func tooCoarseMassesStop() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    try Self.writeRig(folder, "\n  class: III\n  ranges: [{max_kg: 1, e_g: 0.1}]\n")
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--rig", folder("rig.yaml"), "--json",
      folder("weigh.json"),
    ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let report = try JSONValue(file: folder("weigh.json"))
    #expect(report.findingCodes.contains("mass_too_coarse"))
    #expect(report["verdict"].text == "not_determined")
  }

  /// An overdue mass that the session names stops too, whatever the rig.
  @Test func overdueMassesStop() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    let file = folder("session/procedure.json")
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self
    ).replacing("\"mpe_mg\":[100]", with: "\"mpe_mg\":[100],\"mass_ids\":[\"A\"]")
    try folder.put("session/procedure.json", text)
    try folder.put(
      "masses.yaml",
      """
      schema: cartcal.masses/1
      masses:
        - {id: A, nominal_g: 2000, class: M1, certificate: C, due: 2020-01-01}
      """)
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--masses", folder("masses.yaml"), "--json",
      folder("weigh.json"),
    ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let report = try JSONValue(file: folder("weigh.json"))
    #expect(report.findingCodes.contains("mass_overdue"))
    #expect(report["masses"][0]["certificate"].text == "C")
  }

  /// Each with what is wrong, where, and what to do; nothing is asked and nothing is written.
  @Test(arguments: [
    ("{id: A, nominal_g: 1, class: M1, certificate: c, due: 2099-01-01}", "twice"),
    ("{id: B, nominal_kg: 10, class: M1, certificate: c, due: 2099-01-01}", "Did you mean"),
    ("{id: B, nominal_g: 10 kg, class: M1, certificate: c, due: 2099-01-01}", "in grams"),
    ("{id: B, nominal_g: 9, class: M1, certificate: c, due: 2099-02-30}", "is no date"),
    ("{id: B, nominal_g: 9, class: M9, certificate: c, due: 2099-01-01}", "no such class"),
    ("{id: B, nominal_g: 10, class: M1, certificate: c, due: 2099-01-01}", "no masses in date"),
    (
      "{id: B, nominal_g: 9, class: M1, certificate: c, due: 2099-01-01}",
      "Check the value and its unit"
    ),
  ])
  func aRegistryThatCannotBeIsRefused(line: String, words: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(
      "masses.yaml",
      """
      schema: cartcal.masses/1
      masses:
        - {id: A, nominal_g: 1, class: M1, certificate: c, due: 2099-01-01}
        - \(line)
      """)
    let outcome = try CommandRunner.run(
      [
        "weigh", "--rig",
        CommandRunner.packageRoot.appendingPathComponent("rigs/virtual-cart4.yaml").path, "--cart",
        "B-1", "--line", "--virtual", "1", "--masses", folder("masses.yaml"), "--store",
        folder("store"), "--session", folder("session"),
      ])
    #expect(outcome.status == 2, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(folder.contents("") == ["masses.yaml"])
  }

  @Test(arguments: [
    ("\n  class: III\n  ranges: [{max_kg: 6, e_g: 3}]\n", "1, 2 or 5 times a power of ten"),
    ("\n  class: III\n  ranges: [{max_kg: 600, e_g: 2}]\n", "class III has 100 to 10000"),
    ("\n  platform: 1\n", "Did you mean \"platform_m\"?"),
  ])
  func anIllegalScaleIsRefused(scale: String, words: String) throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    try Self.writeRig(folder, scale)
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--rig", folder("rig.yaml"), "--json",
      folder("weigh.json"),
    ])
    #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!folder.contents().contains("weigh.json"))
  }

  @Test func anotherCartsRigIsRefused() throws {
    let folder = try TemporaryFolder()
    try WeighTests.write(folder, "session")
    let rig = CommandRunner.packageRoot.appendingPathComponent("rigs/virtual-cart4.yaml").path
    let outcome = try CommandRunner.run(["weigh", "--recorded", folder("session"), "--rig", rig])
    #expect(outcome.status == 2 && outcome.errors.contains("2 cells"), "\(outcome.errors)")
    let use = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--use-at", "39.74,1609",
    ])
    #expect(use.status == 2 && use.errors.contains("Give the rig"), "\(use.errors)")
  }
}
