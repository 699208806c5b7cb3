package import BoardDetection
package import Boards
package import Bundles
package import CameraCalibration
package import Capture
package import Devices
package import Documents
import Files
package import Imaging
package import Measurements
package import Rigs
package import Sessions
package import Simulation
package import Weighing

/// Why a procedure ended without an answer. Weak data is no error: it gives findings.
package enum ProcedureError: Error {
  case board(BoardError)
  case name(NameError)
  case session(SessionError)
  case corners(CornersError)
  case document(DocumentError)
  case storage(StorageError)
  case bundle(BundleError)
  case signing(SigningError)
  case export(ExportError)
  /// What should name a key is not its sixteen digits.
  case keyWord(String)
  case picture(ImagingError)
  case calibration(CalibrationError)
  case repair(RepairError)
  case archive(ArchiveError)
  /// A later revision was seen in a store than there is now.
  case restored(cart: String, seen: Int, highest: Int, store: String)
  /// What should name a bundle does not.
  case bundleWord(String)
  case rig(RigError)
  case recording(RecordingError)
  case masses(MassFileError)
  case gravity(GravityError)
  /// A weighing with a rig that has no scale.
  case rigWithoutScale(file: String)
  /// The load cells of a session are not those of the rig.
  case otherCells(file: String, session: String, detail: String)
  /// No loads can be chosen.
  case plan(WeighingPlanError)
  /// A mass may not be used.
  case massRefused(Finding)
  /// A verification of a cart whose scale was never calibrated.
  case nothingToVerify(cart: String)
  /// The folder holds another weighing.
  case otherWeighing(folder: String)
  /// `--use-at` followed by something that is no place.
  case useWord(String)
  /// A place of use, where it is not known where the scale is calibrated.
  case useWithoutSite(rig: String?)
  case device(DeviceError)
  case capture(CaptureError)
  /// A folder that is to be made is there already.
  case outputExists(path: String)
  /// A rig does not say by what the camera of a role is known.
  case noDeviceMatch(role: String, file: String)
  /// A role of the rig has no device, or not in its place.
  case role(problem: String, remedy: String, rig: String)
  /// There is not one camera that could be recorded.
  case noCamera
  case simulation(SimulationError)
  case boardPrint(BoardPrintError)
  /// `--lens` followed by something that is no choice.
  case lensWord(String)
  /// `--lens` names a camera that is not there.
  case lensCamera(name: String, cameras: [String])
  /// The session has a camera that the rig has no role for.
  case unknownRole(camera: String, roles: [String], file: String)
  /// A rig names the board already.
  case boardBesideRig(file: String)
  /// Neither the command line nor the corners file names the board.
  case noBoardWord
  /// A corners file of the plain form names no board.
  case noBoardInFile(file: String)
  /// The corners file is of another board than the command line says.
  case otherBoard(file: String, inFile: String, asked: String, rig: String?)
  /// Corners of the plain form carry no picture sizes.
  case noPictureSizes(file: String)
  /// Corners are given for a camera or picture that the session does not have.
  case notInSession(file: String, name: String, session: String)
  /// Several cameras cannot agree on a board that looks the same after half a turn.
  case ambiguousBoard(BoardSpec, cameras: Int)
  /// Two options name one file to be written.
  case sameOutput(path: String, first: String, second: String)
  /// An option names a file to be written that the command reads.
  case overwritesInput(path: String, option: String)
  /// Not one picture of a camera could be read.
  case nothingReadable(camera: String, first: ImagingError)
}

extension ProcedureError {
  /// The exit status of a command that ends with this error.
  package var exitStatus: ExitStatus {
    switch self {
    case .storage, .restored: .storage
    case .bundle(let error): error.exitStatus
    case .signing(let error): BundleError.signing(error).exitStatus
    case .device(let error): error.exitStatus
    case .capture(let error): error.exitStatus
    case .noCamera, .role: .device
    case .picture(.unreadable(let error)) where error.isShortage: .unexpected
    default: .badInput
    }
  }
}

