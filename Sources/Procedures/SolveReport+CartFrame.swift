package import Bundles
import CameraCalibration

extension SolveReport {
  /// Fills in what the calibration found of the cart; `rig` is nil where none was given.
  mutating func add(_ frame: CartFrame?, _ rig: CartFrameRecord.RigFile?, _ names: [String]) {
    self.rig = rig
    guard let frame else { return }
    cartFrame = CartFrameRecord.Source(frame.source)
    datum = frame.datum.map {
      CartFrameRecord.Datum(
        frame: $0.frame, used: $0.isUsed, distance: $0.distance, angle: $0.angle)
    }
    boardScale = frame.boardScale.map {
      CartFrameRecord.BoardScale(ratio: $0.ratio, sigma: $0.sigma)
    }
    basketError = frame.basketError.map { BasketErrorRecord($0, names) }
    for (index, name) in names.enumerated() {
      guard let pose = frame.cartFromCamera[index] else { continue }
      let covariance = frame.covariance[index]
      cameras[name]?.record.cartPose = CartPoseRecord(
        cartFromCamera: PoseRecord(pose), sigma: covariance.map { PoseSigma(covariance: $0) },
        covariance: covariance.map { CovarianceRecord(pose: $0) })
    }
  }

  /// The same as a bundle keeps it.
  package var cartFrameRecord: CartFrameRecord {
    var record = CartFrameRecord()
    record.rig = rig
    record.source = cartFrame
    record.datum = datum
    record.boardScale = boardScale
    record.basketError = basketError
    return record
  }
}

extension CartFrameRecord.Source {
  init(_ source: CartFrame.Source) {
    switch source {
    case .datum: self = .datum
    case .nominal: self = .nominal
    }
  }
}

extension BasketErrorRecord {
  /// As it stands in files; `names` are those of the input's cameras.
  init(_ error: BasketError, _ names: [String]) {
    let grid = BasketError.grid
    self.init(
      frame: error.frame == .cart ? .cart : .reference,
      size: [error.size.x, error.size.y, error.size.z],
      grid: [grid.right, grid.forward, grid.up], cameras: error.points.map(\.cameras),
      best: error.points.map(\.best), median: error.points.map(\.median),
      perPixel: error.points.map(\.perPixel),
      pairs: error.pairs.map {
        Pair(
          first: names[$0.first], second: names[$0.second], points: $0.points, rms: $0.rms,
          worst: $0.worst)
      }, covered: error.covered, rms: error.rms, worst: error.worst)
  }
}

extension PoseSigma {
  /// The deviations of a 6 x 6 covariance of a pose, rows one after the other.
  init(covariance: [Double]) {
    self.init((0..<6).map { max(0, covariance[7 * $0]).squareRoot() })
  }
}
