package import Imaging

/// A capture on disk: the pictures of one or more cameras, put together into frames.
package struct RecordedSession: Equatable, Sendable {
  /// The session folder, as the caller named it.
  package let path: String
  /// At least one, in natural order of their names (`cam2` before `cam10`); each has a picture.
  package let cameras: [SessionCamera]
  /// The instants: every stem that any camera has, in natural order.
  package let frames: [String]
  /// What was found and not used, in the order it was met.
  package let skipped: [SkippedEntry]
  /// What `capture` wrote of it; nil for plain folders of pictures.
  package let recording: SessionRecording?

  package init(
    path: String, cameras: [SessionCamera], frames: [String], skipped: [SkippedEntry],
    recording: SessionRecording? = nil
  ) {
    self.path = path
    self.cameras = cameras
    self.frames = frames
    self.skipped = skipped
    self.recording = recording
  }
}

/// One camera of a session.
package struct SessionCamera: Equatable, Sendable {
  /// The folder's name; a valid role.
  package let name: String
  /// In natural order of their stems; stems are unique.
  package let pictures: [SessionPicture]

  package init(name: String, pictures: [SessionPicture]) {
    self.name = name
    self.pictures = pictures
  }
}

/// One picture file of a camera.
package struct SessionPicture: Equatable, Sendable {
  /// The file name without its extension: equal stems of different cameras are the same instant.
  /// Text from a file name: escape it before showing it.
  package let stem: String
  package let path: String
  package let content: Content

  /// How the bytes of the file are read.
  package enum Content: Equatable, Sendable {
    /// As a picture file, whose content says what it is.
    case encoded
    /// As the bytes a camera sent, which say nothing of themselves.
    case raw(RawPictureLayout)
  }

  package init(stem: String, path: String, content: Content = .encoded) {
    self.stem = stem
    self.path = path
    self.content = content
  }

  /// The picture as grey.
  package func decode(
    limits: PictureLimits = PictureLimits()
  ) throws(ImagingError) -> GreyImage {
    switch content {
    case .encoded: try PictureDecoder.decode(file: path, limits: limits).image
    case .raw(let layout): try RawPictureDecoder.decode(file: path, layout)
    }
  }
}

/// Something in a session folder that is not used, and why.
package struct SkippedEntry: Equatable, Sendable {
  /// Why an entry is not used. The raw value is for messages.
  package enum Reason: String, Sendable {
    case hidden = "a hidden file"
    case notAPicture = "not a picture file"
    case foreignPicture = "a picture format that is not read; convert it to PNG"
    case folder = "a folder inside a camera's folder"
    case folderWithoutPictures = "a folder without pictures"
    case outsideCameraFolder = "a picture outside the camera folders"
    case special = "a pipe, socket or device"
    case brokenLink = "a link that leads nowhere"
    case damaged = "a picture that its camera says is damaged"
    case incomplete = "a picture that was not written whole"
    case unknownPixelFormat = "a picture in a pixel format that is not read"
    case nameNotUTF8 = "a file name that is not UTF-8; rename it"
  }

  /// Text from file names: escape it before showing it.
  package let path: String
  package let reason: Reason

  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}
