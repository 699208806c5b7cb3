import Foundation
import Glibc
import TestSupport
import Testing

/// The program killed by SIGKILL at every placement of a weighing.
struct WeighKillTests {
  /// One life of the program, whose standard output holds one line at a time: it waits with the
  /// next one until that was read, so that it is always known where it stands.
  private final class Life {
    /// O_DIRECT and F_SETPIPE_SZ of Linux, which Glibc's module leaves out.
    #if arch(arm64)
      private static let packetMode: Int32 = 0x10000
    #else
      private static let packetMode: Int32 = 0x4000
    #endif
    private static let setPipeSize: Int32 = 1031

    private let process = Process()
    private let reading: Int32
    private(set) var lines: [String] = []

    init(_ arguments: [String]) throws {
      var ends: [Int32] = [-1, -1]
      // In packet mode every write takes a page of its own, and there is one page.
      try #require(pipe(&ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0)
      try #require(
        fcntl(ends[1], F_SETFL, Self.packetMode) == 0 && fcntl(ends[1], Self.setPipeSize, 4096) > 0)
      reading = ends[0]
      process.executableURL = URL(fileURLWithPath: CommandRunner.program)
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(fileDescriptor: ends[1])
      process.standardError = FileHandle.nullDevice
      try process.run()
      close(ends[1])
    }

