/// Solves lenses and poses of all cameras, and the bend of the board, from detected corners.
///
/// Nothing but the corners is asked for: no focal length, no poses. The same input gives the same
/// result for any number of threads. Data that cannot give an answer gives findings, and as much
/// of the answer as stands without it.
///
/// Throws when the input contradicts itself (an index or identity that does not exist).
package func calibrate(
  _ input: CalibrationInput, options: CalibrationOptions = CalibrationOptions()
) throws(CalibrationError) -> CalibrationResult {
  try validate(input, options)
  return CalibrationResult(
    cameras: input.cameras.map {
      CalibratedCamera(name: $0.name, width: $0.width, height: $0.height)
    },
    boardWarp: nil, referenceFromBoard: input.frames.map { _ in nil }, rmsPixels: nil,
    holdoutRMSPixels: nil, outliers: [], findings: [], verdict: .notDetermined,
    times: CalibrationTimes(), log: [])
}
