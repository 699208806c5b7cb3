import Documents
import Geometry
import LensModels
import ScaleModels

/// `bundle.bin`: what the edge needs of a bundle, for readers that map it into memory. The layout
/// stands in factory/reader-c/cartcal_reader.c, the checksum is CRC-64/XZ.
enum BinaryBundle {
  static let path = "bundle.bin"
  private static let version: UInt32 = 1
  private static let nameSize = 72
  private static let parameterPlaces = 16

  /// Throws for a camera whose parameters do not fit its model.
  static func bytes(of bundle: CartBundle) throws(BundleError) -> [UInt8] {
    var body = Bytes()
    body.name(bundle.cartSerial)
    body.word(UInt32(bundle.revision))
    let model = bundle.scale?.record.model
    body.word(UInt32(model?.cells.count ?? 0))
    for name in bundle.cameras.keys.sorted() {
      guard let camera = bundle.cameras[name] else { continue }
      do throws(LensError) { try write(camera, name, &body) } catch {
        throw .lens(camera: name, error)
      }
    }
    if let model { write(model, &body) }
    var file = Bytes()
    file.values = Array("CARTCALB".utf8)
    file.word(version)
    file.word(UInt32(bundle.cameras.count))
    file.long(UInt64(32 + body.values.count))
    file.long(checksum(body.values))
    return file.values + body.values
  }

  private static func write(
    _ camera: CameraRecord, _ name: String, _ bytes: inout Bytes
  ) throws(LensError) {
    let lens = try camera.lens
    bytes.name(name)
    bytes.word(lens.map { number(of: $0.kind) } ?? 0)
    bytes.word(UInt32(camera.width))
    bytes.word(UInt32(camera.height))
    let poses = [camera.referenceFromCamera, camera.cartPose?.cartFromCamera]
    bytes.word((poses[0] == nil ? 0 : 1) | (poses[1] == nil ? 0 : 2))
    let parameters = lens?.parameters ?? []
    for place in 0..<parameterPlaces {
      bytes.real(place < parameters.count ? parameters[place] : 0)
    }
    bytes.real(lens?.limit ?? 0)
    for pose in poses {
      let transform = pose?.transform ?? .identity
      let axes = [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)]
        .map { transform.rotation * $0 }
      for row in 0..<3 { for axis in axes { bytes.real(axis[row]) } }
      for axis in 0..<3 { bytes.real(transform.translation[axis]) }
    }
  }

  private static func number(of kind: LensKind) -> UInt32 {
    switch kind {
    case .pinhole: 1
    case .opencv4: 2
    case .opencv5: 3
    case .opencv8: 4
    case .kannalaBrandt4: 5
    }
  }

  private static func write(_ model: ScaleModel, _ bytes: inout Bytes) {
    for value in [
      model.referenceTemperature, model.zero.temperature, model.gravity, model.forceScatter,
      model.massScatter,
    ] { bytes.real(value) }
    for (index, cell) in model.cells.enumerated() {
      for value in [
        cell.x, cell.y, cell.kilogramsPerCount, cell.quadraticPerKilogram, cell.spanPerKelvin,
        cell.zeroCountsPerKelvin, model.zero.counts[index], model.zero.sigmas[index],
      ] { bytes.real(value) }
    }
    for value in model.covariance { bytes.real(value) }
  }

  private struct Bytes {
    var values: [UInt8] = []

    mutating func word(_ value: UInt32) {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        values.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }

    mutating func long(_ value: UInt64) {
      word(UInt32(truncatingIfNeeded: value))
      word(UInt32(truncatingIfNeeded: value >> 32))
    }

    mutating func real(_ value: Double) { long(value.bitPattern) }

    /// A name, at most 64 bytes, with zeros behind it.
    mutating func name(_ text: String) {
      let name = text.utf8.prefix(BinaryBundle.nameSize - 1)
      values += name
      values += Array(repeating: 0, count: BinaryBundle.nameSize - name.count)
    }
  }

  /// CRC-64/XZ: ECMA-182's polynomial, reflected.
  static func checksum(_ bytes: [UInt8]) -> UInt64 {
    let polynomial: UInt64 = 0xC96C_5795_D787_0F42
    var table: [UInt64] = []
    for index in 0..<256 {
      var value = UInt64(index)
      for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ polynomial : value >> 1 }
      table.append(value)
    }
    var crc = ~UInt64(0)
    for byte in bytes {
      let place = Int(truncatingIfNeeded: (crc ^ UInt64(byte)) & 0xFF)
      crc = table[place] ^ (crc >> 8)
    }
    return ~crc
  }
}
