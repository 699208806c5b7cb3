import CV4L2
import Execution
import Files
import Glibc

/// A camera over Video4Linux, streaming through memory shared with its driver.
package final class V4L2Camera: Camera {
  package let node: String
  package let stream: CameraStream
  /// What it did otherwise than it was asked: controls it did not take, another rate.
  package let deviations: [CameraDeviation]

  private let handle: V4L2Handle
  private let buffers: [UnsafeMutableRawBufferPointer]
  /// Bytes of a picture in a format of fixed size; 0 for compressed ones.
  private let pictureBytes: Int

  /// Pictures the driver may hold while nobody reads: a fifth of a second at 30 a second.
  private static let bufferCount: UInt32 = 6

  /// Opens `node`, agrees on what it sends, and starts it.
  ///
  /// Throws `.unsupported` where the camera would send another format or size than asked for; a
  /// control or a rate it does not take is a deviation.
  package init(_ node: String, _ request: CameraRequest) throws(DeviceError) {
    do throws(FileError) {
      let handle = try V4L2Handle(node)
      var capability = v4l2_capability()
      try handle.control(cartcal_VIDIOC_QUERYCAP, &capability, "VIDIOC_QUERYCAP")
      let needed = UInt32(V4L2_CAP_VIDEO_CAPTURE) | UInt32(V4L2_CAP_STREAMING)
      let abilities =
        capability.capabilities & UInt32(V4L2_CAP_DEVICE_CAPS) != 0
        ? capability.device_caps : capability.capabilities
      guard abilities & needed == needed else {
        throw FileError.system(call: "VIDIOC_QUERYCAP", path: node, code: ENOTSUP)
      }
      let (stream, pictureBytes) = try Self.agree(handle, request)
      var deviations = Self.set(request.controls, handle)
      let rate = Self.agreeRate(handle, request.rate)
      if let asked = request.rate, rate.map({ abs($0 - asked) > 0.01 * asked }) ?? true {
        deviations.append(CameraDeviation(what: "rate", asked: asked, got: rate))
      }
      self.stream = CameraStream(
        pixelFormat: stream.pixelFormat, width: stream.width, height: stream.height,
        bytesPerRow: stream.bytesPerRow, rate: rate)
      self.deviations = deviations
      self.pictureBytes = pictureBytes
      buffers = try Self.start(handle)
      self.handle = handle
      self.node = node
    } catch {
      throw Self.error(error, node: node)
    }
    guard stream.pixelFormat == request.pixelFormat, stream.width == request.width,
      stream.height == request.height
    else {
      throw .unsupported(
        node: node,
        problem:
          "asked for \(request.width)x\(request.height) \(request.pixelFormat), it would send "
          + "\(stream.width)x\(stream.height) \(stream.pixelFormat)")
    }
  }

  deinit {
    var type = Int32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
    // A camera that is gone cannot be stopped, and need not be.
    do throws(FileError) {
      try handle.control(cartcal_VIDIOC_STREAMOFF, &type, "VIDIOC_STREAMOFF")
    } catch {}
    for buffer in buffers { _ = v4l2_munmap(buffer.baseAddress, buffer.count) }
  }

  package func next(within seconds: Double) throws(DeviceError) -> CapturedPicture {
    let end = ResourceUse.wallSeconds + seconds
    do throws(FileError) {
      while true {
        let left = end - ResourceUse.wallSeconds
        var waiting = pollfd(fd: handle.descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(max(0, min(left, 3600) * 1000).rounded(.up))
        let ready = try systemCall("poll", node) { poll(&waiting, 1, milliseconds) }
        guard ready > 0 else { throw FileError.system(call: "poll", path: node, code: ETIMEDOUT) }
        if let picture = try take(isFailing: waiting.revents & Int16(POLLIN) == 0) {
          return picture
        }
        guard left > 0 else { throw FileError.system(call: "poll", path: node, code: ETIMEDOUT) }
      }
    } catch {
      if error.code == ETIMEDOUT { throw .silent(node: node, seconds: seconds) }
      throw Self.error(error, node: node)
    }
  }

  /// A picture that is ready, copied, its memory given back; nil when there was none after all.
  /// `isFailing`: the driver says that something is wrong.
  private func take(isFailing: Bool) throws(FileError) -> CapturedPicture? {
    var buffer = Self.emptyBuffer()
    do throws(FileError) {
      try handle.control(cartcal_VIDIOC_DQBUF, &buffer, "VIDIOC_DQBUF")
    } catch {
      // EIO: a picture was lost, the stream goes on. On a camera that was just unplugged the first
      // call may fail with EINVAL.
      if error.code == EAGAIN || (error.code == EIO && !isFailing) { return nil }
      if isFailing { throw .system(call: "VIDIOC_DQBUF", path: node, code: ENODEV) }
      throw error
    }
    guard Int(buffer.index) < buffers.count else {
      throw .system(call: "VIDIOC_DQBUF", path: node, code: EPROTO)
    }
    let memory = buffers[Int(buffer.index)]
    // A driver that says more than there is gets what there is.
    let count = min(Int(buffer.bytesused), memory.count)
    // As one block: byte by byte this is most of the work of a camera.
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      UnsafeMutableRawBufferPointer(target).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
      filled = count
    }
    // Giving the memory back clears what the driver said of it.
    let sequence = Int(buffer.sequence)
    let (time, basis) = Self.time(of: buffer)
    let isDamaged =
      buffer.flags & UInt32(V4L2_BUF_FLAG_ERROR) != 0 || count == 0 || count < pictureBytes
    try handle.control(cartcal_VIDIOC_QBUF, &buffer, "VIDIOC_QBUF")
    return CapturedPicture(
      time: time, timeBasis: basis, sequence: sequence, isDamaged: isDamaged,
      bytes: bytes)
  }
}

