extension String {
  /// The text with a full stop, unless it ends with one: details from elsewhere may be sentences.
  package var asSentence: String { hasSuffix(".") ? self : self + "." }
}
