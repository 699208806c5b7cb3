/// How the scale of a cart design is read, and by what it is known.
package struct ScaleWiring: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// A load-cell converter under the kernel's IIO.
    case loadCells = "load_cells"
    /// A USB point-of-sale scale.
    case usb
    /// A scale on a serial line, by what it speaks.
    case mtSICS = "mt_sics"
    case toledo8217 = "toledo_8217"
    case toledoContinuous = "toledo_continuous"

    /// What it is found as.
    package var found: FoundScale.Kind {
      switch self {
      case .loadCells: .iio
      case .usb: .hid
      case .mtSICS, .toledo8217, .toledoContinuous: .serial
      }
    }
  }

  package var kind: Kind
  /// Nil for the only one of its kind.
  package var match: DeviceMatch?
  /// What a Toledo 8217 scale is set to, which its protocol does not say.
  package var unit: ScaleUnit
  /// Whether a scale that sends Toledo's continuous format ends each message with a checksum.
  package var hasChecksum: Bool

  package init(
    _ kind: Kind, match: DeviceMatch? = nil, unit: ScaleUnit = .kilogram, hasChecksum: Bool = true
  ) {
    self.kind = kind
    self.match = match
    self.unit = unit
    self.hasChecksum = hasChecksum
  }

  /// Nil for what is no serial line.
  package var language: SerialScale.Language? {
    switch kind {
    case .loadCells, .usb: nil
    case .mtSICS: .mtSICS
    case .toledo8217: .toledo8217(unit)
    case .toledoContinuous: .toledoContinuous(hasChecksum: hasChecksum)
    }
  }
}
