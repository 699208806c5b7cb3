/// What a calibration must keep to pass. These defaults hold until a rig brings its own.
///
/// They are set so that a careful capture with an ordinary board passes with room to spare, and
/// what a perception stack would notice does not: a lens known to no better than half a pixel, a
/// camera whose place is known to no better than a millimetre. The table in the README lists them.
package struct CalibrationLimits: Equatable, Sendable {
  /// RMS of the median view that had no part in the solution, pixels.
  package var holdoutRMSPixels = 0.6
  /// One standard deviation of projected pixels, root mean square over the corners seen, at the
  /// boards' median distance, pixels.
  package var projectionSigmaPixels = 0.5
  /// Root mean square difference between the lenses of even and odd frames, beyond three times what
  /// noise lets expect, pixels.
  package var crossValidationPixels = 0.75
  /// The part of corners thrown out, 0...1.
  package var outlierShare = 0.06
  /// The part of the picture's cells in which corners were used, at least, 0...1.
  package var coverage = 0.25
  /// One standard deviation of a camera's place relative to the reference camera, along the worst
  /// axis: metres and radians.
  package var positionSigma = 1e-3
  package var directionSigma = 3e-3
  /// The bend of the board: how far its middle lies behind its edges, metres. Boards bent further
  /// are no longer bent as simply as the model has it.
  package var boardBend = 1.5e-3
  /// How much longer the board may be along columns than along rows, as a part, 0...1.
  package var boardStretch = 2e-3
  /// How far a lens model may be from what the camera saw, root mean square over the covered part
  /// of the picture, pixels.
  package var lensErrorPixels = 0.25
  /// How far corners may lie, root mean square, from where a rig of cameras that stand still and
  /// take their pictures at one instant would have them, beyond their noise; pixels.
  package var disagreementPixels = 0.25
  /// How far the worst point of the basket that two cameras see may be expected to be off with the
  /// two that place it best, metres.
  package var basketError = 2e-3
  /// The part of the basket's points that two cameras see where corners were used, at least, 0...1.
  package var basketCovered = 0.25
  /// Within this part of a limit, a number is marginal.
  package var guardBand = 0.1

  package init() {}
}
