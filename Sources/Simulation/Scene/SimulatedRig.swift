package import Boards
package import Geometry
package import LensModels

/// Cameras and what they are shown: everything that decides which pixel a corner falls on.
package struct SimulatedRig: Equatable, Sendable {
  package var board: SimulatedBoard
  package var cameras: [SimulatedCamera]
  package var frames: [SimulatedFrame]
  /// A view that shows the board flatter than this shows nothing: radians between the line of sight
  /// and the normal of the board.
  package var largestIncidence: Double

  package init(
    board: SimulatedBoard, cameras: [SimulatedCamera], frames: [SimulatedFrame] = [],
    largestIncidence: Double = 1.4
  ) {
    self.board = board
    self.cameras = cameras
    self.frames = frames
    self.largestIncidence = largestIncidence
  }

  /// A flat board before cameras that are called camera0, camera1 and so on.
  package init(board: BoardSpec, lenses: [Lens], worldFromCamera: [RigidTransform]) {
    precondition(lenses.count == worldFromCamera.count)
    self.init(
      board: SimulatedBoard(board),
      cameras: lenses.indices.map {
        SimulatedCamera(
          name: "camera\($0)", lens: lenses[$0], worldFromCamera: worldFromCamera[$0])
      })
  }

  package var lenses: [Lens] { cameras.map(\.lens) }

  package var worldFromCamera: [RigidTransform] { cameras.map(\.worldFromCamera) }

  /// Where the boards are; setting it gives frames that stand still.
  package var worldFromBoard: [RigidTransform] {
    get { frames.map(\.worldFromBoard) }
    set { frames = newValue.map { SimulatedFrame(worldFromBoard: $0) } }
  }

  /// A board of 9 x 6 inner corners and squares of 25 mm.
  package static func standardBoard() throws(BoardError) -> BoardSpec {
    try BoardSpec(columns: 9, rows: 6, squareSize: 0.025)
  }
}
