import BoardDetection
import Foundation
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

/// The stereo pair of OpenCV's samples, beside the package in `../shared`, with the corners that
/// OpenCV found in it.
private let cornersFile = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
  .appendingPathComponent("shared/data/opencv_stereo/corners_opencv_sb.json")

/// The optimum that mrcal 2.2 finds on the same corners: RMS 0.25568 px, fx 533.055 and 535.440.
@Test(
  .enabled(
    if: FileManager.default.fileExists(atPath: cornersFile.path),
    "../shared/data/opencv_stereo is not there"))
func stereoPicturesReachMrcalsOptimum() throws {
  let found = try JSONDecoder().decode(
    [String: [String: [[Double?]]?]].self, from: Data(contentsOf: cornersFile))
  let board = try SimulatedRig.standardBoard()
  var views: [CalibrationView] = []
  var frames: [String] = []
  for (camera, name) in ["cam0", "cam1"].enumerated() {
    for (image, points) in (found[name] ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let points else { continue }
      let frame = String(image.filter(\.isNumber))
      if !frames.contains(frame) { frames.append(frame) }
      var corners: [BoardCorner] = []
      for (index, point) in points.enumerated() {
        guard let x = point[0], let y = point[1] else { continue }
        corners.append(BoardCorner(column: index % 9, row: index / 9, x: x, y: y, sigma: 1))
      }
      views.append(
        CalibrationView(
          camera: camera, frame: try #require(frames.firstIndex(of: frame)), image: image,
          anchored: true, corners: corners))
    }
  }
  let input = CalibrationInput(
    board: board,
    cameras: ["cam0", "cam1"].map { CameraInput(name: $0, width: 640, height: 480) },
    frames: frames, views: views)
  let result = try calibrate(
    input,
    options: CalibrationOptions(
      lens: .fixed(.opencv5), rejectsOutliers: false, solvesBoardWarp: false, weighting: .equal))
  #expect(result.cameras.map(\.views) == [12, 13])
  #expect(abs((result.rmsPixels ?? 0) - 0.25568) < 1e-5)
  #expect(abs((result.cameras[0].lens?.parameters[0] ?? 0) - 533.055) < 0.01)
  #expect(abs((result.cameras[1].lens?.parameters[0] ?? 0) - 535.440) < 0.01)
}
