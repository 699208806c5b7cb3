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

  private func build(_ flags: String) throws -> CommandOutcome {
    try CommandRunner.shell(
      "clang -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror \(flags) "
        + "factory/reader-c/cartcal_reader.c factory/reader-c/tests/check.c -lm -o '\(program)'",
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
