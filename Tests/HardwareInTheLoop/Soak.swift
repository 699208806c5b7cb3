import Devices
import Execution
import Files
import Glibc
import Sessions

/// A long recording while cameras are unplugged and frozen at random: memory and open files stay as
/// they are, and the session is whole. `factory/hil/soak`.
struct Soak {
  let seconds: Int
  private static let path = "/hil/share/soak"

  func run(_ checks: inout Checks) throws {
    Files.removeTreeIfThere(Self.path)
    let capture = Program("capture --out \(Self.path) --seconds \(seconds)")
    var memory: [Int] = []
    var files: [Int] = []
    var random = SystemRandomNumberGenerator()
    var frozen: Set<Int> = []
    var unplugged: Set<Int> = []
    var changes = 0
    let start = ResourceUse.wallSeconds
    var changeAt = start + 5
    // The last seconds are quiet, so that every camera is back.
    while capture.isRunning {
      sleep(1)
      let now = ResourceUse.wallSeconds
      if let bytes = capture.ownBytes, let count = capture.openFiles, now - start > 5 {
        memory.append(bytes)
        files.append(count)
      }
      let isLate = now - start > Double(seconds) - 15
      guard now > changeAt || isLate else { continue }
      changeAt = now + Double(Int.random(in: 2...7, using: &random))
      if isLate {
        for camera in unplugged { FakeCart.tell("replug cam\(camera)") }
        for camera in frozen { FakeCart.tell("thaw cam\(camera)") }
        (unplugged, frozen) = ([], [])
        continue
      }
      changes += 1
      let camera = Int.random(in: 0..<4, using: &random)
      if unplugged.remove(camera) != nil {
        FakeCart.tell("replug cam\(camera)")
      } else if frozen.remove(camera) != nil {
        FakeCart.tell("thaw cam\(camera)")
      } else if Bool.random(using: &random) {
        FakeCart.tell("unplug cam\(camera)")
        unplugged.insert(camera)
      } else {
        FakeCart.tell("freeze cam\(camera)")
        frozen.insert(camera)
      }
    }
    let status = capture.wait()
    checks.expect(status == 0, "\(seconds) s with \(changes) changes end well", capture.said)
    report(memory, files, &checks)
    let recording = try SessionReader.read(Self.path).recording
    checks.expect(
      recording?.shortfall == nil, "the session is whole", recording?.shortfall ?? "no session")
    let end = recording?.document.end
    let gaps = end?.cameras.values.flatMap(\.gaps) ?? []
    print("        \(end?.frames ?? 0) frames, \(gaps.count) gaps")
    checks.expect(gaps.count >= changes / 4, "the gaps are recorded", "\(gaps.count)")
    checks.expect(gaps.allSatisfy { $0.to != nil }, "and all of them ended", "\(gaps)")
    Files.removeTreeIfThere(Self.path)
  }

  /// Memory and files in the second quarter against the last one.
  private func report(_ memory: [Int], _ files: [Int], _ checks: inout Checks) {
    guard memory.count >= 20 else { return checks.expect(false, "it was watched") }
    func mean(_ values: ArraySlice<Int>) -> Double {
      Double(values.reduce(0, +)) / Double(max(1, values.count))
    }
    let quarter = memory.count / 4
    let early = mean(memory[quarter..<2 * quarter]) / 1e6
    let late = mean(memory[(3 * quarter)...]) / 1e6
    let peak = Double(memory.max() ?? 0) / 1e6
    print("        memory \(early) MB early, \(late) MB late, \(peak) MB at most")
    let course = stride(from: 0, to: memory.count, by: max(1, memory.count / 20))
    print("        \(course.map { memory[$0] / 1000 }) kB")
    checks.expect(late < early + 4, "memory is flat", "\(early) MB, then \(late) MB")
    let (first, last) = (files.max() ?? 0, files[(3 * quarter)...].max() ?? 0)
    print("        at most \(first) files open, \(last) in the last quarter")
    checks.expect(
      last <= (files[..<(2 * quarter)].max() ?? 0) + 1, "no file is left open",
      "\(files)")
  }
}
