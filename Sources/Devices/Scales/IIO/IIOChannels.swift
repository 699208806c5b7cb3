import Files

/// What an IIO device can measure, from the names of its attributes in sysfs
/// (Documentation/ABI/testing/sysfs-bus-iio).
struct IIOChannels: Equatable, Sendable {
  /// `hx711`, `nau7802`.
  let name: String?
  /// Attribute prefixes with a raw reading, in natural order of their numbers:
  /// `in_voltage0`, `in_voltage0-voltage1`.
  let voltages: [String]
  /// `in_accel_x` and so on.
  let accelerations: [String]

  init(folder: String) {
    name = SysfsFile.text(folder + "/name")
    var names: [String] = []
    do throws(FileError) {
      names = try Files.list(folder, limit: 10_000).compactMap(\.name)
    } catch {
      // The device went away: it has no channels.
    }
    let raw = names.filter { $0.hasSuffix("_raw") }.map { String($0.dropLast(4)) }
    voltages = raw.filter { $0.hasPrefix("in_voltage") }.sorted { first, second in
      let (a, b) = (Self.numbers(first), Self.numbers(second))
      return a == b ? first < second : a.lexicographicallyPrecedes(b)
    }
    accelerations = raw.filter { $0.hasPrefix("in_accel_") }.sorted()
  }

  /// The numbers in a name, in order: `in_voltage2-voltage10` has 2 and 10.
  static func numbers(_ name: String) -> [Int] {
    name.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
  }
}
