import Bundles
import CameraCalibration
import LensModels

extension CertaintyRecord {
  /// As it stands in files; all nil for a camera without a lens.
  init(_ certainty: CameraCertainty?, kind: LensKind?) {
    self.init()
    guard let certainty, let kind else { return }
    sigma = LensSigma(certainty.lensSigma)
    lensCovariance = certainty.lensCovariance.map { CovarianceRecord(lens: kind, values: $0) }
    poseSigma = certainty.poseSigma.map { PoseSigma($0) }
    poseCovariance = certainty.poseCovariance.map { CovarianceRecord(pose: $0) }
    coverage = CoverageRecord(
      columns: PictureCoverage.columns, rows: PictureCoverage.rows,
      fraction: certainty.coverage.fraction, corners: certainty.coverage.counts)
    projection = certainty.projection.map { projection in
      ProjectionRecord(
        ranges: projection.ranges.map {
          ProjectionRecord.AtRange(
            range: $0.range, centre: $0.centre, worstCovered: $0.worstCovered, cells: $0.cells)
        })
    }
    crossValidation = certainty.crossValidation.map {
      CrossValidationRecord(
        mean: $0.meanPixels, rms: $0.rmsPixels, predicted: $0.predictedPixels, ratio: $0.ratio,
        cells: $0.cells, predictedCells: $0.predictedCells)
    }
  }
}
