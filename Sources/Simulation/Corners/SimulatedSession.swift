import BoardDetection
package import CameraCalibration
import Geometry
import Glibc

/// What a calibration is given, and what it should find.
package struct SimulatedSession: Equatable, Sendable {
  package var input: CalibrationInput
  package var truth: SimulatedTruth

  package init(input: CalibrationInput, truth: SimulatedTruth) {
    self.input = input
    self.truth = truth
  }
}

extension SimulatedRig {
  /// The corners that a detector finds in the pictures of all cameras and frames.
  package func session(_ noise: CornerNoise, _ numbers: inout SeededNumbers) -> SimulatedSession {
    var views: [CalibrationView] = []
    var outliers: [SimulatedTruth.Outlier] = []
    for frame in frames.indices {
      for camera in cameras.indices {
        guard let found = detected(camera: camera, frame: frame, noise, &numbers) else { continue }
        outliers += found.outliers.map { SimulatedTruth.Outlier(view: views.count, corner: $0) }
        views.append(found.view)
      }
    }
    let input = CalibrationInput(
      board: board.spec,
      cameras: cameras.map {
        CameraInput(name: $0.name, width: $0.lens.width, height: $0.lens.height)
      }, frames: frames.indices.map { "frame\($0)" }, views: views)
    return SimulatedSession(input: input, truth: SimulatedTruth(self, outliers: outliers))
  }

  /// The input of a calibration: pixels with normal noise of standard deviation `noise`, and a part
  /// of gross outliers.
  package func input(
    noise: Double = 0, outliers: Double = 0, _ numbers: inout SeededNumbers
  ) -> CalibrationInput {
    session(CornerNoise(sigma: noise, outliers: outliers), &numbers).input
  }

  private struct Detected {
    var view: CalibrationView
    /// Indices of the view's corners.
    var outliers: [Int] = []
  }

  /// What a detector finds of a frame in one camera's picture; nil for no board.
  private func detected(
    camera: Int, frame: Int, _ noise: CornerNoise, _ numbers: inout SeededNumbers
  ) -> Detected? {
    var pixels = corners(camera: camera, frame: frame)
    guard pixels.contains(where: { $0 != nil }) else { return nil }
    if noise.missing > 0 {
      for index in pixels.indices where numbers.chance(noise.missing) { pixels[index] = nil }
    }
    let isWhole = pixels.allSatisfy { $0 != nil }
    guard isWhole || noise.partialViews != .leftOut else { return nil }
    let isAnchored = isWhole || noise.partialViews == .anchored
    var part: BoardPart?
    if !isAnchored {
      guard let found = self.part(pixels, &numbers) else { return nil }
      part = found
    }
    var result = Detected(
      view: CalibrationView(
        camera: camera, frame: frame, image: "\(cameras[camera].name)/\(frame).png",
        anchored: isAnchored, corners: []))
    let sigma = drawnSigma(noise, &numbers)
    for (index, pixel) in pixels.enumerated() {
      guard let pixel else { continue }
      let place = (column: index % board.spec.columns, row: index / board.spec.columns)
      let grid = part?.place(column: place.column, row: place.row) ?? place
      let isOutlier = noise.outliers > 0 && numbers.chance(noise.outliers)
      if isOutlier { result.outliers.append(result.view.corners.count) }
      result.view.corners.append(
        corner(
          grid, pixel, sigma, noise, isOutlier: isOutlier, camera: camera, &numbers))
    }
    return result
  }

  private func drawnSigma(_ noise: CornerNoise, _ numbers: inout SeededNumbers) -> Double {
    guard noise.sigma.lowerBound > 0, noise.sigma.upperBound > noise.sigma.lowerBound else {
      return noise.sigma.upperBound
    }
    return numbers.logUniform(noise.sigma.lowerBound, noise.sigma.upperBound)
  }

  private func corner(
    _ grid: (column: Int, row: Int), _ pixel: Vector2, _ viewSigma: Double, _ noise: CornerNoise,
    isOutlier: Bool, camera: Int, _ numbers: inout SeededNumbers
  ) -> BoardCorner {
    var sigma = viewSigma
    if noise.spread > 1 { sigma *= numbers.logUniform(1 / noise.spread, noise.spread) }
    var place = pixel + Vector2(numbers.normal(), numbers.normal()) * sigma
    if isOutlier {
      let lens = cameras[camera].lens
      if let reach = noise.outlierReach {
        place += Vector2(numbers.uniform(-reach, reach), numbers.uniform(-reach, reach))
      } else {
        place = Vector2(
          numbers.uniform(0, Double(lens.width - 1)), numbers.uniform(0, Double(lens.height - 1)))
      }
    }
    var stated = sigma * noise.statedFactor
    if noise.statedScatter > 0 { stated *= exp(noise.statedScatter * numbers.normal()) }
    // No detector is sure beyond this.
    return BoardCorner(
      column: grid.column, row: grid.row, x: place.x, y: place.y, sigma: max(stated, 1e-3))
  }

  /// The part of the board that is seen; nil when it is too small to be told from other things.
  private func part(_ pixels: [Vector2?], _ numbers: inout SeededNumbers) -> BoardPart? {
    let seen = pixels.indices.filter { pixels[$0] != nil }
    let columns = seen.map { $0 % board.spec.columns }
    let rows = seen.map { $0 / board.spec.columns }
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(),
      let bottom = rows.max(), right - left >= 2, bottom - top >= 2
    else { return nil }
    let part = BoardPart(columns: left...right, rows: top...bottom, &numbers)
    return part.isPossible ? part : nil
  }
}