extension V4L2Camera {
  private static func error(_ error: FileError, node: String) -> DeviceError {
    if error.code == ENOTSUP {
      return .unsupported(node: node, problem: "it does not send pictures into shared memory")
    }
    if error.code == ENOSPC {
      return .unsupported(
        node: node,
        problem:
          "its USB controller has no room left for its pictures; use MJPG, smaller pictures, "
          + "or a port of another controller")
    }
    return DeviceError(error, node: node, rule: AccessRule.camera)
  }

  private static func emptyBuffer(index: UInt32 = 0) -> v4l2_buffer {
    var buffer = v4l2_buffer()
    buffer.index = index
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
    buffer.memory = V4L2_MEMORY_MMAP.rawValue
    return buffer
  }

  /// Asks for format and size (VIDIOC_S_FMT); what the camera makes of it, and the bytes of a picture.
  private static func agree(
    _ handle: borrowing V4L2Handle, _ request: CameraRequest
  ) throws(FileError) -> (CameraStream, pictureBytes: Int) {
    var format = v4l2_format()
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
    format.fmt.pix.width = UInt32(clamping: request.width)
    format.fmt.pix.height = UInt32(clamping: request.height)
    format.fmt.pix.pixelformat = request.pixelFormat.code
    format.fmt.pix.field = V4L2_FIELD_ANY.rawValue
    try handle.control(cartcal_VIDIOC_S_FMT, &format, "VIDIOC_S_FMT")
    let got = format.fmt.pix
    let pixelFormat = PixelFormat(code: got.pixelformat)
    let stream = CameraStream(
      pixelFormat: pixelFormat, width: Int(got.width), height: Int(got.height),
      bytesPerRow: pixelFormat.isCompressed ? 0 : Int(got.bytesperline), rate: nil)
    return (stream, pixelFormat.isCompressed ? 0 : Int(got.sizeimage))
  }

