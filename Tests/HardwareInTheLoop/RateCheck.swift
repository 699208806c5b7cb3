import Devices
import Files
import Glibc
import Sessions

/// All cameras at their full rate, recorded by `cartcal capture` and by `v4l2-ctl` in turn: pictures
/// lost, and CPU time. Run with cameras at a high rate: `factory/hil/rate`.
struct RateCheck {
  let inventory: DeviceInventory
  private static let seconds = 10
  private static let folder = "/tmp/rate"

  func run(_ checks: inout Checks) throws {
    guard let size = inventory.cameras.first?.formats.first?.sizes.first,
      let rate = size.rates.first
    else { return checks.expect(false, "cameras tell their rate") }
    print("        \(inventory.cameras.count) cameras, \(size.width)x\(size.height) at \(rate)/s")
    let frames = Int(rate) * Self.seconds
    try Files.makeFolders(Self.folder)
    var (ours, theirs): ([Double], [Double]) = ([], [])
    var (ourLost, theirLost): ([Int], [Int]) = ([], [])
    for round in 0..<2 {
      let peer = try peer(frames)
      theirs.append(peer.cpu)
      theirLost.append(peer.lost)
      let own = try own(frames, round, &checks)
      ours.append(own.cpu)
      ourLost.append(own.lost)
    }
    print("        v4l2-ctl: \(theirs) s of CPU, lost \(theirLost)")
    print("        cartcal:  \(ours) s of CPU, lost \(ourLost)")
    let ratio = (ours.min() ?? .nan) / (theirs.min() ?? .nan)
    print("        cartcal takes \(ratio) of v4l2-ctl's CPU")
    checks.expect(
      (ourLost.min() ?? .max) <= (theirLost.min() ?? 0),
      "cartcal loses no picture where v4l2-ctl loses none", "\(ourLost), v4l2-ctl \(theirLost)")
  }

  /// As many pictures of each camera, written by one v4l2-ctl each.
  private func peer(_ frames: Int) throws -> (cpu: Double, lost: Int) {
    let runs = inventory.cameras.enumerated().map { index, camera in
      "v4l2-ctl -d \(camera.device.node) --stream-mmap=6 --stream-count=\(frames) "
        + "--stream-to=\(Self.folder)/peer\(index) --verbose &"
    }
    let program = Program(shell: runs.joined(separator: " ") + " wait")
    _ = program.wait()
    // Of each picture it prints its number, and behind a gap how many are missing.
    let lost = program.said.matches(of: /dropped: ([0-9]+)/).compactMap { Int($0.1) }.reduce(0, +)
    _ = system("rm -f \(Self.folder)/peer*")
    return (program.cpuSeconds, lost)
  }

  private func own(
    _ frames: Int, _ round: Int, _ checks: inout Checks
  ) throws -> (cpu: Double, lost: Int) {
    let path = "\(Self.folder)/own\(round)"
    let program = Program("capture --out \(path) --frames \(frames)")
    let status = program.wait()
    let end = try SessionReader.read(path).recording?.document.end
    let lost = (end?.cameras.values.map { max($0.dropsBySequence, $0.dropsByTime) } ?? [])
      .reduce(0, +)
    checks.expect(
      status == 0 && end?.frames == frames, "round \(round): \(frames) frames are recorded",
      "\(status) \(program.said)")
    print("        of all cameras: \(end?.wholeFrames ?? 0)")
    _ = system("rm -rf \(path)")
    return (program.cpuSeconds, lost)
  }
}
