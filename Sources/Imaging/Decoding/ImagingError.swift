package import Files

/// Why a picture could not be read or written, as data. `name` is the file, as the caller gave it.
package enum ImagingError: Error, Equatable {
  /// The file could not be opened or read: missing, a folder, a pipe, forbidden, too large.
  case unreadable(FileError)
  case empty(name: String)
  /// The content is no picture this program reads; `kind` names what it looks like, where known.
  case unknownFormat(name: String, kind: String?)
  /// The picture ends early.
  case truncated(name: String, format: PictureFormat)
  /// The content breaks the rules of its format.
  case damaged(name: String, format: PictureFormat, detail: String)
  /// A variant of the format that this program does not read.
  case unsupported(name: String, format: PictureFormat, detail: String)
  /// A JPEG in printing inks (CMYK or YCCK): there is no agreed way back to grey.
  case cmyk(name: String)
  case tooManyPixels(name: String, width: Int, height: Int, limit: Int)
  /// A picture without a header has fewer bytes than its size takes.
  case rawCutShort(name: String)
  /// The PNG library could not encode a picture.
  case encodingFailed(detail: String)
}

extension ImagingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let error):
      return "\(error). \(Self.remedy(for: error))"
    case .empty(let name):
      return "\(name) is empty (0 bytes). Copy or take the picture again, or remove the file."
    case .unknownFormat(let name, let kind):
      let what = kind.map { "is \($0)" } ?? "is no picture this program knows"
      return "\(name) \(what). Use JPEG, PNG, PGM or PPM; to convert: convert FILE FILE.png."
    case .truncated(let name, let format):
      return "\(name) is cut short: the \(format.rawValue) data ends early. "
        + "Copy or take the picture again, or remove the file."
    case .damaged(let name, let format, let detail):
      return "\(name) is damaged (\(format.rawValue): \(detail)). "
        + "Copy or take the picture again, or remove the file."
    case .unsupported(let name, let format, let detail):
      return "\(name) is a kind of \(format.rawValue) that is not read: \(detail). "
        + "Convert it: convert FILE FILE.png."
    case .cmyk(let name):
      return "\(name) is a CMYK JPEG, made for printing. "
        + "Use the camera's own file, or convert it: convert FILE -colorspace sRGB FILE.png."
    case .tooManyPixels(let name, let width, let height, let limit):
      return "\(name) says it has \(width) x \(height) pixels; the limit is \(limit) pixels. "
        + "Use the camera's own picture; a file that is not as large as it says is damaged."
    case .rawCutShort(let name):
      return "\(name) is cut short: it has fewer bytes than a picture of its size. "
        + "Take the picture again, or remove the file."
    case .encodingFailed(let detail):
      return "The picture could not be written as PNG: \(detail)."
    }
  }

  private static func remedy(for error: FileError) -> String {
    switch error {
    case .notRegular, .notAFolder: return "Name a picture file."
    case .tooLarge: return "Remove the file, or use a smaller picture."
    case .system where error.isMissing: return "Check the name."
    case .system where error.isForbidden:
      return "Give yourself the right to read it (chmod, chown)."
    case .system where error.isShortage:
      return "Use fewer threads (--threads 1), or raise the limit (ulimit), then try again."
    case .system: return "Check the disk and the cable, then try again."
    }
  }
}
