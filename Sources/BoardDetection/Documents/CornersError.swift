package import Documents

/// What is wrong with a corners file.
package enum CornersError: Error, Equatable {
  case document(DocumentError)
  /// The content contradicts itself or the board; `place` is camera and picture.
  case inconsistent(file: String, place: String, detail: String)
}

extension CornersError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .document(let error): "\(error)"
    case .inconsistent(let file, let place, let detail):
      "\(file): \(place): \(detail.asSentence) "
        + "Make the corners file again, or leave this picture out of it."
    }
  }
}
