import Files
import Glibc
package import Measurements

/// Why a device cannot be used, as data.
package enum DeviceError: Error, Equatable, Sendable {
  /// Nothing is there.
  case missing(node: String)
  /// It was there and has been unplugged.
  case gone(node: String)
  /// This process may not open it. `rule` is the udev rule that lets it.
  case forbidden(node: String, rule: String)
  /// Another program has it; `holders` are those that could be seen.
  case busy(node: String, holders: [DeviceHolder])
  /// A call to its driver failed.
  case failed(node: String, call: String, code: Int32)
  /// It sent nothing for so long.
  case silent(node: String, seconds: Double)
  /// It cannot do what was asked; `problem` says what, in words.
  case unsupported(node: String, problem: String)
  /// It does not do as it said, or sends what is no reading.
  case nonsense(node: String, problem: String)
  /// The list of devices cannot be had.
  case noUdev(reason: String)

  /// The exit status of a command that ends with this error.
  package var exitStatus: ExitStatus { .device }
}

extension DeviceError {
  /// The error of a failed call on `node`; `rule` is the udev rule that grants access to it.
  init(_ error: FileError, node: String, rule: String) {
    guard case .system(let call, _, let code) = error else {
      self = .failed(node: node, call: "open", code: EINVAL)
      return
    }
    switch code {
    case ENOENT: self = .missing(node: node)
    case ENODEV, ENXIO, ESHUTDOWN: self = .gone(node: node)
    case EACCES, EPERM: self = .forbidden(node: node, rule: rule)
    case EBUSY: self = .busy(node: node, holders: DeviceHolder.find(node))
    default: self = .failed(node: node, call: call, code: code)
    }
  }
}

extension DeviceError: CustomStringConvertible {
  package var description: String { "\(problem) \(remedy)" }

  /// What is wrong and where, as a sentence.
  package var problem: String {
    switch self {
    case .missing(let node): "\(node) does not exist."
    case .gone(let node): "\(node) has been unplugged."
    case .forbidden(let node, _): "\(node) may not be opened by you."
    case .busy(let node, let holders):
      holders.isEmpty
        ? "\(node) is in use by another program."
        : "\(node) is in use by \(holders.map(\.description).joined(separator: ", "))."
    case .failed(let node, let call, let code):
      "\(node) does not answer: \(call): \(FileError.message(code))."
    case .silent(let node, let seconds):
      "\(node) has sent nothing for \(Int(seconds.rounded(.up))) s."
    case .unsupported(let node, let problem): "\(node): \(problem)."
    case .nonsense(let node, let problem): "\(node): \(problem)."
    case .noUdev(let reason): "The list of devices cannot be had: \(reason)."
    }
  }

  /// The one next action.
  package var remedy: String {
    switch self {
    case .missing, .gone: "Plug it in; cartcal devices lists what is there."
    case .forbidden(_, let rule):
      "Install factory/udev/70-cartcal.rules as root into /etc/udev/rules.d, with this line added "
        + "if it is not in it: \(rule); then run: udevadm control --reload && udevadm trigger"
    case .busy(_, let holders):
      holders.isEmpty
        ? "Close that program; run cartcal devices as root to see which it is."
        : "Close that program, then try again."
    case .failed, .silent: "Unplug it and plug it in again, then try another cable and port."
    case .unsupported: "Choose something that cartcal devices --json lists for it."
    case .nonsense: "Check that it is the device it is taken for, and its settings."
    case .noUdev: "Check that /sys is mounted and that this process may open files."
    }
  }
}
