import Boards
import Execution
import Geometry
import LensModels
import Measurements

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
  var run = CalibrationRun(input, options)
  return run.result()
}
