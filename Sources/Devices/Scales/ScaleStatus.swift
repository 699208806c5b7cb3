/// What a scale or converter says of a reading, in one vocabulary for all protocols: that of OPC
/// 40200 and of the HID point-of-sale tables together. Several can hold at once.
package struct ScaleStatus: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The indication has come to rest.
  package static let stable = ScaleStatus(rawValue: 1 << 0)
  package static let motion = ScaleStatus(rawValue: 1 << 1)
  /// At the centre of zero.
  package static let zero = ScaleStatus(rawValue: 1 << 2)
  /// Below zero, or below what can be shown.
  package static let under = ScaleStatus(rawValue: 1 << 3)
  /// More than the scale can weigh, or the converter can count.
  package static let over = ScaleStatus(rawValue: 1 << 4)
  package static let fault = ScaleStatus(rawValue: 1 << 5)
  package static let needsCalibration = ScaleStatus(rawValue: 1 << 6)
  /// Its zero is not where it may be: unload it and zero it.
  package static let needsZero = ScaleStatus(rawValue: 1 << 7)
  /// A tare is subtracted. No fault.
  package static let net = ScaleStatus(rawValue: 1 << 8)

  /// Each condition with its word in files, in the order in which they are written.
  package static let words: [(status: ScaleStatus, word: String)] = [
    (.stable, "stable"), (.motion, "motion"), (.zero, "zero"), (.under, "under"), (.over, "over"),
    (.fault, "fault"), (.needsCalibration, "needs_calibration"), (.needsZero, "needs_zero"),
    (.net, "net"),
  ]

  /// Whether a mass that comes with this status can be believed.
  package var isTrusted: Bool {
    isDisjoint(with: [.over, .fault, .needsCalibration, .needsZero])
  }
}

extension ScaleStatus: CustomStringConvertible {
  /// The words with plus signs between them, `stable+zero`; empty where nothing is known.
  package var description: String {
    Self.words.filter { contains($0.status) }.map(\.word).joined(separator: "+")
  }

  /// The status in such a text; nil where it has another word.
  package init?(_ text: String) {
    self = []
    for word in text.split(separator: "+", omittingEmptySubsequences: false) where !text.isEmpty {
      guard let known = Self.words.first(where: { $0.word == word }) else { return nil }
      insert(known.status)
    }
  }
}
