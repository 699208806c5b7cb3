import CPNG

/// The words libpng left in its control structure.
enum PNGMessage {
  static func text(of image: png_image) -> String {
    let text = withUnsafeBytes(of: image.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    return text.isEmpty ? "the header contradicts itself" : text
  }
}
