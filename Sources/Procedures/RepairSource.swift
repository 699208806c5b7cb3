import Boards
import Bundles
import CameraCalibration
import Documents
import Files
import Geometry
import LensModels

/// The bundle that a repair holds on to, and the roles whose cameras were replaced.
struct RepairSource: Sendable {
  let bundle: CartBundle
  /// The revision's folder.
  let folder: String
  let replaced: [String]
  /// Of `bundle.json`.
  let digest: String
  private let information: InformationDocument

  /// Reads a bundle as people name it (see `BundlePlace`).
  init(_ word: String, replacing roles: [String], _ access: StoreAccess) throws(ProcedureError) {
    let (bundle, folder) = try BundlePlace.load(word, try access.reader())
    self.bundle = bundle
    self.folder = folder
    replaced = roles
    do throws(StorageError) {
      digest = try SHA256.hexadecimal(ofFile: folder + "/bundle.json").digest
    } catch {
      throw .storage(error)
    }
    information = try Self.information(bundle, folder)
    for (index, role) in roles.enumerated() {
      guard bundle.cameras[role] != nil else {
        throw .repair(
          .unknownRole(role, roles: bundle.cameras.keys.sorted(by: NaturalOrder.precedes), folder))
      }
      guard !roles.prefix(index).contains(role) else { throw .repair(.roleTwice(role)) }
    }
    guard bundle.cameras.count > roles.count else { throw .repair(.nothingHeld(folder)) }
  }

  private static func information(
    _ bundle: CartBundle, _ folder: String
  ) throws(ProcedureError) -> InformationDocument {
    let path = folder + "/" + InformationDocument.path
    guard let entry = bundle.evidence.first(where: { $0.path == InformationDocument.path }) else {
      throw .repair(.noInformation(folder))
    }
    let kept: [UInt8]?
    do throws(FileError) {
      let isThere = try Files.kind(of: path, followingLinks: false) != nil
      kept = isThere ? try Files.read(path, limit: JSONLimits().bytes) : nil
    } catch {
      throw .storage(StorageError(reading: error))
    }
    guard let bytes = kept else { throw .repair(.noInformation(folder)) }
    guard SHA256.hexadecimal(of: bytes) == entry.sha256 else {
      throw .storage(.damaged(path: path, detail: "its content is not what bundle.json says"))
    }
    do throws(DocumentError) {
      return try JSONDocument.decode(
        InformationDocument.self, from: bytes, file: path, schema: InformationDocument.schemaName)
    } catch {
      throw .document(error)
    }
  }

  // MARK: what is asked of the session

  /// The board that the bundle was made with.
  func board() throws(ProcedureError) -> BoardSpec? {
    try SolveRequest.board(bundle.board?.word)
  }

  /// The lens models that the cameras had, of those that a session has.
  func lensChoice(cameras names: [String]) -> LensChoice {
    .perCamera(
      bundle.cameras.compactMapValues(\.model).filter { names.contains($0.key) })
  }

  /// Adds the bundle's cameras that a session has no pictures of: they are held all the same. Throws
  /// when the session has a camera that the bundle does not know, or pictures of another size.
  func complete(_ input: inout CalibrationInput) throws(ProcedureError) {
    for camera in input.cameras {
      guard let known = bundle.cameras[camera.name] else {
        throw .repair(
          .unknownCamera(
            camera.name, roles: bundle.cameras.keys.sorted(by: NaturalOrder.precedes), folder))
      }
      guard
        replaced.contains(camera.name)
          || (camera.width, camera.height) == (known.width, known.height)
      else {
        throw .repair(
          .otherSize(
            camera.name, "\(camera.width) x \(camera.height)", "\(known.width) x \(known.height)"))
      }
    }
    for role in replaced where !input.cameras.contains(where: { $0.name == role }) {
      throw .repair(.notPhotographed(role))
    }
    let seen = input.cameras
    input.cameras = bundle.cameras.keys.sorted(by: NaturalOrder.precedes).compactMap { name in
      seen.first { $0.name == name }
        ?? bundle.cameras[name].map {
          CameraInput(name: name, width: $0.width, height: $0.height)
        }
    }
    for index in input.views.indices {
      let name = seen[input.views[index].camera].name
      input.views[index].camera = input.cameras.firstIndex { $0.name == name } ?? 0
    }
  }

  // MARK: what is known

