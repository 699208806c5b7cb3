public import LensModels

/// Formats of other tools that the cameras of a bundle can be written in.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// OpenCV's FileStorage (YAML), a file for each camera.
  case opencv
  /// CameraInfo of ROS (YAML), a file for each camera; it carries no places.
  case ros
  /// Kalibr's camera chain (YAML).
  case kalibr
  /// `.cameramodel` of mrcal, a file for each camera.
  case mrcal
  /// `rig_config.json` of COLMAP.
  case colmap
  /// Links and fixed joints; it carries no lenses.
  case urdf
  /// One table.
  case csv
}

/// How a lens model stands in a format.
public enum LensFit: Equatable, Sendable {
  /// The same function of the same numbers, by the format's name for it.
  case exact(String)
  /// The same, where a coefficient is exactly zero: the one of that index is what the format lacks.
  case exactWithout(String, coefficient: Int)
  /// The format knows no lenses.
  case notCarried
  /// The format cannot say it, and why. It is never bent to fit.
  case refused(String)
}

extension ExportFormat {
  /// How `kind` stands in this format: the table of the documentation.
  public func fit(_ kind: LensKind) -> LensFit {
    switch self {
    case .opencv:
      return .exact(kind == .kannalaBrandt4 ? "fisheye" : "pinhole")
    case .ros:
      switch kind {
      case .pinhole, .opencv4, .opencv5: return .exact("plumb_bob")
      case .opencv8: return .exact("rational_polynomial")
      case .kannalaBrandt4: return .exact("equidistant")
      }
    case .kalibr:
      switch kind {
      case .pinhole: return .exact("pinhole-none")
      case .opencv4: return .exact("pinhole-radtan")
      case .opencv5: return .exactWithout("pinhole-radtan", coefficient: 4)
      case .opencv8:
        return .refused("Kalibr's radtan has two radial coefficients, this lens has six")
      case .kannalaBrandt4: return .exact("pinhole-equidistant")
      }
    case .mrcal:
      switch kind {
      case .pinhole: return .exact("LENSMODEL_PINHOLE")
      case .opencv4: return .exact("LENSMODEL_OPENCV4")
      case .opencv5: return .exact("LENSMODEL_OPENCV5")
      case .opencv8: return .exact("LENSMODEL_OPENCV8")
      case .kannalaBrandt4: return .refused("mrcal has no model of Kannala and Brandt")
      }
    case .colmap:
      switch kind {
      case .pinhole: return .exact("PINHOLE")
      case .opencv4: return .exact("OPENCV")
      case .opencv5, .opencv8: return .exact("FULL_OPENCV")
      case .kannalaBrandt4: return .exact("OPENCV_FISHEYE")
      }
    case .urdf: return .notCarried
    case .csv: return .exact(kind.rawValue)
    }
  }

  /// True where cameras stand relative to each other, so that each needs a place.
  var needsPlaces: Bool {
    switch self {
    case .kalibr, .mrcal, .colmap, .urdf: true
    case .opencv, .ros, .csv: false
    }
  }
}

/// One file of an export.
public struct ExportedFile: Equatable, Sendable {
  /// In the folder of the export.
  public let name: String
  public let bytes: [UInt8]

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }
}

/// Why cameras cannot be written in a format.
public enum ExportError: Error, Equatable, Sendable {
  /// The bundle holds no cameras.
  case noCameras
  case unknownCamera(String, cameras: [String])
  /// A camera without a lens.
  case noLens(camera: String)
  case lens(camera: String, LensError)
  /// A camera whose lens the format cannot say.
  case refused(camera: String, LensKind, ExportFormat, reason: String)
  /// A camera whose place is not known, for a format that needs it.
  case noPlace(camera: String, ExportFormat)
  /// Two cameras that cannot be rectified.
  case notSideBySide(left: String, right: String, problem: String)
}

extension ExportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noCameras:
      return "The bundle holds no cameras, only a scale. Solve the cameras first."
    case .unknownCamera(let name, let cameras):
      return "The bundle has no camera \(name). It has: \(cameras.joined(separator: ", "))."
    case .noLens(let camera):
      return "Camera \(camera) has no lens, since it could not be solved. Leave it out with "
        + "--cameras, or calibrate it."
    case .lens(let camera, let error):
      return "Camera \(camera): \(error)"
    case .refused(let camera, let kind, let format, let reason):
      return "Camera \(camera) (\(kind.rawValue)) cannot be written for \(format.rawValue): "
        + "\(reason). Choose another format, leave it out with --cameras, or solve it with another "
        + "--lens."
    case .noPlace(let camera, let format):
      return
        "Camera \(camera) has no place relative to the others, which \(format.rawValue) needs. "
        + "Leave it out with --cameras, or calibrate it together with the others."
    case .notSideBySide(let left, let right, let problem):
      return
        "\(left) and \(right) cannot be rectified: \(problem). Name two cameras that stand side "
        + "by side and look the same way, the left one first."
    }
  }
}
