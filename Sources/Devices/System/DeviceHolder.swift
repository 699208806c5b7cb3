import Files
import Glibc

/// A process that has a device node open.
package struct DeviceHolder: Equatable, Sendable {
  package let processID: Int
  /// The program's name, at most 15 bytes; text from a process: escape it before showing it.
  package let command: String

  package init(processID: Int, command: String) {
    self.processID = processID
    self.command = command
  }

  /// The processes that have `node` open, see `DeviceHolders`.
  package static func find(_ node: String) -> [DeviceHolder] { DeviceHolders()[node] }
}

extension DeviceHolder: CustomStringConvertible {
  package var description: String { "\(command) (process \(processID))" }
}

/// Which processes, this one aside, had which device nodes open at one moment (`/proc/*/fd`).
///
/// Only processes of the same user can be seen, unless root asks.
package struct DeviceHolders {
  private var holders: [dev_t: [DeviceHolder]] = [:]

  package init() {
    let own = Int(getpid())
    for process in Self.names(in: "/proc").compactMap({ Int($0) }).sorted() where process != own {
      let folder = "/proc/\(process)/fd"
      var seen: Set<dev_t> = []
      for name in Self.names(in: folder) {
        // Only what looks like a device is asked for more: a file on a dead network drive would hold
        // this process up.
        let link = "\(folder)/\(name)"
        guard let target = Self.target(link), target.hasPrefix("/dev/"),
          let number = Self.deviceNumber(link), seen.insert(number).inserted
        else { continue }
        holders[number, default: []].append(
          DeviceHolder(processID: process, command: Self.command(of: process)))
      }
    }
  }

  /// The processes that have `node` open, by ascending id.
  package subscript(node: String) -> [DeviceHolder] {
    Self.deviceNumber(node).flatMap { holders[$0] } ?? []
  }

  /// The number of the character device at `path`, which all its names share; nil for other files.
  private static func deviceNumber(_ path: String) -> dev_t? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return nil }
    return status.st_rdev
  }

  // Processes end and descriptors are closed while they are looked at: what can no longer be read
  // holds nothing.

  private static func names(in folder: String) -> [String] {
    do throws(FileError) {
      return try Files.list(folder, limit: 1_000_000).compactMap(\.name)
    } catch { return [] }
  }

  private static func target(_ link: String) -> String? {
    do throws(FileError) { return try Files.linkTarget(link) } catch { return nil }
  }

  private static func command(of process: Int) -> String {
    var text: [UInt8] = []
    do throws(FileError) {
      _ = try Files.readPieces("/proc/\(process)/comm") { piece in
        if text.count < 64 { text += piece.prefix(64) }
      }
    } catch { return "?" }
    return String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
  }
}
