import Glibc

/// What was checked, and what came of it.
struct Checks {
  private(set) var failures = 0
  private(set) var count = 0

  /// Notes whether `holds`; `detail` says what was seen instead.
  mutating func expect(_ holds: Bool, _ what: String, _ detail: @autoclosure () -> String = "") {
    count += 1
    if !holds { failures += 1 }
    print(holds ? "ok      \(what)" : "FAILED  \(what): \(detail())")
    fflush(nil)
  }
}

/// The virtual machine's fake cart: devices plugged, frozen, loaded.
enum FakeCart {
  /// Runs `rig` with `words`; it has to know them.
  static func tell(_ words: String) {
    guard system("/hil/tools/rig \(words)") == 0 else {
      print("FAILED  rig \(words)")
      exit(1)
    }
  }
}
