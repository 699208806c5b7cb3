/// Width and height of a picture, pixels.
package struct PictureSize: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// The size most pictures of a camera have, and those that have another.
package struct MajoritySize: Equatable, Sendable {
  package let size: PictureSize
  /// Positions, in ascending order, of the pictures of another size: they are left out and named.
  package let oddOnes: [Int]

  /// Of sizes that are equally frequent, the one met first counts. Pictures without a size (nil:
  /// unreadable) count for none and are not odd. Nil when no picture has a size.
  package init?(_ sizes: [PictureSize?]) {
    var counts: [PictureSize: Int] = [:]
    var order: [PictureSize] = []
    for case let size? in sizes {
      if counts[size] == nil { order.append(size) }
      counts[size, default: 0] += 1
    }
    guard var best = order.first else { return nil }
    for size in order where counts[size, default: 0] > counts[best, default: 0] { best = size }
    self.size = best
    oddOnes = sizes.indices.filter { index in sizes[index].map { $0 != best } ?? false }
  }
}
