package import Geometry
import Glibc

/// What the cameras see.
extension SimulatedRig {
  /// Where the board is before a camera when that camera takes its picture of a frame.
  package func cameraFromBoard(camera: Int, frame: Int) -> RigidTransform {
    let camera = cameras[camera]
    let board = frames[frame].worldFromBoard(after: camera.clockOffset, middle: self.board.middle)
    return camera.worldFromCamera(frame: frame).inverse * board
  }

  /// The exact pixel of every inner corner of a board pose, row by row; nil where the camera does
  /// not see it.
  package func corners(camera: Int, cameraFromBoard pose: RigidTransform) -> [Vector2?] {
    let camera = cameras[camera]
    let spec = board.spec
    let normal = pose.rotation * Vector3(0, 0, 1)
    let smallest = cos(largestIncidence)
    var pixels: [Vector2?] = []
    pixels.reserveCapacity(spec.cornerCount)
    for row in 0..<spec.rows {
      for column in 0..<spec.columns {
        let point = pose * board.position(column: column, row: row)
        let isFacing = normal.dot(point.normalized) > smallest
        pixels.append(isFacing ? camera.pixel(point) : nil)
      }
    }
    return pixels
  }

  /// The exact pixel of every inner corner of a frame, row by row; nil where the camera does not
  /// see it.
  package func corners(camera: Int, frame: Int) -> [Vector2?] {
    corners(camera: camera, cameraFromBoard: cameraFromBoard(camera: camera, frame: frame))
  }

  /// True when a camera sees the whole board of a frame.
  package func seesWhole(camera: Int, frame: Int) -> Bool {
    corners(camera: camera, frame: frame).allSatisfy { $0 != nil }
  }

  /// The cameras that see the whole board, by frame.
  package func whole() -> [[Int]] {
    frames.indices.map { frame in
      cameras.indices.filter { seesWhole(camera: $0, frame: frame) }
    }
  }

  /// How many whole boards each camera sees.
  package func wholeCounts() -> [Int] {
    var counts = Array(repeating: 0, count: cameras.count)
    for camera in whole().joined() { counts[camera] += 1 }
    return counts
  }

  /// True when all cameras hang together by pairs that see at least `sharedFrames` whole boards
  /// together.
  package func isConnected(sharedFrames: Int = 1) -> Bool {
    var shared: [[Int]: Int] = [:]
    for seeing in whole() {
      for (place, a) in seeing.enumerated() {
        for b in seeing.dropFirst(place + 1) { shared[[a, b], default: 0] += 1 }
      }
    }
    var reached: Set<Int> = [0]
    var grows = true
    while grows {
      grows = false
      for (pair, count) in shared where count >= sharedFrames {
        if reached.contains(pair[0]) != reached.contains(pair[1]) {
          reached.formUnion(pair)
          grows = true
        }
      }
    }
    return reached.count == cameras.count
  }
}
