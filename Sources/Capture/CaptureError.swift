package import Devices
package import Documents
package import Measurements

/// Why a recording could not begin, or had to end, as data.
package enum CaptureError: Error, Equatable, Sendable {
  /// A device cannot be used; nothing was recorded.
  case device(role: String, DeviceError)
  /// Nothing could be written to begin with.
  case cannotBegin(StorageError)
  /// What was recorded before is kept in `session`.
  case storage(StorageError, session: String, frames: Int)
  /// The system gives no further thread.
  case noThreads
  /// A person stopped it before it had begun.
  case interrupted
}

extension CaptureError {
  /// The exit status of a command that ends with this error.
  package var exitStatus: ExitStatus {
    switch self {
    case .device(_, let error): error.exitStatus
    case .cannotBegin(.exists): .badInput
    case .cannotBegin, .storage: .storage
    case .noThreads: .unexpected
    case .interrupted: .interrupted
    }
  }
}

extension CaptureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .device(let role, let error): "\(role): \(error)"
    case .cannotBegin(let error): "\(error)"
    case .storage(let error, let session, let frames):
      "\(error) The recording ended there; \(session) keeps what came before (frames: \(frames)) "
        + "and can be used."
    case .interrupted: "Interrupted before anything was recorded."
    case .noThreads:
      "The system gives no further thread. Close other programs, or raise the limit (ulimit -u)."
    }
  }
}
