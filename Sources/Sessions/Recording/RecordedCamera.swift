package import Devices
import Files

/// A camera played back from a recording. It does not wait: pictures come as fast as they are asked
/// for, with the times and numbers they were recorded at.
package final class RecordedCamera: Camera {
  package let stream: CameraStream
  private let session: String
  private var pictures: ArraySlice<PictureRecord>

  /// Plays the pictures of `role`; nil where the session has no such camera.
  package init?(_ session: RecordedSession, role: String) {
    guard let recording = session.recording, let camera = recording.document.cameras[role],
      let format = PixelFormat(camera.stream.pixelFormat)
    else { return nil }
    stream = CameraStream(
      pixelFormat: format, width: camera.stream.width, height: camera.stream.height,
      bytesPerRow: camera.stream.bytesPerRow, rate: camera.stream.rate)
    self.session = session.path
    pictures = recording.frames.compactMap { $0.pictures[role] }[...]
  }

  /// Throws `.gone` at the end of the recording.
  package func next(within seconds: Double) throws(DeviceError) -> CapturedPicture {
    guard let record = pictures.popFirst() else { throw .gone(node: session) }
    let path = session + "/" + record.file
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: 512 << 20)
    } catch {
      throw .nonsense(node: path, problem: "the recording cannot be read: \(error.reason)")
    }
    return CapturedPicture(
      time: record.time, timeBasis: record.timeBasis, sequence: record.sequence,
      isDamaged: record.isDamaged || bytes.count != record.bytes, bytes: bytes)
  }
}
