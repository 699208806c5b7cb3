import Foundation
import TestSupport
import Testing

/// `cartcal bundle diff`, from bundles to words, JSON and page.
struct BundleDiffTests {
  private let folder: TemporaryFolder

  /// The same pictures solved twice.
  init() throws {
    folder = try TemporaryFolder()
    for _ in 0..<2 {
      let solved = try CommandRunner.run([
        "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--cart", "CART-1",
        "--store", folder("store"),
      ])
      #expect(solved.status == 0, "\(solved.errors)")
    }
  }

  private func diff(_ words: [String]) throws -> CommandOutcome {
    try CommandRunner.run(
      ["bundle", "diff"] + words + ["--store", folder("store"), "--unsigned"])
  }

  @Test func theSamePicturesGiveTheSame() throws {
    let outcome = try diff([
      "CART-1/1", "CART-1", "--json", folder("diff.json"), "--page", folder("diff.html"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.output.contains("verdict   same"), "\(outcome.output)")
    let schema = try SchemaFile("Bundles/Schemas/bundle-diff-1.schema.json")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("diff.json"))))
    #expect(try schema.problems(in: bytes) == [])
    let json = try JSONValue(file: folder("diff.json"))
    #expect(json["a"]["revision"].number == 1 && json["b"]["revision"].number == 2)
    #expect(json["cameras"].keys == ["left", "right"])
    let page = try String(contentsOfFile: folder("diff.html"), encoding: .utf8)
    #expect(page.contains("<h1>The same</h1>") && page.contains("Difference of the lenses of left"))
  }

  /// A copy of a revision's folder, wherever it is, with a camera turned by a degree.
  @Test func aCameraThatTurnedIsNamed() throws {
    try FileManager.default.copyItem(
      atPath: folder("store/CART-1/000002"), toPath: folder("elsewhere"))
    let made = try CommandRunner.shell(
      """
      cd '\(folder("elsewhere"))' && python3 - <<'END'
      import json, math
      b = json.load(open('bundle.json'))
      pose = b['cameras']['right']['reference_from_camera']
      w, x, y, z = pose['rotation_wxyz']
      c, s = math.cos(math.radians(0.5)), math.sin(math.radians(0.5))
      pose['rotation_wxyz'] = [w*c - y*s, x*c - z*s, w*s + y*c, x*s + z*c]
      json.dump(b, open('bundle.json', 'w'))
      END
      cut -c67- SHA256SUMS | xargs sha256sum > new && mv new SHA256SUMS
      """)
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try diff(["CART-1", folder("elsewhere"), "--json", folder("diff.json")])
    #expect(outcome.status == 1, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.output.contains("moved"), "\(outcome.output)")
    let json = try JSONValue(file: folder("diff.json"))
    let judgements = ["left", "right"].compactMap { json["cameras"][$0]["judgement"].text }
    #expect(judgements.sorted() == ["moved", "same"])
    let turned =
      json["cameras"]["left"]["pose"]["turned_rad"].number
      ?? json["cameras"]["right"]["pose"]["turned_rad"].number
    #expect(abs((turned ?? 0) - .pi / 180) < 1e-4)
  }

  @Test func whatIsNoBundleIsRefused() throws {
    try folder.put("junk/bundle.json", "{}")
    let cases: [([String], Int32, String)] = [
      (["CART-1"], 2, "A B"),
      (["CART-1", "CART-2"], 2, "CART-2"),
      (["CART-1", "CART-1/9"], 2, "9"),
      (["CART-1", "CART-1/x"], 2, "names no bundle"),
      (["CART-1", "../CART-1"], 2, "names no bundle"),
      (["CART-1", folder("junk")], 4, "SHA256SUMS"),
      (["CART-1", "CART-1", "--json", folder("a"), "--page", folder("a")], 2, "both name"),
      (["CART-1", "CART-1", "--json", folder("none/a")], 4, "none"),
    ]
    for (words, status, text) in cases {
      let outcome = try diff(words)
      #expect(outcome.status == status, "\(words): \(outcome.errors)")
      #expect(outcome.errors.contains(text), "\(words): \(outcome.errors)")
    }
    let unsigned = try CommandRunner.run([
      "bundle", "diff", "CART-1", "CART-1", "--store", folder("store"), "--keys", folder("keys"),
    ])
    #expect(unsigned.status == 4, "\(unsigned.errors)")
  }
}
