import Documents
import Files
import Glibc

/// Another program, running beside this one.
final class Program {
  let process: pid_t
  private let output: String
  /// Of the program and all it waited for, once it has ended, seconds.
  private(set) var cpuSeconds = 0.0

  /// Starts `cartcal`, which stands beside this program, with the words of a line.
  convenience init(_ line: String) {
    let folder = AtomicFile.split(CommandLine.arguments[0]).folder
    self.init(shell: "exec \(folder)/cartcal \(line)")
  }

  /// Starts a line of shell.
  init(shell line: String) {
    output = "/tmp/program-\(UInt32.random(in: 0...UInt32.max)).txt"
    let words = ["/bin/sh", "-c", "exec > \(output) 2>&1; \(line)"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, nil, arguments, environ) == 0 else {
      print("FAILED  starting \(line)")
      exit(1)
    }
    self.process = process
  }

  /// What it printed so far.
  var said: String {
    do throws(FileError) {
      return String(decoding: try Files.read(output, limit: 1 << 20), as: UTF8.self)
    } catch { return "" }
  }

  /// Waits until it has printed `text`, at most a minute; false when it did not.
  func await(_ text: String) -> Bool {
    for _ in 0..<600 {
      if said.contains(text) { return true }
      if !isRunning { return false }
      usleep(100_000)
    }
    return false
  }

  /// Asks it to end, as Ctrl-C does, and waits; its status.
  func interrupt() -> Int32 {
    Glibc.kill(process, SIGINT)
    return wait()
  }

  /// Waits for its end; its status, or minus the signal that ended it.
  func wait() -> Int32 {
    var status: Int32 = 0
    var usage = rusage()
    wait4(process, &status, 0, &usage)
    for time in [usage.ru_utime, usage.ru_stime] {
      cpuSeconds += Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  /// Whether it still runs.
  var isRunning: Bool { Glibc.kill(process, 0) == 0 && !isZombie }

  private var isZombie: Bool { Self.line("State:", of: process)?.contains("Z") ?? true }

  /// Memory of its own, without what is mapped from files, bytes; nil once it has ended.
  var ownBytes: Int? {
    Self.line("RssAnon:", of: process)?.split(separator: " ").compactMap { Int($0) }.first
      .map { $0 * 1024 }
  }

  /// How many files it has open; nil once it has ended.
  var openFiles: Int? {
    do throws(FileError) {
      return try Files.list("/proc/\(process)/fd", limit: 100_000).count
    } catch { return nil }
  }

  func kill() {
    Glibc.kill(process, SIGKILL)
    _ = wait()
  }

  /// What stands behind a word in /proc/PROCESS/status.
  private static func line(_ word: String, of process: pid_t) -> String? {
    var text: [UInt8] = []
    do throws(FileError) {
      _ = try Files.readPieces("/proc/\(process)/status") { text += Array($0) }
    } catch { return nil }
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(word) {
      return String(line.dropFirst(word.count)).replacing("\t", with: " ")
    }
    return nil
  }
}