  /// Asks for a rate (VIDIOC_S_PARM); the rate the camera says it has.
  private static func agreeRate(_ handle: borrowing V4L2Handle, _ rate: Double?) -> Double? {
    var parameters = v4l2_streamparm()
    parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
    do throws(FileError) {
      if let rate, rate > 0 {
        // In thousandths, so that 29.97 is one too.
        parameters.parm.capture.timeperframe = v4l2_fract(
          numerator: 1000, denominator: UInt32(clamping: Int((rate * 1000).rounded())))
        try handle.control(cartcal_VIDIOC_S_PARM, &parameters, "VIDIOC_S_PARM")
      } else {
        try handle.control(cartcal_VIDIOC_G_PARM, &parameters, "VIDIOC_G_PARM")
      }
    } catch { return nil }
    let period = parameters.parm.capture.timeperframe
    guard period.numerator > 0, period.denominator > 0 else { return nil }
    return Double(period.denominator) / Double(period.numerator)
  }

  /// Sets controls and reads them back; those that did not come out as asked.
  private static func set(
    _ controls: [CameraControl: Double], _ handle: borrowing V4L2Handle
  ) -> [CameraDeviation] {
    var deviations: [CameraDeviation] = []
    for control in CameraControl.allCases {
      guard let asked = controls[control] else { continue }
      let setting = CameraControlSetting(control)
      if let automatic = setting.automatic {
        // Not every camera has the automatic.
        _ = write(handle, automatic.identity, automatic.off)
      }
      let steps = setting.steps(asked)
      let got = write(handle, setting.identity, steps)
      if got != steps {
        deviations.append(
          CameraDeviation(
            what: control.rawValue, asked: asked, got: got.flatMap { setting.value($0) }))
      }
    }
    return deviations
  }

  /// Writes a control; what it reads back as, nil where the camera has none.
  private static func write(
    _ handle: borrowing V4L2Handle, _ identity: UInt32, _ value: Int32
  ) -> Int32? {
    var control = v4l2_control(id: identity, value: value)
    do throws(FileError) {
      try handle.control(cartcal_VIDIOC_S_CTRL, &control, "VIDIOC_S_CTRL")
    } catch {
      // Refused: what it is instead is read below.
    }
    do throws(FileError) {
      try handle.control(cartcal_VIDIOC_G_CTRL, &control, "VIDIOC_G_CTRL")
      return control.value
    } catch { return nil }
  }

  /// Shares memory with the driver and starts the stream.
  private static func start(
    _ handle: borrowing V4L2Handle
  ) throws(FileError) -> [UnsafeMutableRawBufferPointer] {
    var request = v4l2_requestbuffers()
    request.count = bufferCount
    request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
    request.memory = V4L2_MEMORY_MMAP.rawValue
    try handle.control(cartcal_VIDIOC_REQBUFS, &request, "VIDIOC_REQBUFS")
    guard request.count > 0 else {
      throw .system(call: "VIDIOC_REQBUFS", path: handle.path, code: ENOMEM)
    }
    var buffers: [UnsafeMutableRawBufferPointer] = []
    do throws(FileError) {
      for index in 0..<request.count {
        var buffer = emptyBuffer(index: index)
        try handle.control(cartcal_VIDIOC_QUERYBUF, &buffer, "VIDIOC_QUERYBUF")
        buffers.append(try handle.map(offset: buffer.m.offset, length: Int(buffer.length)))
        try handle.control(cartcal_VIDIOC_QBUF, &buffer, "VIDIOC_QBUF")
      }
      var type = Int32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
      try handle.control(cartcal_VIDIOC_STREAMON, &type, "VIDIOC_STREAMON")
    } catch {
      for buffer in buffers { _ = v4l2_munmap(buffer.baseAddress, buffer.count) }
      throw error
    }
    return buffers
  }

  private static func time(of buffer: v4l2_buffer) -> (Double, CapturedPicture.TimeBasis) {
    guard
      buffer.flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK)
        == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
    else { return (ResourceUse.wallSeconds, .reading) }
    let time = Double(buffer.timestamp.tv_sec) + Double(buffer.timestamp.tv_usec) * 1e-6
    let isStart =
      buffer.flags & UInt32(V4L2_BUF_FLAG_TSTAMP_SRC_MASK) == UInt32(V4L2_BUF_FLAG_TSTAMP_SRC_SOE)
    return (time, isStart ? .startOfExposure : .endOfFrame)
  }
}
