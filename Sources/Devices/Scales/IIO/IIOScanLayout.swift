/// Where the values of one scan stand: in the order of their indices, each aligned to its own size,
/// the whole padded to the largest (kernel: drivers/iio/industrialio-buffer.c).
package struct IIOScanLayout: Equatable, Sendable {
  /// One enabled channel.
  package struct Element: Equatable, Sendable {
    /// `in_voltage0`, `in_timestamp`.
    package let name: String
    /// Its place among the channels, `in_*_index`.
    package let index: Int
    package let type: IIOElementType

    package init(name: String, index: Int, type: IIOElementType) {
      self.name = name
      self.index = index
      self.type = type
    }
  }

  /// By ascending index.
  package let elements: [Element]
  /// Of each element, bytes from the start of the scan.
  package let offsets: [Int]
  /// Bytes from one scan to the next.
  package let scanBytes: Int

  package init(_ elements: [Element]) {
    self.elements = elements.sorted { $0.index < $1.index }
    var offsets: [Int] = []
    var end = 0
    var largest = 1
    for element in self.elements {
      let size = element.type.storageBytes
      end = (end + size - 1) / size * size
      offsets.append(end)
      end += size * element.type.count
      largest = max(largest, size)
    }
    self.offsets = offsets
    scanBytes = (end + largest - 1) / largest * largest
  }

  /// The values of the whole scans in `bytes`, scan by scan in the order of `elements` (the first of
  /// each where several stand together), and how many bytes they took: the rest is the beginning of
  /// the next scan.
  package func scans(_ bytes: [UInt8]) -> (values: [[Int64]], used: Int) {
    guard scanBytes > 0, !elements.isEmpty else { return ([], bytes.count) }
    let count = bytes.count / scanBytes
    let values = (0..<count).map { scan in
      zip(elements, offsets).map { element, offset in
        element.type.value(bytes[(scan * scanBytes + offset)...])
      }
    }
    return (values, count * scanBytes)
  }
}
