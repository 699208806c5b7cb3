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
    // Milliseconds of CPU for each picture that came.
    var (ours, theirs): ([Double], [Double]) = ([], [])
    var (ourLost, theirLost): ([Int], [Int]) = ([], [])
    for round in 0..<2 {
      let peer = peer(frames)
      theirs.append(peer.cpu * 1000 / Double(frames * inventory.cameras.count))
      theirLost.append(peer.lost)
      let own = try own(round, &checks)
      ours.append(own.cpu * 1000 / Double(max(1, own.pictures)))
      ourLost.append(own.lost)
    }
    print("        v4l2-ctl: \(theirs) ms of CPU a picture, lost \(theirLost)")
    print("        cartcal:  \(ours) ms of CPU a picture, lost \(ourLost)")
    let ratio = (ours.min() ?? .nan) / (theirs.min() ?? .nan)
    print("        cartcal takes \(ratio) of v4l2-ctl's CPU")
    guard theirLost.min() == 0 else {
      // A machine too busy for v4l2-ctl tells nothing of cartcal.
      return print("        v4l2-ctl loses pictures here: try again when the machine is at rest")
    }
    checks.expect(
      ourLost.min() == 0, "cartcal loses no picture where v4l2-ctl loses none", "\(ourLost)")
  }

  /// As many pictures of each camera, written by one v4l2-ctl each.
  private func peer(_ frames: Int) -> (cpu: Double, lost: Int) {
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

  /// As long, recorded by one cartcal.
  private func own(
    _ round: Int, _ checks: inout Checks
  ) throws -> (cpu: Double, lost: Int, pictures: Int) {
    let path = "\(Self.folder)/own\(round)"
    let program = Program("capture --out \(path) --seconds \(Self.seconds)")
    let status = program.wait()
    let end = try SessionReader.read(path).recording?.document.end
    let cameras = Array((end?.cameras ?? [:]).values)
    let lost = cameras.map { max($0.dropsBySequence, $0.dropsByTime) }.reduce(0, +)
    let pictures = cameras.map(\.pictures).reduce(0, +)
    checks.expect(
      status == 0 && pictures > 0, "round \(round): the session is whole", program.said)
    print("        \(pictures) pictures, \(end?.wholeFrames ?? 0) frames of all cameras")
    _ = system("rm -rf \(path)")
    return (program.cpuSeconds, lost, pictures)
  }
}