    /// Reads a line; false when none comes within `milliseconds`, or no more will.
    func read(within milliseconds: Int32) -> Bool {
      var waiting = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, milliseconds) == 1 else { return false }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(reading, &bytes, bytes.count)
      guard count > 0 else { return false }
      lines.append(String(decoding: bytes[..<count], as: UTF8.self))
      return true
    }

    /// Waits until it stands still: at a line that it cannot say yet, or at its end. Without, how far
    /// it gets between two looks at the disk would be chance.
    func settle() {
      var still = 0
      for _ in 0..<5000 where still < 5 {
        still = isAsleep ? still + 1 : 0
        usleep(1000)
      }
    }

    /// By the letter behind the name in parentheses in /proc/PID/stat.
    private var isAsleep: Bool {
      let file = open("/proc/\(process.processIdentifier)/stat", O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return true }
      defer { close(file) }
      var bytes = [UInt8](repeating: 0, count: 512)
      let count = Glibc.read(file, &bytes, bytes.count)
      guard count > 0, let name = bytes[..<count].lastIndex(of: UInt8(ascii: ")")) else {
        return true
      }
      return [UInt8(ascii: "S"), UInt8(ascii: "Z")].contains(bytes[name + 2])
    }

    func kill() {
      Glibc.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      close(reading)
    }

    /// Reads all that is said until the end, and gives the status.
    func finish() -> Int32 {
      while read(within: 60_000) {}
      process.waitUntilExit()
      close(reading)
      return process.terminationStatus
    }
  }

  private func done(_ folder: TemporaryFolder) throws -> [Int] {
    guard FileManager.default.fileExists(atPath: folder("s/procedure.json")) else { return [] }
    let procedure = try JSONValue(file: folder("s/procedure.json"))
    return procedure["planned_steps"].array.compactMap { $0.number.map { Int($0) } }
  }

  private func arguments(_ folder: TemporaryFolder, _ length: String) -> [String] {
    let rig = CommandRunner.packageRoot.appendingPathComponent("rigs/virtual-cart4.yaml").path
    return [
      "weigh", "--rig", rig, "--cart", "KILLED-1", length, "--virtual", "7", "--session",
      folder("s"), "--store", folder("store"), "--json", folder("weigh.json"),
    ]
  }

  /// Every life ends as soon as one more placement is on the disk, the last one's too; and every
  /// second one finds half of the next placement's samples beside it, as a crash between the two
  /// writes of a placement leaves them.
  @Test(arguments: ["--line", "--full"])
  func killedAtEveryPlacementItLosesAndDoublesNone(length: String) throws {
    let folder = try TemporaryFolder()
    let arguments = arguments(folder, length)
    var lives = 0
    var all = Int.max
    while try done(folder).count < all, lives < 100 {
      let before = try done(folder)
      if lives.isMultiple(of: 2), !before.isEmpty { try leaveHalfAStep(folder) }
      let life = try Life(arguments)
      lives += 1
      // One line at a time until one more placement is on the disk; then it dies, waiting to say
      // what comes next.
      var waited = 0
      life.settle()
      while try done(folder).count <= before.count, waited < 300 {
        if !life.read(within: 20) { waited += 1 }
        life.settle()
      }
      life.kill()
      let after = try done(folder)
      #expect(after == Array(0..<after.count), "life \(lives): \(after)")
      #expect(after.count > before.count, "life \(lives) got nowhere: \(life.lines)")
      // "21 placements", or "goes on after 3 of 21 placements".
      if let words = life.lines.first?.split(separator: " "), words.count >= 2 {
        all = Int(words[words.count - 2]) ?? all
      }
      if let first = life.lines.first, lives > 1 {
        #expect(first.hasPrefix("goes on after \(before.count) of "), "\(first)")
      }
      if after.count <= before.count { break }
    }
    #expect(lives > 10, "it was killed \(lives) times over \(all) placements")
    let last = try Life(arguments)
    #expect(last.finish() == 0, "\(last.lines)")
    let procedure = try JSONValue(file: folder("s/procedure.json"))
    let planned = procedure["planned_steps"].array.compactMap { $0.number.map { Int($0) } }
    #expect(planned == Array(0..<all))
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: folder("s/procedure.json"))))
    #expect(try SchemaFile("Weighing/Schemas/procedure-1.schema.json").problems(in: file) == [])
    // Every step's samples stand in the recording once, in order.
    let table = try String(contentsOfFile: folder("s/scale.csv"), encoding: .utf8)
    let steps = table.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).last.flatMap { Int($0) }
    }
    #expect(steps == steps.sorted())
    #expect(Set(steps) == Set(0..<procedure["steps"].array.count))
    let report = try JSONValue(file: folder("weigh.json"))
    #expect(report["verdict"].text == "pass", "\(report.findingCodes)")
    #expect(report["revision"].number == 1)
    #expect(try Self.revisions(folder) == ["000001"])
  }

  private func leaveHalfAStep(_ folder: TemporaryFolder) throws {
    let steps = try JSONValue(file: folder("s/procedure.json"))["steps"].array.count
    let digits = "\(steps)"
    let name = String(repeating: "0", count: 4 - digits.count) + digits
    try Data("12.3,22.1,,,1,2".utf8).write(to: URL(fileURLWithPath: folder("s/steps/\(name).csv")))
  }

  private static func revisions(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder("store/KILLED-1"))
      .filter { $0.hasPrefix("0") }.sorted()
  }

  /// Killed at one instant after the other while it calibrates, stores, puts in force, and writes
  /// what it found: there is one revision in the end, and it is in force.
  @Test func killedWhileItStoresItStoresOnce() throws {
    let folder = try TemporaryFolder()
    let arguments = arguments(folder, "--line")
    // All placements done, and nothing stored.
    #expect(try CommandRunner.run(arguments).status == 0)
    try FileManager.default.removeItem(atPath: folder("store"))
    try FileManager.default.removeItem(atPath: folder("weigh.json"))
    for life in 0..<24 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandRunner.program)
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(useconds_t(5000 * life))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let last = try Life(arguments)
    #expect(last.finish() == 0, "\(last.lines)")
    #expect(try Self.revisions(folder) == ["000001"])
    let link = try FileManager.default.destinationOfSymbolicLink(
      atPath: folder("store/KILLED-1/current"))
    #expect(link == "000001")
    let verified = try CommandRunner.run([
      "bundle", "show", "KILLED-1", "--unsigned", "--store", folder("store"),
    ])
    #expect(verified.status == 0 && verified.output.contains("in force"), "\(verified.errors)")
  }
}
