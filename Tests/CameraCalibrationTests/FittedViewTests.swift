import BoardDetection
import Boards
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct FittedViewTests {
  /// Residuals, boards and reasons of every view say the same as the result's sums.
  @Test func viewsAddUpToTheResult() throws {
    var numbers = SeededNumbers(9)
    let kinds: [LensKind] = [.opencv5, .kannalaBrandt4]
    let lenses = try kinds.map { try Lens.drawn($0, focal: 0.6, &numbers) }
    var rig = SimulatedRig.around(lenses, board: try SimulatedRig.standardBoard(), &numbers)
    rig.addFrames(20, &numbers)
    var input = rig.input(noise: 0.1, outliers: 0.01, &numbers)
    input.views[0].corners[2].x = .nan
    let result = try calibrate(input)
    #expect(result.views.map(\.source) == result.views.map(\.source).sorted())
    for (index, camera) in result.cameras.enumerated() {
      let views = result.views.filter { input.views[$0.source].camera == index }
      let used = views.flatMap { $0.corners.filter { $0.leftOut == nil } }
      #expect(used.count == camera.corners)
      let squares = try used.reduce(0.0) { sum, corner in
        let residual = try #require(corner.residual)
        return sum + residual.dot(residual)
      }
      let rms = try #require(camera.rmsPixels)
      #expect(abs((squares / Double(used.count)).squareRoot() - rms) < 1e-12)
      for view in views {
        let frame = input.views[view.source].frame
        let place = try #require(camera.referenceFromCamera)
        let board = try #require(result.referenceFromBoard[frame])
        let error = (place * view.cameraFromBoard).inverse * board
        #expect(error.translation.length < 1e-12 && error.rotation.angle < 1e-7)
        #expect(view.corners.count == input.views[view.source].corners.count)
      }
    }
    let leftOut = result.views.flatMap(\.corners).filter { $0.leftOut != nil }
    #expect(leftOut.count == result.outliers.count)
    #expect(result.views[0].corners[2].leftOut == .notInPicture)
    #expect(result.views[0].corners[2].residual == nil)
  }
}
