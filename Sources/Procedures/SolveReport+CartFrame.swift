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

extension PoseSigma {
  /// The deviations of a 6 x 6 covariance of a pose, rows one after the other.
  init(covariance: [Double]) {
    self.init((0..<6).map { max(0, covariance[7 * $0]).squareRoot() })
  }
}
