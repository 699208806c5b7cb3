import Bundles
import CameraCalibration
import Documents
import LensModels
import Measurements
import Rigs

/// A rig file that a procedure was given.
struct GivenRig: Sendable {
  let rig: Rig
  let file: String
  let sha256: String

  init(file: String) throws(ProcedureError) {
    do throws(RigError) {
      let bytes: [UInt8]
      do throws(YAMLError) {
        bytes = try YAMLDocument.read(file: file)
      } catch {
        throw .yaml(error)
      }
      rig = try Rig(bytes: bytes, file: file)
      sha256 = SHA256.hexadecimal(of: bytes)
    } catch {
      throw .rig(error)
    }
    self.file = file
  }

  /// As files name it.
  var record: CartFrameRecord.RigFile {
    CartFrameRecord.RigFile(name: rig.name, sha256: sha256)
  }

  /// Throws when a session has a camera for which the rig has no role.
  func check(cameras names: [String]) throws(ProcedureError) {
    let roles = rig.cameras.map(\.role)
    for name in names where !roles.contains(name) {
      throw .unknownRole(camera: name, roles: roles, file: file)
    }
  }

  /// The lens models of the cameras that a session has.
  func lensChoice(cameras names: [String]) -> LensChoice {
    .perCamera(rig.lensKinds.filter { names.contains($0.key) })
  }

  /// What a session lacks of the rig, or has otherwise.
  func findings(_ cameras: [CameraInput]) -> [Finding] {
    var findings: [Finding] = []
    for role in rig.cameras {
      guard let camera = cameras.first(where: { $0.name == role.role }) else {
        findings.append(.cameraMissing(role.role, rig: rig.name))
        continue
      }
      guard camera.width == role.width, camera.height == role.height else {
        findings.append(
          .pictureSizeUnexpected(
            camera, expected: "\(role.width) x \(role.height)", rig: rig.name))
        continue
      }
    }
    return findings
  }
}

extension Finding {
  fileprivate static func cameraMissing(_ role: String, rig: String) -> Finding {
    Finding(
      code: "camera_missing", severity: .unusable, subject: role,
      text: "Camera \(role) of the rig \(rig) is not in the session.",
      remedy: "Check that it is plugged in, and that its folder of pictures is named \(role).")
  }

  fileprivate static func pictureSizeUnexpected(
    _ camera: CameraInput, expected: String, rig: String
  ) -> Finding {
    Finding(
      code: "picture_size_unexpected", severity: .unusable, subject: camera.name,
      text: "Camera \(camera.name) has pictures of \(camera.width) x \(camera.height) pixels; the "
        + "rig \(rig) says \(expected).",
      remedy: "Set the camera to the size of the rig and take the pictures again, or correct "
        + "size_px in the rig.")
  }
}
