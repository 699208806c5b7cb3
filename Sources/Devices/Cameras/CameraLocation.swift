extension DeviceIdentity {
  /// The node of the camera with this identity; nil while it is not plugged in, and where several
  /// have it. Only udev is asked: cameras that stream are not disturbed.
  package func cameraNode() throws(DeviceError) -> String? {
    let cameras = try Udev().devices(of: "video4linux").filter(\.mayCapture)
    let addresses = cameras.map(DeviceAddress.init)
    let matching = cameras.indices.filter { index in
      addresses[index].isKnown(by: self, among: addresses)
    }
    return matching.count == 1 ? cameras[matching[0]].node : nil
  }
}

extension UdevDevice {
  /// Whether a video node may send pictures, as far as udev knows: a camera has others for metadata.
  fileprivate var mayCapture: Bool {
    if let said = properties["ID_V4L_CAPABILITIES"] { return said.contains(":capture:") }
    return SysfsFile.text(syspath + "/index").map { $0 == "0" } ?? true
  }
}
