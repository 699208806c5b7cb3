/// The circumstances of a simulated session.
package struct WeighingConditions: Sendable {
  /// Samples per second.
  package var rate = 10.0
  /// degC at the start, and how far it goes on in the session, slowing down.
  package var temperature = 22.0
  package var warming = 2.3
  /// True where the plate does not bend.
  package var rigid = false
  /// True where the scale has an accelerometer; its error is a milliradian.
  package var hasAccelerometer = false
  /// How far masses lie from where they should, at most, metres along each axis.
  package var placing = 0.004
  /// Chance that a step has a burst of vibration, as when a cart passes by.
  package var bursts = 0.1
  /// Amplitude of mains hum, kilograms a cell, at nearly 50 Hz.
  package var hum = 0.05e-3
  package var faults: [ScaleFault] = []

  package init() {}
}
