import Glibc

/// Names of half-written files and folders: `.NAME.partial-PROCESS-NUMBER`, beside the final name,
/// so that the last step is one rename within one file system.
package enum PartialName {
  package static func make(for name: String) -> String {
    // A final name may be as long as the file system allows; the partial one must fit as well.
    let short = String(String.UnicodeScalarView(name.unicodeScalars.prefix(40)))
    let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    return ".\(short).partial-\(getpid())-\(number)"
  }

  /// Whether a name is one of these: left by a crash, or being written right now.
  package static func matches(_ name: String) -> Bool {
    name.hasPrefix(".") && name.contains(".partial-")
  }
}
