import CV4L2
import Files
import Glibc

/// What a video node says of itself, asked without disturbing whoever uses it.
struct CameraProbe {
  let name: String
  let driver: String
  let canCapture: Bool
  /// It can send pictures only in several planes, which are not read here.
  let isMultiPlanar: Bool
  let formats: [CameraFormat]
  /// Another program has the camera's buffers.
  let isBusy: Bool

  /// How many formats, sizes and rates are asked for: a broken driver lists without end.
  private static let limit: UInt32 = 64

  /// Asks the node at `path` (VIDIOC_QUERYCAP, VIDIOC_ENUM_FMT and its kin).
  init(_ path: String) throws(FileError) {
    let file = try DeviceFile(path, .readWrite)
    var capability = v4l2_capability()
    try file.control(cartcal_VIDIOC_QUERYCAP, &capability, "VIDIOC_QUERYCAP")
    name = withUnsafeBytes(of: capability.card) { Self.text($0) }
    driver = withUnsafeBytes(of: capability.driver) { Self.text($0) }
    // A driver with several nodes says what this one does in device_caps (bit 31 of capabilities).
    let abilities =
      capability.capabilities & UInt32(V4L2_CAP_DEVICE_CAPS) != 0
      ? capability.device_caps : capability.capabilities
    isMultiPlanar = abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE_MPLANE) != 0
    canCapture = abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE) != 0 && !isMultiPlanar
    formats = canCapture ? Self.formats(file) : []
    isBusy = canCapture && Self.isBusy(file)
  }

  /// Whether another open file has the buffers. Asking for none frees none of theirs, and is refused
  /// with EBUSY while somebody has some.
  private static func isBusy(_ file: borrowing DeviceFile) -> Bool {
    var request = v4l2_requestbuffers()
    request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
    request.memory = V4L2_MEMORY_MMAP.rawValue
    do throws(FileError) {
      try file.control(cartcal_VIDIOC_REQBUFS, &request, "VIDIOC_REQBUFS")
      return false
    } catch { return error.code == EBUSY }
  }

  private static func formats(_ file: borrowing DeviceFile) -> [CameraFormat] {
    var formats: [CameraFormat] = []
    for index in 0..<limit {
      var format = v4l2_fmtdesc()
      format.index = index
      format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
      guard answers(file, cartcal_VIDIOC_ENUM_FMT, &format) else { break }
      let pixelFormat = PixelFormat(code: format.pixelformat)
      formats.append(CameraFormat(pixelFormat: pixelFormat, sizes: sizes(file, pixelFormat)))
    }
    return formats
  }

  private static func sizes(
    _ file: borrowing DeviceFile, _ format: PixelFormat
  ) -> [CameraFormat.Size] {
    var sizes: [CameraFormat.Size] = []
    for index in 0..<limit {
      var size = v4l2_frmsizeenum()
      size.index = index
      size.pixel_format = format.code
      guard answers(file, cartcal_VIDIOC_ENUM_FRAMESIZES, &size) else { break }
      let isOne = size.type == V4L2_FRMSIZE_TYPE_DISCRETE.rawValue
      // Of a range of sizes, the largest.
      let (width, height) =
        isOne
        ? (size.discrete.width, size.discrete.height)
        : (size.stepwise.max_width, size.stepwise.max_height)
      sizes.append(
        CameraFormat.Size(
          width: Int(width), height: Int(height), rates: rates(file, format, width, height)))
      if !isOne { break }
    }
    return sizes
  }

  private static func rates(
    _ file: borrowing DeviceFile, _ format: PixelFormat, _ width: UInt32, _ height: UInt32
  ) -> [Double] {
    var rates: Set<Double> = []
    for index in 0..<limit {
      var interval = v4l2_frmivalenum()
      interval.index = index
      interval.pixel_format = format.code
      interval.width = width
      interval.height = height
      guard answers(file, cartcal_VIDIOC_ENUM_FRAMEINTERVALS, &interval) else { break }
      let isOne = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE.rawValue
      // Of a range of intervals, the shortest: the fastest rate.
      let seconds = isOne ? interval.discrete : interval.stepwise.min
      if seconds.numerator > 0, seconds.denominator > 0 {
        rates.insert(Double(seconds.denominator) / Double(seconds.numerator))
      }
      if !isOne { break }
    }
    return rates.sorted(by: >)
  }

  /// False at the end of a list, and where the driver cannot list at all.
  private static func answers<Argument>(
    _ file: borrowing DeviceFile, _ request: UInt, _ argument: inout Argument
  ) -> Bool {
    do throws(FileError) {
      try file.control(request, &argument, "ioctl")
      return true
    } catch { return false }
  }

  /// The text in a field of fixed size.
  private static func text(_ field: UnsafeRawBufferPointer) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }
}
