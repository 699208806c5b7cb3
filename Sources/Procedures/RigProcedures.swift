import Capture
import Devices
import Documents
import Files
package import Rigs

/// A rig with what can be said of it before a cart is built.
package struct CheckedRig: Sendable {
  package let rig: Rig
  package let checkup: RigCheckup
}

/// Reads a rig and says what its cameras can see.
package func checkRig(file: String) throws(ProcedureError) -> CheckedRig {
  let rig = try GivenRig(file: file).rig
  return CheckedRig(rig: rig, checkup: RigCheckup(rig))
}

/// Writes a rig file from the plain form of a rig. Its name is `name`, else that of the file
/// written, where that can be a name.
package func importRig(
  from source: String, to output: String, name: String?
) throws(ProcedureError) -> CheckedRig {
  let outputs = try OutputPlaces([("--output", output)])
  try outputs.check(inputs: [source])
  try OutputFiles.check(output)
  let name = try rigName(name, output)
  let (bytes, rig): ([UInt8], Rig)
  do throws(RigError) {
    bytes = Array(try Rig(plainFile: source, name: name).yaml.utf8)
    // What is written can be read: sizes and places out of range are found here.
    rig = try Rig(bytes: bytes, file: "the rig made of \(source)")
  } catch {
    throw .rig(error)
  }
  try OutputFiles.write(bytes, to: output)
  return CheckedRig(rig: rig, checkup: RigCheckup(rig))
}

/// Writes a rig file of the cameras that are plugged in. Its name is as for `importRig`.
package func newRig(
  boardWord: String, to output: String, name: String?
) throws(ProcedureError) -> CheckedRig {
  guard let board = try SolveRequest.board(boardWord) else { throw .noBoardWord }
  try OutputFiles.check(output)
  let name = try rigName(name, output)
  let inventory: DeviceInventory
  do throws(DeviceError) {
    inventory = try DeviceInventory.take()
  } catch {
    throw .device(error)
  }
  guard !inventory.cameras.isEmpty else { throw .noCamera }
  var cameras: [(device: FoundDevice, request: CameraRequest)] = []
  for (index, camera) in inventory.cameras.enumerated() {
    guard let request = camera.usualRequest else {
      throw .capture(
        .device(
          role: "cam\(index)",
          camera.device.problem
            ?? .unsupported(
              node: camera.device.node, problem: "it has no pixel format that is read here")))
    }
    cameras.append((camera.device, request))
  }
  let bytes = Array(Rig(name: name, board: board, cameras: cameras).yaml.utf8)
  let rig: Rig
  do throws(RigError) {
    // What is written can be read.
    rig = try Rig(bytes: bytes, file: "the rig made of what is plugged in")
  } catch {
    throw .rig(error)
  }
  try OutputFiles.write(bytes, to: output)
  return CheckedRig(rig: rig, checkup: RigCheckup(rig))
}

private func rigName(_ given: String?, _ output: String) throws(ProcedureError) -> String {
  if let given {
    do throws(NameError) {
      return try Name(given, of: .rigName).text
    } catch {
      throw .name(error)
    }
  }
  let file = output.split(separator: "/").last ?? "rig"
  let stem = file.split(separator: ".").first.map(String.init) ?? "rig"
  do throws(NameError) {
    return try Name(stem, of: .rigName).text
  } catch {
    return "rig"
  }
}
