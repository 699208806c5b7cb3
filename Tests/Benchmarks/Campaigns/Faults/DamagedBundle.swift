import Bundles
import Documents
import Files
import Geometry
import LensModels
import Simulation

/// A signed bundle in a folder, and what somebody or something did to it.
struct DamagedBundle: Sendable {
  enum Fault: String, CaseIterable, Codable, Sendable {
    /// One bit of one file.
    case bitFlip = "bit_flip"
    case truncation
    /// Bytes behind the end.
    case addition
    /// Bytes become zeros, as a disk that lost a page gives them back.
    case zeros
    /// A file of another bundle, of another revision or cart, under its name.
    case swappedFile = "swapped_file"
    /// The signature of another bundle.
    case movedSignature = "moved_signature"
    /// All but one file of another bundle, sums and signature included.
    case swappedRest = "swapped_rest"
    /// A file was changed, and the sums were made to agree; nobody signed that.
    case sumsMadeToAgree = "sums_made_to_agree"
    /// A file that may not be missing is gone.
    case missingFile = "missing_file"
  }

  /// By path in a revision's folder; of two carts.
  private let bundles: [[String: [UInt8]]]
  private let keys: TrustedKeys

  /// Two revisions of one cart and one of another, all signed by one key.
  init() throws {
    let folder = try TemporaryPlace()
    let key = try SecretKey.generate()
    let keyFolder = folder("keys")
    try Files.makeFolder(keyFolder)
    try AtomicFile.write(
      Array(key.publicKey.fileText.utf8), to: "\(keyFolder)/\(key.publicKey.id).pub")
    keys = try TrustedKeys(folder: keyFolder)
    let store = BundleStore(path: folder("store"), trust: .signed(by: keys))
    var bundles: [[String: [UInt8]]] = []
    for (index, cart) in ["CART-A", "CART-A", "CART-B"].enumerated() {
      var numbers = SeededNumbers(UInt64(index) + 1)
      let stored = try store.write(
        Self.draft(cart, &numbers), activate: true, key: key,
        pages: { _ in
          ["report.html": Array("<!DOCTYPE html><title>\(index)</title>\n".utf8)]
        })
      var files: [String: [UInt8]] = [:]
      for path in [
        "bundle.json", "bundle.bin", "report.html", "SHA256SUMS", "SHA256SUMS.minisig",
        "evidence/corners.json", "evidence/information.json",
      ] { files[path] = try Files.read(stored.folder + "/" + path, limit: 1 << 24) }
      bundles.append(files)
    }
    self.bundles = bundles
  }

  private static func draft(
    _ cart: String, _ numbers: inout SeededNumbers
  ) throws -> BundleDraft {
    var cameras: [String: CameraRecord] = [:]
    for (index, kind) in LensKind.allCases.enumerated() {
      cameras["cam\(index)"] = CameraRecord(
        lens: try Lens.drawn(kind, focal: 0.5, &numbers), width: 1280, height: 800,
        referenceFromCamera: PoseRecord(
          RigidTransform(
            rotation: numbers.rotation(upTo: 1), translation: numbers.direction() * 0.3)),
        views: 20, unanchoredViews: 0, corners: 1000, rmsPixels: numbers.uniform(0.1, 0.2),
        holdoutRMSPixels: nil)
    }
    func evidence() -> [UInt8] {
      Array((0..<400).map { _ in "\(numbers.uniform(0, 1000))\n" }.joined().utf8)
    }
    return BundleDraft(
      cart: try Name(cart, of: .cartSerial), created: BundleStore.earliestTime,
      software: .init(name: "campaigns", version: "1"),
      board: .init(word: "checkerboard:9x6:25mm", warp: [0, 0]), cameras: cameras,
      referenceCamera: "cam0", rmsPixels: 0.1, findings: [], verdict: .pass,
      evidence: [
        "evidence/corners.json": evidence(), "evidence/information.json": evidence(),
      ])
  }

  /// What a reader makes of a bundle with a fault.
  struct Outcome: Encodable, Sendable {
    var fault: String
    var file: String
    /// Nil where the bundle was taken.
    var refusal: String?
    /// True where the bundle was refused, or what was taken is what was written and signed: a comment
    /// that nothing rests on, for one.
    var isSafe: Bool

    private enum CodingKeys: String, CodingKey {
      case fault, file, refusal
      case isSafe = "is_safe"
    }
  }

