import Glibc

/// What a run is given before any of its words is read.
enum Surroundings {
  /// Refuses words that are no text. Swift mends them, and they would then name another file.
  static func checkWords() throws(UsageError) {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[index], String(validatingCString: word) == nil else {
        continue
      }
      throw .notText(String(cString: word))
    }
  }

  /// False, with a message, under a limit on memory that is too tight: OpenBLAS, which takes 128 MB
  /// of addresses (not of memory), would try again for ever.
  static var hasRoom: Bool {
    var limit = rlimit()
    let needed = 512 << 20
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(needed)
    else { return true }
    Console.complain(
      "cartcal: this process may use only \(limit.rlim_cur >> 20) MB of address space, and needs "
        + "\(needed >> 20) MB. Raise the limit (ulimit -v).")
    return false
  }
}
