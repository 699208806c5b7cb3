public import Documents
public import LensModels
public import Measurements

/// Why a bundle could not be stored or loaded, as data.
public enum BundleError: Error, Equatable, Sendable {
  case storage(StorageError)
  /// The signature is missing, or not to be relied on.
  case signing(SigningError)
  /// `bundle.json` is not what this software can read.
  case document(DocumentError)
  /// The system's clock shows a time before this software was made.
  case brokenClock(shown: UTCTime, earliest: UTCTime)
  /// The cart has no such revision; nil: none is current.
  case noSuchRevision(cart: String, revision: Int?, store: String, existing: [Int])
  /// No revision before the one in force can be relied on.
  case nothingToRollBackTo(cart: String, store: String)
  /// A camera's parameters do not fit its model.
  case lens(camera: String, LensError)
  /// Another bundle has this number already.
  case revisionTaken(cart: String, revision: Int, store: String)
  /// Another process keeps writing bundles of this cart.
  case busy(path: String)

  /// What a command that ends with this error returns.
  public var exitStatus: ExitStatus {
    switch self {
    case .storage, .signing, .busy, .revisionTaken: .storage
    case .document(.newerSchema), .noSuchRevision, .nothingToRollBackTo: .badInput
    case .document(.notFinite), .document(.unencodable), .lens: .unexpected
    case .document: .storage
    case .brokenClock: .device
    }
  }
}

extension BundleError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .storage(let error): return error.description
    case .signing(let error): return error.description
    case .document(let error): return error.description
    case .brokenClock(let shown, let earliest):
      return "The clock of this computer shows \(shown), which is before this software was made "
        + "(\(earliest)). Set the clock, then try again; nothing was stored."
    case .noSuchRevision(let cart, let revision, let store, let existing):
      let what = revision.map { "no revision \($0)" } ?? "no current revision"
      let have =
        existing.isEmpty
        ? "It has none at all."
        : "It has \(existing.suffix(20).map(String.init).joined(separator: ", "))."
      let next =
        revision == nil && !existing.isEmpty
        ? "Name a revision to see it." : "Name another cart, revision or store."
      return "Cart \(cart) has \(what) in \(store). \(have) \(next)"
    case .nothingToRollBackTo(let cart, let store):
      return
        "Cart \(cart) has no revision in \(store) before the one in force that is whole, signed "
        + "and passed. cartcal bundle list shows what there is."
    case .revisionTaken(let cart, let revision, let store):
      return
        "Cart \(cart) has another revision \(revision) in \(store) already, which is left as it "
        + "is: the two were made apart from each other. Compare them with cartcal bundle diff, and keep "
        + "one in a store of its own."
    case .lens(let camera, let error):
      return "Camera \(camera): \(error)"
    case .busy(let path):
      return "\(path) is locked: another program is writing bundles of this cart. "
        + "Wait until it is done, then try again."
    }
  }
}
