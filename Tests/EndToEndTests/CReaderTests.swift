import Bundles
import Files
import TestSupport
import Testing

/// factory/reader-c against the Swift modules, built with the toolchain's own C compiler.
struct CReaderTests {
  private let folder: TemporaryFolder
  private let samples: ReaderSamples

  init() throws {
    folder = try TemporaryFolder()
    samples = try ReaderSamples(in: BundleStore(path: folder("store"), trust: .unsigned))
    try folder.write("samples.txt", Array(samples.text.utf8))
  }

  private func build(_ flags: String, of file: String = "check.c") throws -> CommandOutcome {
    try CommandRunner.shell(
      "clang -std=c11 -D_DEFAULT_SOURCE -Wall -Wextra -Wpedantic -Wconversion -Werror \(flags) "
        + "factory/reader-c/cartcal_reader.c factory/reader-c/tests/\(file) -lm -o '\(program)'",
      in: CommandRunner.packageRoot)
  }

  private var program: String { folder("check") }
  private var bundle: String { folder("store/READ-1/000001/bundle.bin") }

  @Test func readsWhatSwiftWrote() throws {
    let built = try build("-O2")
    try #require(built.status == 0, "\(built.errors)")
    let done = try CommandRunner.execute(program, [bundle, folder("samples.txt")], in: nil)
    #expect(done.status == 0, "\(done.output) \(done.errors)")
    #expect(done.output.contains("5 cameras") && done.output.contains("50 weighings"))
  }

  private static let hasARM: Bool = {
    do {
      return try CommandRunner.shell(
        "command -v aarch64-linux-gnu-gcc && command -v qemu-aarch64"
      ).status == 0
    } catch {
      return false
    }
  }()

  /// Cross-built for the computers of carts, and run in an emulator.
  @Test(
    .enabled(
      if: hasARM, "skipped: there is no aarch64-linux-gnu-gcc or no qemu-aarch64 (factory/setup)"))
  func readsTheSameOnARM() throws {
    let built = try CommandRunner.shell(
      "aarch64-linux-gnu-gcc -static -std=c11 -O2 -Wall -Wextra -Wpedantic -Wconversion -Werror "
        + "factory/reader-c/cartcal_reader.c factory/reader-c/tests/check.c -lm -o '\(program)'",
      in: CommandRunner.packageRoot)
    try #require(built.status == 0, "\(built.errors)")
    let done = try CommandRunner.shell(
      "qemu-aarch64 '\(program)' '\(bundle)' '\(folder("samples.txt"))'")
    #expect(done.status == 0, "\(done.output) \(done.errors)")
    #expect(done.output.contains("5 cameras") && done.output.contains("50 weighings"))
  }

  /// A part of what `make fuzz-reader` does: damaged bundles whose sums are right again.
  @Test func whatOpensCanBeUsed() throws {
    let built = try build(
      "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all", of: "fuzz.c")
    try #require(built.status == 0, "\(built.errors)")
    let done = try CommandRunner.execute(program, [bundle, "100000"], in: nil)
    #expect(done.status == 0, "\(done.output) \(done.errors)")
    #expect(done.output.contains("no fault"))
  }

  /// Every bit of the header and 2000 others, and every length: nothing is taken, and nothing is read
  /// that is not there.
  @Test func damageIsRefused() throws {
    let built = try build("-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all")
    try #require(built.status == 0, "\(built.errors)")
    let done = try CommandRunner.execute(program, [bundle], in: nil)
    #expect(done.status == 0, "\(done.output) \(done.errors)")
    #expect(done.output.contains("all refused"))
  }
}
