import Devices
import Execution
import Files
import Glibc

/// Cameras under the real uvcvideo driver: bytes, numbers, times, controls, and what goes wrong.
struct CameraChecks {
  let inventory: DeviceInventory

  func run(_ checks: inout Checks) throws {
    for (index, camera) in inventory.cameras.enumerated() {
      try checkPictures(camera, index, &checks)
    }
    guard let camera = inventory.cameras.first, let request = Self.request(camera) else { return }
    try checkRefusals(camera, request, &checks)
    try checkControls(camera, request, &checks)
    try checkFreezing(camera, request, &checks)
    try checkUnplugging(camera, request, &checks)
  }

  static func request(_ camera: FoundCamera) -> CameraRequest? {
    guard let format = camera.formats.first, let size = format.sizes.first else { return nil }
    return CameraRequest(
      pixelFormat: format.pixelFormat, width: size.width, height: size.height,
      rate: size.rates.first)
  }

  /// Every picture is one of those the fake camera sends, to the last byte.
  private func checkPictures(
    _ found: FoundCamera, _ index: Int, _ checks: inout Checks
  ) throws {
    let what = "camera \(index)"
    guard let request = Self.request(found) else {
      return checks.expect(false, "\(what) tells its formats", "none")
    }
    let sent = try SentPictures.of(index, inventory)
    let camera = try V4L2Camera(found.device.node, request)
    checks.expect(camera.deviations.isEmpty, "\(what) takes its rate", "\(camera.deviations)")
    var drops = DropCounter(rate: camera.stream.rate)
    var (strange, damaged) = (0, 0)
    var times: [Double] = []
    var numbers: [Int] = []
    for _ in 0..<20 {
      let picture = try camera.next(within: 5)
      drops.add(sequence: picture.sequence, time: picture.time)
      times.append(picture.time)
      numbers.append(picture.sequence)
      if picture.isDamaged { damaged += 1 } else if !sent.contains(picture.bytes) { strange += 1 }
    }
    checks.expect(
      strange == 0 && damaged <= 1, "\(what): 20 \(request.pixelFormat) pictures as they were sent",
      "\(strange) others, \(damaged) damaged")
    checks.expect(
      zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }, "\(what): numbers rise",
      "\(numbers)")
    // The clock of an emulated processor may step by some milliseconds against its neighbour's.
    let now = ResourceUse.wallSeconds
    checks.expect(
      times.allSatisfy { (0...30).contains(now - $0) }, "\(what): times are monotonic time",
      "\(times) at \(now)")
    print("        drops by number \(drops.bySequence), by time \(drops.byTime)")
  }

  private func checkRefusals(
    _ found: FoundCamera, _ request: CameraRequest, _ checks: inout Checks
  ) throws {
    var odd = request
    odd.width += 13
    checks.expect(
      Self.error { _ = try V4L2Camera(found.device.node, odd) }.isUnsupported,
      "a size the camera does not have is refused")
    let camera = try V4L2Camera(found.device.node, request)
    let second = Self.error { _ = try V4L2Camera(found.device.node, request) }
    checks.expect(second.isBusy, "a camera in use is busy", "\(String(describing: second))")
    let now = try DeviceInventory.take().cameras.first { $0.device.node == found.device.node }
    checks.expect(now?.device.status == .busy, "the list shows it", "\(String(describing: now))")
    _ = try camera.next(within: 5)
    checks.expect(true, "it streams on while it is listed")
  }

  private func checkControls(
    _ found: FoundCamera, _ request: CameraRequest, _ checks: inout Checks
  ) throws {
    var asked = request
    asked.controls = [.exposure: 0.02, .brightness: 100, .focus: 5]
    let camera = try V4L2Camera(found.device.node, asked)
    checks.expect(
      camera.deviations == [CameraDeviation(what: "focus", asked: 5, got: nil)],
      "exposure and brightness are taken, focus is not there", "\(camera.deviations)")
  }

  private func checkFreezing(
    _ found: FoundCamera, _ request: CameraRequest, _ checks: inout Checks
  ) throws {
    let camera = try V4L2Camera(found.device.node, request)
    _ = try camera.next(within: 5)
    FakeCart.tell("freeze cam0")
    var last: DeviceError?
    for _ in 0..<20 where last == nil { last = Self.error { _ = try camera.next(within: 2) } }
    checks.expect(
      last?.isSilent ?? false, "a frozen camera is silent", "\(String(describing: last))")
    FakeCart.tell("thaw cam0")
    let after = Self.error { _ = try camera.next(within: 10) }
    checks.expect(after == nil, "and sends again when it thaws", "\(String(describing: after))")
  }

  private func checkUnplugging(
    _ found: FoundCamera, _ request: CameraRequest, _ checks: inout Checks
  ) throws {
    let monitor = try DeviceMonitor()
    var camera: V4L2Camera? = try V4L2Camera(found.device.node, request)
    _ = try camera?.next(within: 5)
    FakeCart.tell("unplug cam0")
    var last: DeviceError?
    for _ in 0..<200 where last == nil { last = Self.error { _ = try camera?.next(within: 5) } }
    checks.expect(
      last == .gone(node: found.device.node), "an unplugged camera is gone",
      "\(String(describing: last))")
    camera = nil
    checks.expect(
      try isTold(monitor, removal: true), "its removal is told")
    FakeCart.tell("replug cam0")
    checks.expect(try isTold(monitor, removal: false), "its coming back is told")
    var back: FoundCamera?
    for _ in 0..<50 where back == nil {
      usleep(200_000)
      back = try DeviceInventory.take().cameras.first {
        $0.device.identity == found.device.identity && $0.device.status == .ready
      }
    }
    checks.expect(back != nil, "it is known again by \(found.device.identity.text)")
    guard let back else { return }
    let again = try V4L2Camera(back.device.node, request)
    checks.expect(!(try again.next(within: 10).bytes.isEmpty), "and sends pictures")
  }

  /// Waits for the removal, or the coming, of a video node.
  private func isTold(_ monitor: DeviceMonitor, removal: Bool) throws -> Bool {
    let end = ResourceUse.wallSeconds + 20
    while ResourceUse.wallSeconds < end {
      if let event = try monitor.next(within: 1), event.subsystem == "video4linux",
        event.isRemoval == removal
      {
        return true
      }
    }
    return false
  }

  private static func error(_ body: () throws -> Void) -> DeviceError? {
    do {
      try body()
      return nil
    } catch {
      return error as? DeviceError
    }
  }
}

extension DeviceError? {
  var isUnsupported: Bool { if case .unsupported? = self { true } else { false } }
  var isBusy: Bool { if case .busy? = self { true } else { false } }
}

extension DeviceError {
  var isSilent: Bool { if case .silent = self { true } else { false } }
}
