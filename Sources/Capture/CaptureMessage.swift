import Devices
import Sessions

/// What the threads that read devices tell the one that records.
enum CaptureMessage: Sendable {
  /// A camera, by its number, was opened for the first time, or again.
  case opened(camera: Int, CameraStream, [CameraDeviation])
  /// `stream` counts how often it was opened, from 0.
  case picture(camera: Int, CapturedPicture, CameraStream, stream: Int)
  case event(camera: Int, EventRecord.Kind, detail: String?)
  /// A camera could not be opened at the beginning.
  case unusable(camera: Int, DeviceError)
  case scaleOpened(cells: Int)
  case sample(ScaleSample, tilt: SIMD2<Double>?)
  case scaleEvent(EventRecord.Kind, detail: String?)
  case scaleUnusable(DeviceError)
}

/// Whether a device is merely not there: it may come back.
extension DeviceError {
  var isAbsence: Bool {
    switch self {
    case .missing, .gone: true
    default: false
    }
  }
}