  /// What is known of the cameras of an input, which `complete` has seen.
  func storedRig(_ input: CalibrationInput) throws(ProcedureError) -> StoredRig {
    var index: [String: Int] = [:]
    for (place, camera) in input.cameras.enumerated() { index[camera.name] = place }
    var held: [Int: StoredRig.Camera] = [:]
    var places: [Int: StoredRig.Place] = [:]
    for (name, camera) in bundle.cameras where !replaced.contains(name) {
      guard let place = index[name], let pose = pose(of: camera) else { continue }
      do throws(LensError) {
        guard let lens = try camera.lens else { continue }
        held[place] = StoredRig.Camera(
          lens: lens, frameFromCamera: pose, coverage: camera.certainty.coverage?.corners ?? [])
      } catch {
        throw damaged("\(error)")
      }
      if bundle.cartFrame.source == .nominal, let cart = camera.cartPose {
        places[place] = StoredRig.Place(
          cartFromCamera: cart.cartFromCamera.transform, covariance: cart.covariance?.values)
      }
    }
    guard !held.isEmpty else { throw .repair(.nothingHeld(folder)) }
    let frame: StoredRig.Frame
    switch information.frame {
    case .cart: frame = .cart
    case .reference:
      guard let reference = bundle.referenceCamera.flatMap({ index[$0] }) else {
        throw damaged("it has no reference camera")
      }
      frame = .reference(reference)
    }
    return StoredRig(
      held: held, replaced: replaced.compactMap { index[$0] },
      warp: BoardWarp(x: bundle.board?.warp.first ?? 0, y: bundle.board?.warp.last ?? 0),
      frame: frame, information: try rigInformation(index), nominalPlaces: places)
  }

  /// Where a camera is in the frame of what is known.
  private func pose(of camera: CameraRecord) -> RigidTransform? {
    switch information.frame {
    case .cart: camera.cartPose?.cartFromCamera.transform
    case .reference: camera.referenceFromCamera?.transform
    }
  }

  private func rigInformation(_ index: [String: Int]) throws(ProcedureError) -> RigInformation {
    var unknowns: [RigInformation.Unknown] = []
    var last: RigInformation.Unknown?
    for unknown in information.unknowns {
      guard let next = meaning(of: unknown, index) else {
        throw damaged("\(SafeText.line(unknown.name, limit: 40)) is no unknown of this bundle")
      }
      // Cameras' blocks are whole and in order; the solver relies on it.
      guard next.follows(last), !unknowns.contains(next) else {
        throw damaged("its unknowns are out of order")
      }
      unknowns.append(next)
      last = next
    }
    guard last?.endsBlock ?? false else { throw damaged("its unknowns are cut off") }
    let count = unknowns.count
    var matrix = Array(repeating: 0.0, count: count * count)
    var place = 0
    for row in 0..<count {
      for column in 0...row {
        matrix[row * count + column] = information.lower[place]
        matrix[column * count + row] = information.lower[place]
        place += 1
      }
    }
    let result = RigInformation(unknowns: unknowns, matrix: matrix, rank: information.rank)
    guard result.isPossible else { throw damaged("its matrix is no information of anything") }
    return result
  }

  private func meaning(
    of unknown: InformationDocument.Unknown, _ index: [String: Int]
  ) -> RigInformation.Unknown? {
    guard let name = unknown.camera else {
      return Self.warp.firstIndex(of: unknown.name).map { .warp(axis: $0) }
    }
    guard let camera = index[name], let model = bundle.cameras[name]?.model else { return nil }
    if let axis = Self.pose.firstIndex(of: unknown.name) {
      return .pose(camera: camera, axis: axis)
    }
    return model.parameterNames.firstIndex(of: unknown.name).map {
      .lens(camera: camera, parameter: $0)
    }
  }

  private static let pose = ["w_x", "w_y", "w_z", "v_x", "v_y", "v_z"]
  private static let warp = ["warp_x", "warp_y"]

  private func damaged(_ detail: String) -> ProcedureError {
    .storage(.damaged(path: folder + "/" + InformationDocument.path, detail: detail))
  }
}

extension InformationDocument {
  /// What a calibration knows, for the bundle's evidence; nil where it does not say.
  static func document(
    _ result: CalibrationResult, _ names: [String]
  ) -> InformationDocument? {
    guard let information = result.cartFrame?.information ?? result.information else { return nil }
    let kinds = result.cameras.map { $0.lens?.kind }
    let unknowns = information.unknowns.map { unknown in
      switch unknown {
      case .lens(let camera, let parameter):
        Unknown(camera: names[camera], name: kinds[camera]?.parameterNames[parameter] ?? "")
      case .pose(let camera, let axis):
        Unknown(camera: names[camera], name: ["w_x", "w_y", "w_z", "v_x", "v_y", "v_z"][axis])
      case .warp(let axis): Unknown(camera: nil, name: axis == 0 ? "warp_x" : "warp_y")
      }
    }
    var lower: [Double] = []
    let count = unknowns.count
    for row in 0..<count {
      for column in 0...row {
        let (a, b) = (
          information.matrix[row * count + column], information.matrix[column * count + row]
        )
        lower.append(0.5 * (a + b))
      }
    }
    guard lower.allSatisfy(\.isFinite) else { return nil }
    return InformationDocument(
      software: Software.nameAndVersion,
      frame: result.cartFrame?.information != nil ? .cart : .reference, unknowns: unknowns,
      lower: lower, rank: information.rank)
  }
}