extension ProcedureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .board(let error): return "\(error)"
    case .repair(let error): return "\(error)"
    case .archive(let error): return "\(error)"
    case .restored(let cart, let seen, let highest, let store):
      return
        "An older state of \(store) was put back: revision \(seen) of cart \(cart) was seen there "
        + "before, and now \(highest == 0 ? "there is none" : "the latest is \(highest)"). Restore what "
        + "is missing; to use a revision all the same, name it with --revision."
    case .bundleWord(let word):
      return
        "\"\(SafeText.line(word, limit: 80))\" names no bundle: there is no bundle.json in such "
        + "a folder. Give a cart, CART-0042; one of its revisions, CART-0042/3; or a revision's "
        + "folder."
    case .boardPrint(let error): return "\(error)"
    case .name(let error): return "\(error)"
    case .session(let error): return "\(error)"
    case .corners(let error): return "\(error)"
    case .document(let error): return "\(error)"
    case .storage(let error): return "\(error)"
    case .bundle(let error): return "\(error)"
    case .signing(let error): return "\(error)"
    case .export(let error): return "\(error)"
    case .keyWord(let word):
      return "\"\(word)\" is no key: give its sixteen digits, as cartcal key list shows them."
    case .picture(let error): return "\(error)"
    case .calibration(let error): return "\(error)"
    case .rig(let error): return "\(error)"
    case .recording(let error): return "\(error)"
    case .masses(let error): return "\(error)"
    case .gravity(let error): return "\(error)"
    case .rigWithoutScale(let file):
      return "\(file) has no scale with load cells. Name the rig of a cart with one, or add the "
        + "section scale: to it, as in rigs/virtual-cart4.yaml."
    case .otherCells(let file, let session, let detail):
      return "\(session) was not recorded on a cart of \(file): \(detail). Name the rig of this "
        + "cart, or correct the one that is wrong."
    case .plan(let error): return "\(error)"
    case .massRefused(let finding): return "\(finding.text) \(finding.remedy)"
    case .nothingToVerify(let cart):
      return "\(cart) has no calibrated scale in the store to verify. Calibrate it first, with "
        + "--full or --line, or name the right --store."
    case .otherWeighing(let folder):
      return
        "\(folder) holds another weighing: of another cart, rig, length or set of masses. Name "
        + "another folder, --session DIR, or move that one away."
    case .useWord(let word):
      return "\"\(SafeText.line(word, limit: 60))\" is no place of use. Give latitude and height, "
        + "--use-at 39.74,1609, or gravity as it was measured, --use-at 9.7965."
    case .useWithoutSite(let rig):
      return "--use-at needs to know where the scale is calibrated. "
        + (rig.map { "Add site: {latitude_deg: ..., height_m: ...} to the scale of \($0)." }
          ?? "Give the rig with its site, --rig FILE.")
    case .device(let error): return "\(error)"
    case .capture(let error): return "\(error)"
    case .outputExists(let path):
      return "\(path) exists already and is left as it is. Choose another name."
    case .noDeviceMatch(let role, let file):
      return "\(file) does not say which device is \(role). Add to it what cartcal devices lists, "
        + "for example: device: {port: pci-0000:00:14.0-usb-0:2}. cartcal rig new writes a rig of "
        + "what is plugged in."
    case .role(let problem, let remedy, let rig):
      return "\(problem) \(remedy) See: cartcal devices --rig \(rig)"
    case .noCamera:
      return "No camera is plugged in. Plug one in; cartcal devices lists what is there."
    case .simulation(let error): return "\(error)"
    case .lensWord(let word):
      return "\"\(word)\" is no lens model. Use auto, pinhole, opencv4, opencv5, opencv8 or "
        + "kannala_brandt4, or pairs such as left=opencv5,right=kannala_brandt4."
    case .lensCamera(let name, let cameras):
      return "--lens names camera \(name), which this session does not have. "
        + "It has: \(cameras.joined(separator: ", "))."
    case .noBoardWord:
      return "The board is not known. Give it by its inner corners, --board checkerboard:9x6:25mm, "
        + "or give a rig, --rig FILE."
    case .noBoardInFile(let file):
      return "\(file) names no schema, so it is taken for the plain form, which does not say of "
        + "which board its corners are. Give the board by its inner corners: "
        + "--board checkerboard:9x6:25mm."
    case .unknownRole(let camera, let roles, let file):
      let meant = NearestWord.nearest(camera, in: roles).map { " Did you mean \($0)?" } ?? ""
      return "The session has a camera \(camera), for which \(file) has no role.\(meant) Roles: "
        + "\(roles.joined(separator: ", ")). Rename the folder, or add the role to the rig."
    case .boardBesideRig(let file):
      return "--board goes without --rig: \(file) names the board. Leave --board out."
    case .otherBoard(let file, let inFile, let asked, let rig?):
      return "\(file) holds corners of \(inFile), but \(rig) names \(asked). "
        + "Name the right corners file, or correct the rig."
    case .otherBoard(let file, let inFile, let asked, nil):
      return "\(file) holds corners of \(inFile), but --board says \(asked). "
        + "Leave --board out, or name the right corners file."
    case .noPictureSizes(let file):
      return "\(file) does not say how large the pictures are. Name the SESSION folder that the "
        + "corners come from, or use a file made by --save-corners."
    case .notInSession(let file, let name, let session):
      return "\(file) has corners of \(name), which is not in \(session). "
        + "Name the session that the corners come from."
    case .ambiguousBoard(let board, let cameras):
      return "A board of \(board.columns)x\(board.rows) inner corners looks the same after half a "
        + "turn, so \(cameras) cameras cannot agree which way round they see it. Use a board with "
        + "an odd sum of columns and rows, for example 9x6, or solve each camera by itself."
    case .sameOutput(let path, let first, let second):
      return "\(first) and \(second) both name \(path). Give each a file of its own."
    case .overwritesInput(let path, let option):
      return "\(option) would write over \(path), which this command reads. Name another place."
    case .nothingReadable(let camera, let first):
      return "No picture of camera \(camera) can be read. The first one: \(first)"
    }
  }
}
