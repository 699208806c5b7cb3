import Foundation
import TestSupport
import Testing

/// `cartcal weigh --recorded` as a person or a script runs it.
struct WeighTests {
  private static let shared = CommandRunner.packageRoot.deletingLastPathComponent()
    .appendingPathComponent("shared/data/simulated/scale_normal").path

  /// Two cells half a metre apart, 100 000 counts a kilogram: empty, 2 kg on either side and in the
  /// middle, empty, and half a kilogram that is not known; ten samples a second, ten seconds each.
  static let loads: [(kind: String, mass: Double, x: Double)] = [
    ("empty", 0, 0), ("eccentricity", 2, -0.2), ("eccentricity", 2, 0.2),
    ("linearity_up", 2, 0), ("empty", 0, 0), ("verify", 0.5, 0.1),
  ]

  /// The two files of that session, `line` changing the samples' lines by number.
  static func write(
    _ folder: TemporaryFolder, _ name: String, session: Bool = false,
    line: (Int, String) -> String = { $1 }
  ) throws {
    var lines = [
      session
        ? "time_s,temperature_c,tilt_x_rad,tilt_y_rad,count_0,count_1,mass_kg,status,step"
        : "t,temperature,adc0,adc1,step"
    ]
    var steps: [String] = []
    for (number, load) in loads.enumerated() {
      for sample in 0..<100 {
        let right = load.mass * (load.x + 0.25) / 0.5
        // A scatter of two counts, the same every time.
        let counts = [load.mass - right, right].map {
          Int(($0 * 100_000).rounded()) + 5000 + sample * 7 % 5 - 2
        }
        let time = "\(Double(10 * number) + Double(sample) / 10)"
        lines.append(
          session
            ? "\(time),20.0,,,\(counts[0]),\(counts[1]),,stable,\(number)"
            : "\(time),20.0,\(counts[0]),\(counts[1]),\(number)")
      }
      let known =
        load.mass > 0
        ? #","nominal_kg":[2],"oiml_class":"M1","mpe_mg":[100],"xy_m":[\#(load.x),0]"# : ""
      steps.append(
        #"{"step":\#(number),"kind":"\#(load.kind)","t_start":\#(10 * number),"#
          + #""t_end":\#(10 * number + 10)\#(known)}"#)
    }
    let text = lines.enumerated().map { line($0.offset, $0.element) }.joined(separator: "\n")
    try folder.put("\(name)/\(session ? "scale" : "sessions").csv", text)
    try folder.put(
      "\(name)/procedure.json",
      #"{"rate_hz":10,"platform_m":[0.6,0.4],"cells_xy_m":[[-0.25,0],[0.25,0]],"adc_bits":24,"#
        + #""steps":[\#(steps.joined(separator: ","))]}"#)
  }

  @Test(arguments: [false, true]) func bothFormsGiveOneAnswer(session: Bool) throws {
    let folder = try TemporaryFolder()
    try Self.write(folder, "session", session: session)
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--json", folder("weigh.json"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.output.contains("verdict   not asked"))
    let report = try JSONValue(file: folder("weigh.json"))
    let load = report["verify"]["5"]
    #expect(abs((load["mass_kg"].number ?? 0) - 0.5) < 0.0003)
    #expect(abs((load["x_m"].number ?? 0) - 0.1) < 0.003)
    #expect(load["covariance"].array.count == 3)
    #expect((load["sigma_radial_m"].number ?? 0) > 0)
    #expect(report["verify_steps"].numbers == [5])
    #expect(report["verify_covariance"][0].numbers == load["covariance"][0].numbers)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("weigh.json"))))
    #expect(
      try SchemaFile("Procedures/Schemas/weigh-1.schema.json").problems(in: bytes) == [])
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: shared),
      "../shared/data/simulated/scale_normal is not there"))
  func theSharedSession() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", Self.shared, "--json", folder("weigh.json"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("weigh.json"))))
    let schema = try SchemaFile("Procedures/Schemas/weigh-1.schema.json")
    #expect(try schema.problems(in: bytes) == [])
    #expect(schema.omissions == [])
    let report = try JSONValue(file: folder("weigh.json"))
    #expect(report["verify"].keys.count == 24)
    #expect(report["verify_covariance"].array.count == 72)
    #expect(report["covariance"]["order"].array.count == 20)
    #expect(report["findings"].array.count == 1)
  }

  /// Each damage with the words that name it; nothing is written.
  @Test func damagedSamplesAreNamedByLine() throws {
    let damages: [(String, (Int, String) -> String)] = [
      ("sessions.csv:200: adc0 is no number", { $0 == 199 ? "20,20,NaN,1,1" : $1 }),
      ("sessions.csv:200: adc1 is no number", { $0 == 199 ? "20,20,1,heavy,1" : $1 }),
      ("sessions.csv:200: 4 columns", { $0 == 199 ? "1,20,1,1" : $1 }),
      ("sessions.csv:200: time 1.0 s comes after", { $0 == 199 ? "1,20,1,1,1" : $1 }),
      ("sessions.csv:1: the header", { $0 == 0 ? "t,temperature,adc0,step" : $1 }),
      ("holds no sample", { $0 > 0 ? "" : $1 }),
    ]
    for (words, damage) in damages {
      let folder = try TemporaryFolder()
      try Self.write(folder, "session", line: damage)
      let outcome = try CommandRunner.run([
        "weigh", "--recorded", folder("session"), "--json", folder("weigh.json"),
      ])
      #expect(outcome.status == 2, "\(words): \(outcome.output)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(folder.contents() == ["session", "session/procedure.json", "session/sessions.csv"])
    }
  }

  @Test func missingAndDoubledFiles() throws {
    let folder = try TemporaryFolder()
    let weigh = ["weigh", "--recorded", folder("session")]
    #expect(try CommandRunner.run(weigh).status == 2)
    #expect(try CommandRunner.run(["weigh"]).errors.contains("--recorded DIR is needed"))
    try Self.write(folder, "session")
    try Self.write(folder, "session", session: true)
    let outcome = try CommandRunner.run(weigh)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("samples twice"), "\(outcome.errors)")
    let over = try CommandRunner.run(weigh + ["--json", folder("session/procedure.json")])
    #expect(over.status == 2 && over.errors.contains("write over"), "\(over.errors)")
  }

  /// A gap swallows one step: readable, but no calibration; the JSON says so.
  @Test func aGapIsAFinding() throws {
    let folder = try TemporaryFolder()
    try Self.write(folder, "session", line: { $1.hasSuffix(",2") ? "" : $1 })
    let outcome = try CommandRunner.run([
      "weigh", "--recorded", folder("session"), "--json", folder("weigh.json"),
    ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let report = try JSONValue(file: folder("weigh.json"))
    #expect(report.findingCodes == ["no_calibration"])
    #expect(report["verdict"].text == "not_determined")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("weigh.json"))))
    #expect(
      try SchemaFile("Procedures/Schemas/weigh-1.schema.json").problems(in: bytes) == [])
  }
}