  func outcome(seed: UInt64) throws -> Outcome {
    var numbers = SeededNumbers(seed)
    let fault = Fault.allCases[numbers.index(Fault.allCases.count)]
    let own = numbers.index(bundles.count)
    let (files, file) = damaged(fault, own, &numbers)
    let folder = try TemporaryPlace()
    try Files.makeFolder(folder("evidence"))
    for (path, bytes) in files { try Files.writeUnsynced(folder(path), bytes) }
    var outcome = Outcome(fault: fault.rawValue, file: file, refusal: nil, isSafe: true)
    do throws(BundleError) {
      let checked = try BundleStore.verifiedBundle(in: folder.path, trust: .signed(by: keys))
      let whole = try TemporaryPlaceOfWhole(bundles[own], keys)
      outcome.isSafe =
        checked.bundle == whole.bundle && checked.signature == whole.signature
        && files.filter { $0.key != "SHA256SUMS.minisig" }
          == bundles[own].filter { $0.key != "SHA256SUMS.minisig" }
    } catch {
      outcome.refusal = "\(error)".replacing(folder.path, with: "")
    }
    return outcome
  }

  private func damaged(
    _ fault: Fault, _ own: Int, _ numbers: inout SeededNumbers
  ) -> (files: [String: [UInt8]], file: String) {
    var files = bundles[own]
    let paths = files.keys.sorted()
    let file = paths[numbers.index(paths.count)]
    let other = bundles[(own + 1 + numbers.index(bundles.count - 1)) % bundles.count]
    var bytes = files[file] ?? []
    switch fault {
    case .bitFlip: bytes[numbers.index(bytes.count)] ^= 1 << UInt8(numbers.index(8))
    case .truncation: bytes = Array(bytes.prefix(numbers.index(bytes.count)))
    case .addition:
      bytes += (0...numbers.index(20)).map { _ in UInt8(numbers.index(256)) }
    case .zeros:
      let first = numbers.index(bytes.count)
      for index in first..<min(bytes.count, first + 512) { bytes[index] = 0 }
    case .swappedFile:
      bytes = other[file] ?? []
    case .movedSignature:
      files["SHA256SUMS.minisig"] = other["SHA256SUMS.minisig"]
      return (files, "SHA256SUMS.minisig")
    case .swappedRest:
      // The signature alone of this one would do no harm in all of the other.
      let kept = file.hasPrefix("SHA256SUMS") ? "bundle.json" : file
      bytes = files[kept] ?? []
      files = other
      files[kept] = bytes
      return (files, kept)
    case .sumsMadeToAgree:
      let changed = file.hasPrefix("SHA256SUMS") ? "bundle.json" : file
      bytes = other[changed] ?? []
      let old = SHA256.hexadecimal(of: files[changed] ?? [])
      let list = String(decoding: files["SHA256SUMS"] ?? [], as: UTF8.self)
      files["SHA256SUMS"] = Array(
        list.replacing(old, with: SHA256.hexadecimal(of: bytes)).utf8)
      files[changed] = bytes
      return (files, changed)
    case .missingFile:
      let gone = ["bundle.json", "bundle.bin", "SHA256SUMS", "SHA256SUMS.minisig"][numbers.index(4)]
      files[gone] = nil
      return (files, gone)
    }
    files[file] = bytes
    return (files, file)
  }
}

/// A bundle as it was written, read back.
private struct TemporaryPlaceOfWhole {
  let bundle: CartBundle
  let signature: BundleSignature?

  init(_ files: [String: [UInt8]], _ keys: TrustedKeys) throws(BundleError) {
    do {
      let folder = try TemporaryPlace()
      try Files.makeFolder(folder("evidence"))
      for (path, bytes) in files { try Files.writeUnsynced(folder(path), bytes) }
      let checked = try BundleStore.verifiedBundle(in: folder.path, trust: .signed(by: keys))
      bundle = checked.bundle
      signature = checked.signature
    } catch let error as BundleError {
      throw error
    } catch {
      throw .storage(.unwritable(path: "a temporary folder", reason: "\(error)"))
    }
  }
}

/// A fresh folder in memory where there is one, removed at the end.
final class TemporaryPlace: Sendable {
  let path: String

  init() throws(FileError) {
    let parent = try Files.kind(of: "/dev/shm") == .folder ? "/dev/shm" : "/tmp"
    var number = UInt64.random(in: 0 ... .max)
    while try Files.kind(of: "\(parent)/cartcal-faults-\(number)") != nil { number &+= 1 }
    path = "\(parent)/cartcal-faults-\(number)"
    try Files.makeFolder(path)
  }

  deinit { Files.removeTreeIfThere(path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }
}
