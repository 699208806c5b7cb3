package import Boards
import CameraCalibration
package import Devices
import Geometry
import Glibc

extension Rig {
  /// A rig of the cameras that are plugged in, each with what it is to send: `cam0` and so on, known
  /// by kind and port, which carts of one design share.
  ///
  /// Nobody knows their lenses and places: lenses are chosen by the data, and places stand on a ring
  /// around the basket, with tolerances so wide that they claim nothing.
  package init(
    name: String, board: BoardSpec, cameras: [(device: FoundDevice, request: CameraRequest)]
  ) {
    self.init(
      name: name,
      description: "Made of what was plugged in: kinds of lenses, places and tolerances are not "
        + "known yet.", board: board, basket: nil,
      cameras: cameras.enumerated().map { index, camera in
        let angle = 2 * Double.pi * Double(index) / Double(cameras.count)
        let place = Vector3(0.3 * cos(angle), 0.3 * sin(angle), 0.5)
        let rotation = RigPoses.looking(from: place, at: Vector3(0, 0, 0.1), roll: 0)
        var made = RigCamera(
          role: "cam\(index)", lens: RigLens(family: .wide, model: nil, focal: nil),
          width: camera.request.width, height: camera.request.height,
          place: NominalPlace(
            cartFromCamera: RigidTransform(
              rotation: rotation ?? Rotation(w: 1, x: 0, y: 0, z: 0), translation: place),
            positionTolerance: 1, angleTolerance: .pi))
        made.device = DeviceMatch(
          port: camera.device.address.port, usbID: camera.device.address.usbID)
        made.pixelFormat = camera.request.pixelFormat
        made.rate = camera.request.rate
        return made
      }, datum: [])
  }
}
