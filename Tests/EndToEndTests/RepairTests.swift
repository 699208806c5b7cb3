import Foundation
import TestSupport
import Testing

/// A cart whose camera was replaced, from the command line.
struct RepairTests {
  private static let rig = """
    schema: cartcal.rig/1
    name: three
    board: checkerboard:6x5:25mm
    basket: {size_m: [0.4, 0.3, 0.3]}
    cameras:
      left:
        lens: {kind: pinhole, focal_px: 330}
        size_px: [480, 360]
        cart_from_camera: {translation_m: [-0.15, -0.1, 0.4], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
      middle:
        lens: {kind: pinhole, focal_px: 330}
        size_px: [480, 360]
        cart_from_camera: {translation_m: [0, -0.15, 0.4], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
      right:
        lens: {kind: pinhole, focal_px: 330}
        size_px: [480, 360]
        cart_from_camera: {translation_m: [0.15, 0.1, 0.4], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
    datum:
      - frame: 0
        cart_from_board: {translation_m: [-0.06, 0.05, 0.005], lies_turned_deg: 0}
        sigma: {position_mm: 0.1, angle_deg: 0.1}

    """

  private let folder: TemporaryFolder

  /// A cart in a store, and pictures of it after its right camera was replaced.
  init() throws {
    folder = try TemporaryFolder()
    try folder.put("rig.yaml", Self.rig)
    for (out, more) in [
      ("first", ["--frames", "24"]), ("second", ["--frames", "12", "--replace", "right"]),
    ] {
      let made = try CommandRunner.run(
        [
          "simulate", "session", "--rig", folder("rig.yaml"), "--disturb", "clean", "--seed", "5",
          "--out", folder(out),
        ] + more)
      #expect(made.status == 0, "\(made.errors)")
    }
    let solved = try CommandRunner.run([
      "solve", folder("first"), "--rig", folder("rig.yaml"), "--cart", "V-1", "--store",
      folder("store"), "--save-corners", folder("corners.json"),
    ])
    #expect([0, 1].contains(solved.status), "\(solved.errors)\(solved.output)")
    // Whatever its verdict, it is what the repair is to hold.
    _ = try CommandRunner.run([
      "bundle", "activate", "V-1", "--revision", "1", "--store", folder("store"), "--unsigned",
    ])
  }

  private func repair(
    _ replaced: String = "right", from: String = "V-1", session: String = "second",
    _ more: [String] = []
  ) throws -> CommandOutcome {
    try CommandRunner.run(
      [
        "solve", folder(session), "--from", from, "--replace", replaced, "--store",
        folder("store"), "--unsigned",
      ] + more)
  }

  private func problems(_ file: String, _ schema: String) throws -> [String] {
    try SchemaFile(schema).problems(in: Array(try Data(contentsOf: URL(fileURLWithPath: file))))
  }

