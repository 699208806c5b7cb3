package import Geometry
package import LensModels

/// What is true of a simulated rig, in the frames that a calibration reports in.
package struct SimulatedTruth: Equatable, Sendable {
  package struct Camera: Equatable, Sendable {
    package var name: String
    package var lens: Lens
    /// Into the first camera's coordinates; before any bump.
    package var referenceFromCamera: RigidTransform
    /// See `SimulatedCamera`.
    package var clockOffset: Double
    package var bump: SimulatedCamera.Bump?
  }

  /// A corner that is a gross outlier.
  package struct Outlier: Equatable, Sendable {
    /// Index into the input's views.
    package var view: Int
    /// Index into the view's corners.
    package var corner: Int
  }

  package var cameras: [Camera]
  /// By frame, at the frame's instant.
  package var referenceFromBoard: [RigidTransform]
  /// The bend, what it has beyond that, and how it was printed.
  package var board: SimulatedBoard
  package var outliers: [Outlier]

  init(_ rig: SimulatedRig, outliers: [Outlier]) {
    let reference = rig.cameras.first?.worldFromCamera.inverse ?? .identity
    cameras = rig.cameras.map {
      Camera(
        name: $0.name, lens: $0.lens, referenceFromCamera: reference * $0.worldFromCamera,
        clockOffset: $0.clockOffset, bump: $0.bump)
    }
    referenceFromBoard = rig.worldFromBoard.map { reference * $0 }
    board = rig.board
    self.outliers = outliers
  }

  /// Camera b to camera a: where the reference camera of a result is not the first one.
  package func pose(_ a: Int, from b: Int) -> RigidTransform {
    cameras[a].referenceFromCamera.inverse * cameras[b].referenceFromCamera
  }
}
