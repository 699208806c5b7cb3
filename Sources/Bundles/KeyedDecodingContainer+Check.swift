import Documents

extension KeyedDecodingContainer {
  /// Refuses a value that was read but makes no sense; the error carries its key path.
  func check(_ holds: Bool, _ key: Key, _ detail: @autoclosure () -> String) throws {
    guard holds else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: detail())
    }
  }

  /// Refuses a text that cannot be a name.
  func checkName(_ text: String, of subject: Name.Subject, _ key: Key) throws {
    do throws(NameError) {
      _ = try Name(text, of: subject)
    } catch {
      try check(false, key, error.description)
    }
  }
}
