import Devices
import Sessions
import Testing

@testable import Capture

private let form = CameraStream(
  pixelFormat: PixelFormat(code: 0x5945_5247), width: 1, height: 1, bytesPerRow: 1, rate: 30)

func picture(_ time: Double, sequence: Int = 0, stream: Int = 0, damaged: Bool = false)
  -> RecordedPicture
{
  RecordedPicture(
    picture: CapturedPicture(
      time: time, timeBasis: .startOfExposure, sequence: sequence, isDamaged: damaged, bytes: [0]),
    form: form, stream: stream)
}

extension CaptureFrame {
  /// Its times by camera.
  fileprivate var times: [Int: Double] { pictures.mapValues(\.picture.time) }
}

struct FrameGrouperTests {
  @Test func camerasOutOfPhaseAreTogether() {
    var grouper = FrameGrouper(cameras: 3, tolerance: 0.02)
    var frames: [CaptureFrame] = []
    for index in 0..<10 {
      let time = Double(index) / 30
      for (camera, phase) in [(0, 0.0), (1, 0.012), (2, 0.005)] {
        frames += grouper.add(picture(time + phase), camera: camera)
      }
    }
    frames += grouper.flush()
    #expect(frames.count == 10)
    #expect(frames.allSatisfy { $0.pictures.count == 3 })
    #expect(frames.map(\.time) == frames.map(\.time).sorted())
  }

  /// Free-running cameras, wherever in the period each is and whichever comes first, with jitter and
  /// pictures that are missing: frames are whole but for the first and for what is missing.
  @Test(arguments: 0..<60)
  func freeRunningCamerasStayTogether(_ seed: UInt64) {
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let phases = (0..<4).map { _ in random() }
    let jitter = seed % 2 == 0 ? 0.02 : 0.2
    let loss = seed % 3 == 0 ? 0.02 : 0
    var grouper = FrameGrouper(cameras: 4, tolerance: 1.25, period: 1)
    var pictures: [(time: Double, camera: Int)] = []
    var incomplete: Set<Int> = []
    for index in 0..<200 {
      for camera in 0..<4 {
        if random() < loss {
          incomplete.insert(index)
        } else {
          pictures.append((Double(index) + phases[camera] + jitter * random(), camera))
        }
      }
    }
    pictures.sort { $0.time < $1.time }
    var frames = pictures.flatMap { grouper.add(picture($0.time), camera: $0.camera) }
    frames += grouper.flush()
    let whole = frames.count { $0.pictures.count == 4 }
    // Where frames are cut, a missing picture may leave two of them incomplete.
    #expect(whole >= 190 - 2 * incomplete.count, "\(whole) of \(frames.count)")
  }

  /// Cameras spread evenly over the period are the hardest: no break is wider than another.
  @Test(arguments: 0..<20)
  func camerasSpreadEvenlyStayTogether(_ seed: UInt64) {
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    var grouper = FrameGrouper(cameras: 4, tolerance: 1.25, period: 1)
    let pictures = (0..<800).map { index in
      (time: Double(index) / 4 + 0.1 * random(), camera: index % 4)
    }
    var frames = pictures.flatMap { grouper.add(picture($0.time), camera: $0.camera) }
    frames += grouper.flush()
    #expect(frames.count { $0.pictures.count == 4 } >= 185)
  }

  /// Whatever comes in, each picture comes out once, no frame spans more than the tolerance, and
  /// frames come in the order of their beginnings.
  @Test(arguments: 0..<50)
  func nothingIsLostOrTornApart(_ seed: UInt64) {
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let (cameras, tolerance) = (Int(seed % 4) + 1, 0.01 + 0.03 * random())
    var grouper = FrameGrouper(cameras: cameras, tolerance: tolerance)
    var clocks = (0..<cameras).map { _ in random() * 0.1 }
    var (sent, frames): (Int, [CaptureFrame]) = (0, [])
    for _ in 0..<300 {
      let camera = Int(random() * Double(cameras))
      if random() < 0.02 { frames += grouper.setAway(camera) }
      clocks[camera] += 0.005 + 0.06 * random()
      frames += grouper.add(picture(clocks[camera]), camera: camera)
      sent += 1
      if random() < 0.1 { frames += grouper.advance(to: clocks.max() ?? 0) }
    }
    frames += grouper.flush()
    #expect(frames.reduce(0) { $0 + $1.pictures.count } == sent)
    #expect(frames.allSatisfy { $0.latest - $0.earliest <= tolerance })
  }

  @Test func oneCameraGivesAFrameAtOnce() {
    var grouper = FrameGrouper(cameras: 1, tolerance: 0.02)
    #expect(grouper.add(picture(1), camera: 0).map(\.times) == [[0: 1]])
  }

  @Test func twoPicturesOfOneCameraAreTwoFrames() {
    var grouper = FrameGrouper(cameras: 2, tolerance: 0.1)
    _ = grouper.add(picture(1), camera: 0)
    _ = grouper.add(picture(1.01), camera: 0)
    #expect(grouper.add(picture(1.012), camera: 1).isEmpty)
    // Only now can nothing come any more for the first one.
    let frames = grouper.add(picture(1.2), camera: 1)
    #expect(frames.map(\.times) == [[0: 1], [0: 1.01, 1: 1.012]])
    #expect(grouper.flush().map(\.times) == [[1: 1.2]])
  }

  @Test func aSilentCameraHoldsNothingUpForLong() {
    var grouper = FrameGrouper(cameras: 2, tolerance: 0.02, patience: 1)
    #expect(grouper.add(picture(1), camera: 0).isEmpty)
    #expect(grouper.advance(to: 2).isEmpty)
    #expect(grouper.advance(to: 2.1).map(\.times) == [[0: 1]])
  }

  @Test func aCameraThatIsAwayIsNotWaitedFor() {
    var grouper = FrameGrouper(cameras: 2, tolerance: 0.02)
    #expect(grouper.add(picture(1), camera: 0).isEmpty)
    #expect(grouper.setAway(1).map(\.times) == [[0: 1]])
    #expect(grouper.add(picture(2), camera: 0).count == 1)
    #expect(grouper.add(picture(3), camera: 1).isEmpty)
    #expect(grouper.add(picture(3.01), camera: 0).map(\.times) == [[0: 3.01, 1: 3]])
  }
}
