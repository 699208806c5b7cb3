import Measurements

extension CalibrationResult {
  /// Every number that has a limit: camera by camera, then the whole rig.
  func checks(_ limits: CalibrationLimits, _ diagnosis: ModelDiagnosis?) -> [LimitCheck] {
    var outliersByCamera = cameras.map { _ in 0 }
    for outlier in outliers { outliersByCamera[outlier.camera] += 1 }
    let held = Set(repair?.held.map(\.camera) ?? [])
    var checks: [LimitCheck] = []
    for (index, camera) in cameras.enumerated() where camera.lens != nil {
      let own = limits.checks(
        camera, outliers: outliersByCamera[index],
        lensError: diagnosis.map { $0.lensErrors[index]?.error ?? 0 },
        hasPlace: camera.referenceFromCamera != nil && index != reference)
      // A camera that is held was judged when it was solved; few pictures of it need not repeat that.
      checks += held.contains(index) ? own.filter { $0.value != nil } : own
    }
    guard !checks.isEmpty else { return [] }
    return checks + limits.checks(rig: diagnosis, warp: boardWarp)
      + (cartFrame?.basketError.map(limits.checks) ?? [])
  }
}

extension CalibrationLimits {
  private func check(
    _ name: CalibrationCheck, _ subject: String?, _ value: Double?,
    _ bound: LimitCheck.Bound = .atMost, limit: Double, _ unit: CheckUnit
  ) -> LimitCheck {
    LimitCheck(
      name: name.rawValue, subject: subject, value: value, bound, limit: limit,
      guardBand: guardBand * limit, unit: unit)
  }

  fileprivate func checks(
    _ camera: CalibratedCamera, outliers: Int, lensError: Double?, hasPlace: Bool
  ) -> [LimitCheck] {
    let name = camera.name
    let certainty = camera.certainty
    let all = camera.corners + outliers
    var checks = [
      check(
        .holdoutRMS, name, camera.typicalHoldoutRMSPixels, limit: holdoutRMSPixels, .pixels),
      check(
        .projectionSigma, name, certainty?.medianProjectionSigma, limit: projectionSigmaPixels,
        .pixels),
      check(
        .outlierShare, name, all > 0 ? Double(outliers) / Double(all) : nil, limit: outlierShare,
        .one),
      check(.coverage, name, certainty?.coverage.fraction, .atLeast, limit: coverage, .one),
      check(.lensError, name, lensError, limit: lensErrorPixels, .pixels),
    ]
    // A half of the frames may be too few for a lens that all of them together determine well.
    if let difference = certainty?.crossValidation {
      checks.append(
        check(
          .crossValidation, name, difference.unexplainedPixels, limit: crossValidationPixels,
          .pixels))
    }
    if hasPlace {
      let sigma = certainty?.poseSigma
      checks += [
        check(.positionSigma, name, sigma?[3...].max(), limit: positionSigma, .metres),
        check(.directionSigma, name, sigma?[..<3].max(), limit: directionSigma, .radians),
      ]
    }
    return checks
  }

  /// What cannot be told of the rig by its nature (the bend of a board taken as flat that is flat,
  /// the stretch of a board that was always upright, cameras that share no frame) has no check.
  fileprivate func checks(rig diagnosis: ModelDiagnosis?, warp: BoardWarp?) -> [LimitCheck] {
    var checks: [LimitCheck] = []
    if let warp = warp ?? diagnosis?.bend?.warp {
      checks.append(
        check(.boardBend, nil, max(abs(warp.x), abs(warp.y)), limit: boardBend, .metres))
    }
    if let stretch = diagnosis?.stretch, 3 * stretch.sigma < boardStretch {
      checks.append(check(.boardStretch, nil, abs(stretch.value), limit: boardStretch, .one))
    }
    if let rig = diagnosis?.rig {
      checks.append(check(.rigDisagreement, nil, rig.error, limit: disagreementPixels, .pixels))
    }
    return checks
  }

  fileprivate func checks(_ basket: BasketError) -> [LimitCheck] {
    [
      check(.basketError, nil, basket.worst, limit: basketError, .metres),
      check(.basketCovered, nil, basket.covered, .atLeast, limit: basketCovered, .one),
    ]
  }
}

extension CameraCertainty {
  /// One standard deviation of projected pixels at the boards' median distance, root mean square
  /// over the corners seen, pixels; at infinity where no finite distance could be had.
  var medianProjectionSigma: Double? {
    guard let ranges = projection?.ranges else { return nil }
    // Nearest, median, infinity; or infinity alone.
    guard let range = ranges.dropFirst().first ?? ranges.first else { return nil }
    var (squares, corners) = (0.0, 0.0)
    for (cell, deviation) in range.cells.enumerated() where coverage.counts[cell] > 0 {
      guard let deviation else { continue }
      let count = Double(coverage.counts[cell])
      squares += count * deviation * deviation
      corners += count
    }
    return corners > 0 ? (squares / corners).squareRoot() : nil
  }
}
