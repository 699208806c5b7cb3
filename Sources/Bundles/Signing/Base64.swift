import CSodium

/// Base64 with padding (RFC 4648, section 4), through libsodium.
enum Base64 {
  private static let variant = sodium_base64_VARIANT_ORIGINAL

  static func text(_ bytes: [UInt8]) -> String {
    let length = sodium_base64_encoded_len(bytes.count, variant)
    var text = [CChar](repeating: 0, count: length)
    sodium_bin2base64(&text, length, bytes, bytes.count, variant)
    return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Exactly `count` bytes; nil where the text stands for anything else.
  static func bytes(_ text: String, count: Int) -> [UInt8]? {
    let characters = text.utf8.map { CChar(bitPattern: $0) }
    var bytes = [UInt8](repeating: 0, count: count)
    var written = 0
    var end: UnsafePointer<CChar>?
    let isWhole = characters.withUnsafeBufferPointer { source -> Bool in
      guard let start = source.baseAddress else { return false }
      let status = sodium_base642bin(
        &bytes, count, start, source.count, nil, &written, &end, variant)
      return status == 0 && end == start + source.count
    }
    return isWhole && written == count ? bytes : nil
  }
}
