/// The name of a cart (its serial) or of a role in it: 1 to 64 of `A-Z a-z 0-9 . _ -`, not
/// beginning with a dot. Such a name is safe as a file name and in every format.
public struct Name: Hashable, Sendable {
  public let text: String

  /// What a name is given to; it stands in messages.
  public enum Subject: String, Sendable {
    case cartSerial = "cart serial"
    case role = "camera name"
    case cellName = "name of a load cell"
    case rigName = "rig name"
  }

  public init(_ text: String, of subject: Subject) throws(NameError) {
    let bytes = text.utf8
    guard (1...64).contains(bytes.count), bytes.first != UInt8(ascii: "."),
      bytes.allSatisfy(Self.isAllowed)
    else { throw NameError(subject: subject, text: text) }
    self.text = text
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Name: CustomStringConvertible, Comparable {
  public var description: String { text }

  public static func < (a: Name, b: Name) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

/// A text that cannot be a name.
public struct NameError: Error, Equatable, Sendable, CustomStringConvertible {
  public let subject: Name.Subject
  public let text: String

  public var description: String {
    "\"\(SafeText.line(text, limit: 80))\" cannot be a \(subject.rawValue): use 1 to 64 of "
      + "A-Z a-z 0-9 . _ - and do not begin with a dot."
  }
}
