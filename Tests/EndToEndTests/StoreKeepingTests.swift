import Foundation
import TestSupport
import Testing

/// Bundles from elsewhere, evidence that is pruned, and stores that are audited.
struct StoreKeepingTests {
  private let folder: TemporaryFolder

  /// A signed store of three revisions.
  init() throws {
    folder = try TemporaryFolder()
    #expect(try CommandRunner.run(["key", "new", folder("station.key")]).status == 0)
    #expect(
      try CommandRunner.run([
        "key", "trust", folder("station.key.pub"), "--keys", folder("keys"),
      ]).status == 0)
    for _ in 0..<3 {
      let solved = try CommandRunner.run([
        "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--cart", "CART-1",
        "--store", folder("store"), "--key", folder("station.key"), "--keys", folder("keys"),
      ])
      #expect(solved.status == 0, "\(solved.errors)")
    }
  }

  private func bundle(
    _ words: [String], store: String = "store", seen: String? = nil
  ) throws -> CommandOutcome {
    try CommandRunner.run(
      ["bundle"] + words + ["--store", folder(store), "--keys", folder("keys")],
      environment: seen.map { ["CARTCAL_SEEN": folder($0)] } ?? [:])
  }

  private func shell(_ line: String) throws {
    let outcome = try CommandRunner.shell("cd '\(folder.path)' && " + line)
    #expect(outcome.status == 0, "\(line): \(outcome.errors)")
  }

  private func problems(_ file: String) throws -> [String] {
    try JSONValue(file: folder(file))["carts"].array.flatMap { cart in
      cart["problems"].array.compactMap { $0["code"].text }
    }
  }

  // MARK: receive

  @Test func aRevisionIsTakenFromAFolderAndFromArchives() throws {
    try shell("cp -r store/CART-1/000002 elsewhere && cp -r elsewhere top")
    try shell("mkdir wrapped && mv top wrapped/ && tar czf bundle.tar.gz -C wrapped top")
    try shell("tar cf flat.tar -C elsewhere .")
    for (place, store) in [("elsewhere/", "a"), ("bundle.tar.gz", "b"), ("flat.tar", "c")] {
      let outcome = try bundle(["receive", folder(place)], store: store)
      #expect(outcome.status == 0, "\(place): \(outcome.errors)")
      #expect(
        outcome.output.contains("revision 2 is in") && outcome.output.contains("not in force"))
      try shell("diff -r store/CART-1/000002 \(store)/CART-1/000002")
      let again = try bundle(["receive", folder(place), "--activate"], store: store)
      #expect(again.status == 0 && again.output.contains("there already, in force"))
      #expect(try bundle(["verify", "CART-1"], store: store).status == 0)
    }
    // Beside its like, it is there already; another one of that number is left as it is.
    #expect(try bundle(["receive", folder("elsewhere")]).output.contains("there already"))
    let other = try CommandRunner.run([
      "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--cart", "CART-1",
      "--store", folder("other"), "--key", folder("station.key"), "--keys", folder("keys"),
      "--no-warp",
    ])
    #expect(other.status == 0, "\(other.errors)")
    let taken = try bundle(["receive", folder("other/CART-1/000001")])
    #expect(taken.status == 4 && taken.errors.contains("another revision 1"), "\(taken.errors)")
  }

  /// Nothing but plain files of the bundle's own folder is taken, and nothing is left behind.
  @Test func hostileFoldersAndArchivesAreRefused() throws {
    try shell("cp -r store/CART-1/000001 good && echo secret > secret")
    try shell("cp -r good linked && ln -sf ../secret linked/report.html")
    try shell(
      "cp -r good linkedfolder && mv linkedfolder/evidence away && ln -s ../away linkedfolder/evidence"
    )
    try shell("cp -r good changed && printf x >> changed/bundle.json")
    try shell("cp -r good unsigned && rm unsigned/SHA256SUMS.minisig")
    try shell("cp -r good piped && rm piped/report.html && mkfifo piped/report.html")
    try shell("cp -r good climbing && sed -i 's|report.html|../report.html|' climbing/SHA256SUMS")
    try shell("mkdir empty && printf junk > junk.tar && : > nothing.tar")
    try shell("tar cf links.tar -C linked .")
    try shell("tar cf up.tar --transform 's|^|../|' -P -C good bundle.json SHA256SUMS")
    try shell("tar cf absolute.tar --transform 's|^|/tmp/|' -P -C good bundle.json")
    try shell("tar cf twice.tar -C good bundle.json bundle.json")
    try shell("tar cf several.tar -C store/CART-1 000001 000002")
    try shell("tar cf none.tar -C good SHA256SUMS")
    try shell("tar czf cut.tar.gz -C good . && truncate -s 2000 cut.tar.gz")
    try shell("mkfifo pipe")
    let cases: [(String, Int32, String)] = [
      ("linked", 2, "link"), ("linkedfolder", 2, "link"), ("changed", 4, "bundle.json"),
      ("unsigned", 4, "nobody signed"), ("piped", 2, "pipe"), ("climbing", 4, "no checksum line"),
      ("empty", 4, "SHA256SUMS"), ("absent", 4, "absent"), ("junk.tar", 2, "junk.tar"),
      ("nothing.tar", 2, "nothing.tar"), ("links.tar", 2, "a link"),
      ("up.tar", 2, "leads out"), ("absolute.tar", 2, "leads out"), ("twice.tar", 2, "twice"),
      ("several.tar", 2, "several"), ("none.tar", 2, "no bundle.json"),
      ("cut.tar.gz", 2, "cut.tar.gz"), ("pipe", 2, "neither"),
    ]
    for (place, status, words) in cases {
      let outcome = try bundle(["receive", folder(place)], store: "fresh")
      // Links and pipes in a folder are storage that cannot be read.
      #expect(
        [status, 4].contains(outcome.status), "\(place): \(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(place): \(outcome.errors)")
      #expect(!outcome.errors.contains("secret\n"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder("fresh/CART-1")))
    if FileManager.default.fileExists(atPath: folder("fresh")) {
      let left = try FileManager.default.contentsOfDirectory(atPath: folder("fresh"))
      #expect(left.filter { $0 != ".lock" } == [])
    }
    #expect(!FileManager.default.fileExists(atPath: folder("bundle.json")))
  }

  // MARK: prune

  @Test func pruningTakesEvidenceOnly() throws {
    let trial = try bundle(["prune", "--keep", "1", "--dry-run"])
    #expect(trial.status == 0 && trial.output.contains("would free"), "\(trial.errors)")
    #expect(FileManager.default.fileExists(atPath: folder("store/CART-1/000002/report.html")))
    let pruned = try bundle(["prune", "CART-1", "--keep", "1"])
    #expect(pruned.status == 0, "\(pruned.errors)")
    #expect(pruned.output.contains("revision 2, 3 files"), "\(pruned.output)")
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder("store/CART-1/000002"))
    #expect(
      left.sorted() == [
        "SHA256SUMS", "SHA256SUMS.minisig", "bundle.bin", "bundle.json", "evidence",
        "evidence/information.json",
      ])
    for revision in ["000001", "000003"] {
      #expect(
        FileManager.default.fileExists(atPath: folder("store/CART-1/\(revision)/report.html")))
    }
    #expect(try bundle(["verify", "CART-1", "--revision", "2"]).status == 0)
    #expect(try bundle(["audit"]).status == 0)
    #expect(try bundle(["prune", "--keep", "1"]).output.contains("freed 0 bytes"))
    #expect(try bundle(["prune", "NOBODY"]).status == 2)
    #expect(try bundle(["prune", "--keep", "0"]).status == 2)
  }

  /// A link in the place of evidence is not followed.
  @Test func pruningFollowsNoLink() throws {
    try shell(
      "echo precious > precious && cd store/CART-1/000002/evidence && "
        + "rm corners.json && ln -s ../../../../precious corners.json")
    _ = try bundle(["prune", "CART-1", "--keep", "1"])
    #expect(try String(contentsOfFile: folder("precious"), encoding: .utf8) == "precious\n")
  }

  // MARK: audit

  @Test func aWholeStorePasses() throws {
    let outcome = try bundle(["audit", "--json", folder("audit.json")])
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.output.contains("nothing is missing or changed"))
    let schema = try SchemaFile("Procedures/Schemas/audit-1.schema.json")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("audit.json"))))
    #expect(try schema.problems(in: bytes) == [])
    #expect(try JSONValue(file: folder("audit.json"))["carts"][0]["current"].number == 3)
    // The store may be named as an operand.
    let named = try CommandRunner.run([
      "bundle", "audit", folder("store"), "--keys", folder("keys"),
    ])
    #expect(named.status == 0, "\(named.errors)")
    #expect(try bundle(["audit", "--since", "yesterday"]).status == 2)
  }

  @Test func whatIsMissingOrChangedIsNamed() throws {
    let schema = try SchemaFile("Procedures/Schemas/audit-1.schema.json")
    func audited(_ store: String) throws -> Set<String> {
      let outcome = try bundle(["audit", "--json", folder("audit.json")], store: store)
      #expect(outcome.status == 4, "\(store): \(outcome.output)")
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder("audit.json"))))
      #expect(try schema.problems(in: bytes) == [])
      return Set(try problems("audit.json"))
    }
    try shell("cp -r store a && printf x >> a/CART-1/000002/evidence/corners.json")
    #expect(try audited("a") == ["damaged"])
    try shell("cp -r store b && rm -r b/CART-1/000002")
    #expect(try audited("b") == ["revision_missing", "parent_missing"])
    try shell("cp -r store c && rm c/CART-1/current")
    #expect(try audited("c") == ["none_in_force"])
    try shell("cp -r store d && rm d/CART-1/000001/SHA256SUMS.minisig")
    #expect(try audited("d") == ["bad_signature"])
    // A good revision in the place of another one: the chain does not fit it any more.
    let other = try CommandRunner.run([
      "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--cart", "CART-1",
      "--store", folder("other"), "--key", folder("station.key"), "--keys", folder("keys"),
      "--no-warp",
    ])
    #expect(other.status == 0)
    try shell("cp -r store e && rm -r e/CART-1/000001 && cp -r other/CART-1/000001 e/CART-1/")
    #expect(try audited("e") == ["parent_changed"])
  }

  /// A store that was put back to an older state is whole and signed: it is known from outside.
  @Test func anOlderStateThatWasPutBackIsNamed() throws {
    #expect(try bundle(["verify", "CART-1"], seen: "seen.json").status == 0)
    try shell(
      "cp -r store whole && rm -r store/CART-1/000003 store/CART-1/current && "
        + "ln -s 000002 store/CART-1/current")
    #expect(try bundle(["verify", "CART-1"]).status == 0, "whole by itself")
    for words in [["verify", "CART-1"], ["show", "CART-1"]] {
      let outcome = try bundle(words, seen: "seen.json")
      #expect(outcome.status == 4 && outcome.errors.contains("older state"), "\(outcome.errors)")
      #expect(outcome.errors.contains("revision 3 of cart CART-1 was seen"))
    }
    #expect(try bundle(["verify", "CART-1", "--revision", "2"], seen: "seen.json").status == 0)
    let audit = try bundle(["audit", "--json", folder("audit.json")], seen: "seen.json")
    #expect(audit.status == 4)
    #expect(try problems("audit.json") == ["restored"])
    // The whole cart gone, too.
    try shell("rm -r store/CART-1")
    #expect(try bundle(["audit", "--json", folder("audit.json")], seen: "seen.json").status == 4)
    try shell("rm -r store && mv whole store")
    #expect(try bundle(["audit"], seen: "seen.json").status == 0)
    // Who damages what is kept outside hides something.
    try shell("printf junk > seen.json")
    #expect(try bundle(["verify", "CART-1"], seen: "seen.json").status == 4)
  }
}
