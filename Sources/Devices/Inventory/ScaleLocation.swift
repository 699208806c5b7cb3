extension DeviceIdentity {
  /// The scale of a kind with this identity as it is plugged in now, whatever node it has; nil while
  /// it is not there, and where several have it.
  package func scale(_ kind: FoundScale.Kind) throws(DeviceError) -> FoundScale? {
    let scales = try DeviceInventory.scales(Udev(), DeviceHolders()).filter { $0.kind == kind }
    let addresses = scales.map(\.device.address)
    let matching = scales.indices.filter { addresses[$0].isKnown(by: self, among: addresses) }
    return matching.count == 1 ? scales[matching[0]] : nil
  }
}

extension FoundScale {
  /// Reads it. `language` is what a serial line speaks, which nobody can see from outside.
  ///
  /// Throws `.unsupported` for a serial line without a language.
  package func opened(speaking language: SerialScale.Language?) throws(DeviceError) -> any Scale {
    let node = device.node
    switch kind {
    case .iio:
      let folder = device.sysfsFolder
      guard node.hasPrefix("/dev/"), BufferedIIOScale.isPossible(folder: folder) else {
        return try IIOScale(folder: folder)
      }
      do throws(DeviceError) {
        return try BufferedIIOScale(folder: folder, node: node)
      } catch {
        // Switching its buffer on needs a trigger, and more rights than reading it.
        return try IIOScale(folder: folder)
      }
    case .hid: return try HIDScale(node)
    case .serial:
      guard let language else {
        throw .unsupported(node: node, problem: "nobody says what the scale at its end speaks")
      }
      return try SerialScale(node, language)
    }
  }
}
