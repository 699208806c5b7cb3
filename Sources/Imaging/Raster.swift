/// A reusable block of memory for a picture or a filtered picture, row-major without padding.
///
/// Filters write into rasters that live as long as their owner, so that a long run over pictures of
/// one size allocates (and page-faults) once. Not for sharing between threads.
package final class Raster<Element: BitwiseCopyable> {
  package private(set) var width = 0
  package private(set) var height = 0
  /// width x height elements; contents are undefined after `reshape` until written.
  package private(set) var base: UnsafeMutablePointer<Element>
  private var capacity: Int

  package init() {
    capacity = 64
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `width` x `height` elements; the memory is kept when it is large enough.
  package func reshape(width: Int, height: Int) {
    precondition(width >= 0 && height >= 0)
    self.width = width
    self.height = height
    let needed = width * height
    guard needed > capacity else { return }
    base.deallocate()
    capacity = needed
    base = .allocate(capacity: capacity)
  }

  /// The number of bytes held.
  package var byteCount: Int { capacity * MemoryLayout<Element>.stride }
}
