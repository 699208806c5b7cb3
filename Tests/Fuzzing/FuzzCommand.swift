import Glibc

/// `fuzz-parsers [COUNT [SEED [NAME]]]`: feeds COUNT made-up inputs (10 million unless told otherwise)
/// to each parser of what comes from devices and in bundles.
///
/// Ends with status 1 and the input where one breaks a rule; a crash ends it by itself, and a hang is
/// stopped after 10 s of CPU.
@main
struct FuzzCommand {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let count = words.first.flatMap { Int($0) } ?? 10_000_000
    let seed = words.dropFirst().first.flatMap { UInt64($0) } ?? 1
    let only = words.dropFirst(2).first
    var isBroken = false
    for parser in ParserUnderTest.all where only.map({ $0 == parser.name }) ?? true {
      var maker = InputMaker(corpus: parser.corpus, seed: seed)
      var failure: String?
      for number in 0..<count {
        if number & 0xFFF == 0 { limitCPU(seconds: 10) }
        let input = maker.next()
        if let problem = parser.check(input) {
          failure = "\(parser.name), input \(number): \(problem): \(input)"
          break
        }
      }
      limitCPU(seconds: 0)
      print(failure ?? "\(parser.name): \(count) inputs, seed \(seed), no fault")
      fflush(nil)
      isBroken = isBroken || failure != nil
    }
    exit(isBroken ? 1 : 0)
  }

  /// Ends the program when it has worked so long without this being called again; 0 lifts the limit.
  private static func limitCPU(seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }
}