  @Test func aRepairIsTheNextRevisionOfItsCart() throws {
    let outcome = try repair("right", ["--json", folder("solve.json")])
    #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
    #expect(
      outcome.output.contains(
        "repair    of revision 1: 1 replaced, 2 held; 2 of them checked, none"),
      "\(outcome.output)")
    #expect(try problems(folder("solve.json"), "Procedures/Schemas/solve-1.schema.json") == [])
    let revision = folder("store/V-1/000002/")
    #expect(
      try problems(revision + "bundle.json", "Bundles/Schemas/bundle-1.schema.json") == [])
    #expect(
      try problems(
        revision + "evidence/information.json", "Bundles/Schemas/information-1.schema.json") == [])
    let before = try JSONValue(file: folder("store/V-1/000001/bundle.json"))
    let after = try JSONValue(file: revision + "bundle.json")
    #expect(after["parent"]["revision"].number == 1)
    #expect(after["repair"]["from"]["revision"].number == 1)
    #expect(after["repair"]["from"]["sha256"].text == after["parent"]["sha256"].text)
    #expect(after["cart_frame"].text == "datum")
    let cameras = after["repair"]["cameras"]
    #expect(cameras["right"]["replaced"].number == 1)
    for name in ["left", "middle"] {
      #expect(cameras[name]["replaced"].number == 0 && cameras[name]["moved"].number == 0)
      let old = before["cameras"][name]["cart_from_camera"]["translation_m"].array
      let new = after["cameras"][name]["cart_from_camera"]["translation_m"].array
      #expect(old.count == 3 && new.count == 3)
      for (a, b) in zip(old, new) {
        #expect(abs((a.number ?? 9) - (b.number ?? 0)) < 1e-3, "\(name) is held")
      }
    }
    // Against the truth of the cart as it is now.
    let compared = try CommandRunner.run([
      "simulate", "compare", folder("second/truth.json"), revision + "bundle.json", "--json",
      folder("errors.json"),
    ])
    #expect(compared.status == 0, "\(compared.errors)")
    let errors = try JSONValue(file: folder("errors.json"))
    #expect(try #require(errors["cart_trans_max_mm"].number) < 1.5)
    // The next repair holds on to this one.
    let again = try repair("left", ["--json", folder("again.json")])
    #expect([0, 1].contains(again.status), "\(again.errors)")
    let shown = try CommandRunner.run([
      "bundle", "show", "V-1", "--revision", "2", "--store", folder("store"), "--unsigned",
    ])
    #expect(shown.output.contains("repair of revision 1"), "\(shown.output)")
  }

  @Test func camerasWithoutPicturesStayInTheBundle() throws {
    try FileManager.default.removeItem(atPath: folder("second/left"))
    let outcome = try repair("right", ["--json", folder("solve.json")])
    #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
    let before = try JSONValue(file: folder("store/V-1/000001/bundle.json"))["cameras"]["left"]
    let after = try JSONValue(file: folder("store/V-1/000002/bundle.json"))["cameras"]["left"]
    for key in ["model", "views", "corners", "rms_px", "coverage"] {
      #expect(try before[key].canonical(without: []) == after[key].canonical(without: []), "\(key)")
    }
    #expect(after["cart_from_camera"]["translation_m"].array.count == 3)
  }

  /// Bad usage and input: status, and words that help; nothing is stored.
  @Test func whatCannotBeRepairedIsRefused() throws {
    try FileManager.default.copyItem(atPath: folder("second"), toPath: folder("stranger"))
    try FileManager.default.moveItem(
      atPath: folder("stranger/left"), toPath: folder("stranger/lefty"))
    try FileManager.default.copyItem(atPath: folder("second"), toPath: folder("blind"))
    try FileManager.default.removeItem(atPath: folder("blind/right"))
    try folder.put("junk/bundle.json", "{}")
    let cases: [(outcome: CommandOutcome, status: Int32, words: String)] = [
      (try repair("rigth"), 2, "Did you mean right?"),
      (try repair("right,right"), 2, "names right twice"),
      (try repair("left,middle,right"), 2, "No camera of"),
      (try repair("right,"), 2, "names with commas"),
      (try repair(from: "V-2"), 2, "V-2"),
      (try repair(from: "../V-1"), 2, "bundle.json"),
      (try repair(from: folder("junk")), 4, "SHA256SUMS"),
      (try repair(session: "stranger"), 2, "Did you mean left?"),
      (try repair(session: "blind"), 2, "no pictures of it"),
      (try repair("right", ["--cart", "V-9"]), 2, "bundle of cart V-1"),
      (
        try CommandRunner.run(["solve", folder("second"), "--from", "V-1"]), 2, "go together"
      ),
      (
        try CommandRunner.run(["solve", folder("second"), "--replace", "right"]), 2, "go together"
      ),
      (
        try CommandRunner.run([
          "solve", folder("second"), "--from", "V-1", "--replace", "right", "--store",
          folder("store"), "--keys", folder("nokeys"),
        ]), 4, "nobody signed"
      ),
    ]
    for (outcome, status, words) in cases {
      #expect(outcome.status == status, "\(words): \(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(words): \(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder("store/V-1/000002")))
  }

  @Test func informationThatIsGoneOrDamagedIsSaid() throws {
    let path = folder("store/V-1/000001/evidence/information.json")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try FileManager.default.removeItem(atPath: path)
    let gone = try repair()
    #expect(gone.status == 2 && gone.errors.contains("has no evidence/information.json"))
    var bytes = whole
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let damaged = try repair()
    #expect(damaged.status == 4, "\(damaged.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("store/V-1/000002")))
  }

  /// Lies that the sums agree with: they are no information, and the solver does not see them.
  @Test func liesAboutWhatIsKnownAreRefused() throws {
    let revision = folder("store/V-1/000001")
    let path = revision + "/evidence/information.json"
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    let lies = [
      text.replacingOccurrences(of: "\"fx\"", with: "\"fz\""),
      text.replacingOccurrences(of: "\"w_x\"", with: "\"w_y\""),
      text.replacingOccurrences(of: "\"left\"", with: "\"nobody\""),
      text.replacingOccurrences(of: "\"rank\": ", with: "\"rank\": 9"),
      text.replacingOccurrences(
        of: #""lower": \[\s*[0-9.e+]+"#, with: "\"lower\": [-1", options: .regularExpression),
      text.replacingOccurrences(
        of: #""lower": \[\s*[0-9.e+]+,"#, with: "\"lower\": [", options: .regularExpression),
    ]
    for lie in lies {
      #expect(lie != text)
      try lie.write(toFile: path, atomically: true, encoding: .utf8)
      // The digest stands in bundle.json, and its own in SHA256SUMS.
      let made = try CommandRunner.shell(
        """
        cd '\(revision)' && d=$(sha256sum evidence/information.json | cut -c1-64) && \
        n=$(stat -c %s evidence/information.json) && \
        python3 - "$d" "$n" <<'END'
        import json, sys
        b = json.load(open('bundle.json'))
        for e in b['evidence']:
            if e['path'] == 'evidence/information.json':
                e['sha256'], e['bytes'] = sys.argv[1], int(sys.argv[2])
        json.dump(b, open('bundle.json', 'w'))
        END
        cut -c67- SHA256SUMS | xargs sha256sum > new && mv new SHA256SUMS
        """)
      #expect(made.status == 0, "\(made.errors)")
      let outcome = try repair()
      #expect([2, 4].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.contains("information.json"), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder("store/V-1/000002")))
  }
}
