/// Something that weighs: a real device, a recording, or a made-up one; who reads it cannot tell.
package protocol Scale: AnyObject {
  /// How many load cells it has; 0 for a scale that weighs by itself and gives a mass.
  var cells: Int { get }

  /// Whether it gives a sample as fast as it is asked; otherwise samples come at its own rate.
  var answersAtOnce: Bool { get }

  /// The next sample, in the order of time.
  ///
  /// Throws `.silent` when none came within `seconds`, `.gone` when the device was unplugged. After
  /// either it may be asked again; a device that came back needs a new `Scale`.
  func next(within seconds: Double) throws(DeviceError) -> ScaleSample

  /// Asks it to take what is on it for nothing. Throws `.unsupported` where it cannot.
  func zero() throws(DeviceError)
}

extension Scale {
  package var answersAtOnce: Bool { false }
}

/// One reading of a scale.
package struct ScaleSample: Equatable, Sendable {
  /// When it was read, seconds on the clock that does not run backwards (CLOCK_MONOTONIC).
  package let time: Double
  /// Of each load cell, zero for an unloaded bridge as far as the converter knows; empty for a scale
  /// that weighs by itself.
  package let counts: [Double]
  /// Kilograms; nil where it gives counts, or nothing that can be believed.
  package let mass: Double?
  package let status: ScaleStatus
  /// Degrees Celsius; nil where it is not measured.
  package let temperature: Double?

  package init(
    time: Double, counts: [Double] = [], mass: Double? = nil, status: ScaleStatus,
    temperature: Double? = nil
  ) {
    self.time = time
    self.counts = counts
    self.mass = mass
    self.status = status
    self.temperature = temperature
  }
}
