import Foundation
import TestSupport
import Testing

/// Signed bundles, from the key to the reader.
struct SigningTests {
  private let folder: TemporaryFolder
  private let reading: [String]

  /// A key, trusted, and a store.
  init() throws {
    folder = try TemporaryFolder()
    reading = ["--store", folder("store"), "--keys", folder("keys")]
    let made = try CommandRunner.run(["key", "new", folder("station.key")])
    #expect(made.status == 0, "\(made.errors)")
    let trusted = try CommandRunner.run(
      ["key", "trust", folder("station.key.pub"), "--keys", folder("keys")])
    #expect(trusted.status == 0, "\(trusted.errors)")
  }

  private func solve(_ options: [String]) throws -> CommandOutcome {
    try CommandRunner.run(
      [
        "solve", CommandRunner.stereo, "--board", "checkerboard:8x5:27mm", "--cart", "CART-1",
      ] + reading + options)
  }

  private func bundle(_ words: String...) throws -> CommandOutcome {
    try CommandRunner.run(["bundle"] + words + reading)
  }

  @Test func aSignedBundleIsReadAndStockMinisignAgrees() throws {
    let solved = try solve(["--key", folder("station.key")])
    #expect(solved.status == 0, "\(solved.errors)")
    #expect(solved.output.contains(", signed, now current"), "\(solved.output)")
    for words in [["show", "CART-1"], ["list"], ["verify", "CART-1"]] {
      let outcome = try CommandRunner.run(["bundle"] + words + reading)
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    }
    let verified = try bundle("verify", "CART-1")
    #expect(verified.output.contains("cart CART-1 revision 1"), "\(verified.output)")
    let stock = try CommandRunner.shell(
      "minisign -V -p '\(folder("station.key.pub"))' -m '\(folder("store/CART-1/000001/SHA256SUMS"))'"
    )
    #expect(stock.status == 0, "\(stock.errors)")
    #expect(stock.output.contains("Trusted comment: cart CART-1 revision 1"), "\(stock.output)")
  }

  @Test func keysOfMinisignSignToo() throws {
    let made = try CommandRunner.shell(
      "minisign -G -W -p '\(folder("foreign.pub"))' -s '\(folder("foreign.key"))' && "
        + "chmod 600 '\(folder("foreign.key"))'")
    #expect(made.status == 0, "\(made.errors)")
    let trusted = try CommandRunner.run(
      ["key", "trust", folder("foreign.pub"), "--keys", folder("keys")])
    #expect(trusted.status == 0, "\(trusted.errors)")
    #expect(try solve(["--key", folder("foreign.key")]).status == 0)
    #expect(try bundle("verify", "CART-1").status == 0)
  }

  @Test func whatNobodySignedIsRefused() throws {
    let solved = try solve([])
    #expect(solved.status == 0 && solved.output.contains("not signed, now current"))
    for words in [["show", "CART-1"], ["verify", "CART-1"], ["list"], ["report", "CART-1"]] {
      let outcome = try CommandRunner.run(["bundle"] + words + reading)
      #expect(outcome.status == 4, "\(words)")
      #expect(outcome.errors.contains("--unsigned"), "\(outcome.errors)")
    }
    #expect(
      try CommandRunner.run(["bundle", "show", "CART-1", "--unsigned"] + reading).status == 0)
    // The unsigned one may stay where a signed one is to follow, and not the other way round.
    #expect(try solve(["--key", folder("station.key"), "--unsigned"]).status == 0)
    let third = try solve([])
    #expect(third.output.contains("the one in force is signed"), "\(third.output)")
    #expect(try bundle("show", "CART-1").output.contains("revision 2, in force"))
  }

  @Test func aRevokedKeyCountsNoMore() throws {
    #expect(try solve(["--key", folder("station.key")]).status == 0)
    let shown = try CommandRunner.run(["key", "show", folder("station.key.pub")])
    let number = shown.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let revoked = try CommandRunner.run(["key", "revoke", number, "--keys", folder("keys")])
    #expect(revoked.status == 0, "\(revoked.errors)")
    let outcome = try bundle("verify", "CART-1")
    #expect(outcome.status == 4 && outcome.errors.contains("revoked"), "\(outcome.errors)")
    let again = try CommandRunner.run(
      ["key", "trust", folder("station.key.pub"), "--keys", folder("keys")])
    #expect(again.status == 4 && again.errors.contains("revoked"))
    #expect(
      try CommandRunner.run(["key", "list", "--keys", folder("keys")]).output
        .contains("\(number)  revoked"))
  }

  @Test func anAlteredFileIsNamed() throws {
    #expect(try solve(["--key", folder("station.key")]).status == 0)
    for file in ["bundle.json", "SHA256SUMS", "SHA256SUMS.minisig", "evidence/corners.json"] {
      let path = folder("store/CART-1/000001/\(file)")
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      var wrong = whole
      wrong[whole.count / 2] ^= 1
      try wrong.write(to: URL(fileURLWithPath: path))
      let outcome = try bundle("verify", "CART-1")
      #expect(outcome.status == 4, "\(file)")
      #expect(outcome.errors.contains(file), "\(outcome.errors)")
      try whole.write(to: URL(fileURLWithPath: path))
    }
    #expect(try bundle("verify", "CART-1").status == 0)
  }

  @Test func backAndForth() throws {
    for _ in 0..<2 { #expect(try solve(["--key", folder("station.key")]).status == 0) }
    let back = try bundle("rollback", "CART-1")
    #expect(back.status == 0 && back.output.contains("revision 1 is in force now, instead of 2"))
    let none = try bundle("rollback", "CART-1")
    #expect(none.status == 2 && none.errors.contains("before the one in force"), "\(none.errors)")
    let forth = try bundle("activate", "CART-1", "--revision", "2")
    #expect(forth.status == 0, "\(forth.errors)")
    #expect(try bundle("activate", "CART-1", "--revision", "9").status == 2)
    #expect(try bundle("activate", "CART-1").status == 2)
  }

  @Test func hostileKeysEndBeforeAnyWork() throws {
    #expect(try solve(["--key", folder("no.key")]).status == 4)
    try folder.put("junk.key", "junk\n")
    #expect(chmod(folder("junk.key"), 0o600) == 0)
    let junk = try solve(["--key", folder("junk.key")])
    #expect(junk.status == 4 && junk.errors.contains("minisign"), "\(junk.errors)")
    #expect(chmod(folder("station.key"), 0o644) == 0)
    let open = try solve(["--key", folder("station.key")])
    #expect(open.status == 4 && open.errors.contains("chmod 600"), "\(open.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("store")))
    #expect(try CommandRunner.run(["key", "new", folder("station.key")]).status == 4)
    #expect(try CommandRunner.run(["key", "revoke", "xyz"]).status == 2)
  }
}
