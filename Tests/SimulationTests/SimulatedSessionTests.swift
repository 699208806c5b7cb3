import Boards
import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct SimulatedSessionTests {
  /// Noise, stated deviations and outliers are what was asked for.
  @Test func cornersAreAsGoodAsStated() throws {
    var (rig, numbers) = try smallRig(11, frames: 40)
    let noise = CornerNoise(
      sigma: 0.05...0.2, spread: 1.5, statedFactor: 2, outliers: 0.02, missing: 0.1,
      partialViews: .anchored)
    let session = rig.session(noise, &numbers)
    let outliers = Set(session.truth.outliers.map { $0.view * 1000 + $0.corner })
    var (squares, count) = (0.0, 0.0)
    for (index, view) in session.input.views.enumerated() {
      let exact = rig.corners(camera: view.camera, frame: view.frame)
      #expect(view.anchored)
      for (place, corner) in view.corners.enumerated() {
        let identity = rig.board.spec.index(column: corner.column, row: corner.row)
        let pixel = try #require(exact[identity])
        #expect((0.05 / 1.5 * 2 - 1e-12...0.2 * 1.5 * 2).contains(corner.sigma))
        guard !outliers.contains(index * 1000 + place) else { continue }
        let error = (Vector2(corner.x, corner.y) - pixel) / (0.5 * corner.sigma)
        squares += error.dot(error)
        count += 1
      }
    }
    // Each square is the sum of two of variance 2: five standard errors.
    #expect(abs(squares / count - 2) < 5 * 2 / count.squareRoot())
    let all = count + Double(outliers.count)
    #expect(abs(Double(outliers.count) - 0.02 * all) < 5 * (0.02 * all).squareRoot())
    let possible = Double(session.input.views.count * 54)
    #expect(all < 0.95 * possible && all > 0.5 * possible)
  }

  /// A grid of unknown place is the true part of the board in one of the places that calibration
  /// tries.
  @Test func partsOfTheBoardKeepTheirColours() throws {
    var numbers = SeededNumbers(6)
    let lens = try Lens.drawn(.opencv4, focal: 0.7, &numbers)
    let board = try BoardSpec(columns: 10, rows: 7, squareSize: 0.025)
    var rig = SimulatedRig.around([lens], board: board, &numbers)
    // Boards that hang out of the picture.
    for _ in 0..<60 {
      if let pose = rig.boardPose(camera: 0, .init(fill: 0.6...1.2), &numbers) {
        rig.frames.append(SimulatedFrame(worldFromBoard: rig.worldFromCamera[0] * pose))
      }
    }
    let whole = rig.session(CornerNoise(sigma: 0), &numbers).input
    let all = rig.session(CornerNoise(sigma: 0...0, partialViews: .unanchored), &numbers).input
    #expect(all.views.filter(\.anchored).map(\.frame) == whole.views.map(\.frame))
    let parts = all.views.filter { !$0.anchored }
    #expect(parts.count > 15)
    for view in parts {
      let exact = rig.corners(camera: 0, frame: view.frame)
      let width = (view.corners.map(\.column).max() ?? 0) + 1
      let height = (view.corners.map(\.row).max() ?? 0) + 1
      #expect(view.corners.map(\.column).min() == 0 && view.corners.map(\.row).min() == 0)
      let fits = GridPlacement.all(width: width, height: height, on: board).contains { place in
        view.corners.allSatisfy { corner in
          let identity = place.corner(corner.column, corner.row)
          return exact[board.index(column: identity.column, row: identity.row)]
            == Vector2(corner.x, corner.y)
        }
      }
      #expect(fits)
    }
  }

  @Test func theTruthIsWhatExactCornersGive() throws {
    var numbers = SeededNumbers(9)
    let lenses = try (0..<4).map { _ in try Lens.drawn(.opencv4, focal: 0.55, &numbers) }
    var rig = SimulatedRig.onRim(lenses, board: try SimulatedRig.standardBoard(), &numbers)
    rig.board.warp = BoardWarp(x: 4e-4, y: -2e-4)
    rig.addFrames(24, SimulatedRig.Showing(seenBy: 2), &numbers)
    let session = rig.session(CornerNoise(sigma: 0), &numbers)
    let result = try calibrate(session.input, options: .init(lens: .fixed(.opencv4)))
    #expect((result.rmsPixels ?? 1) < 1e-6)
    for (index, camera) in result.cameras.enumerated() {
      let truth = session.truth.cameras[index]
      #expect(camera.name == truth.name)
      let error = try #require(camera.referenceFromCamera).inverse * truth.referenceFromCamera
      #expect(error.translation.length < 1e-6 && error.rotation.angle < 1e-6)
    }
    for (frame, pose) in result.referenceFromBoard.enumerated() {
      let error = try #require(pose).inverse * session.truth.referenceFromBoard[frame]
      #expect(error.translation.length < 1e-6 && error.rotation.angle < 1e-6)
    }
  }

  @Test func sameSeedSameSession() throws {
    let sessions = try (0..<2).map { _ in
      var (rig, numbers) = try smallRig(13)
      return rig.session(
        CornerNoise(sigma: 0.1...0.3, outliers: 0.05, missing: 0.05, partialViews: .unanchored),
        &numbers)
    }
    #expect(sessions[0] == sessions[1])
    #expect(!sessions[0].input.views.isEmpty)
  }
}
