/// Local maxima of the saddle response: the places where a picture is bent up one way and down the
/// other, as it is where four squares of a checkerboard meet.
///
/// The response is minus the determinant of the Hessian, Ixy^2 - Ixx Iyy, from the 5x5 derivative
/// kernels d2 = [1 0 -2 0 1], d1 = [-1 -2 0 2 1], s = [1 4 6 4 1] (Gaussian smoothing of one pixel
/// standard deviation inside). Exact in 32-bit integers. A sharp corner between squares that
/// differ by C grey levels answers with about 324 C^2.
///
/// Rows are filtered one at a time into a ring of rows that stays in the cache, so no filtered
/// picture is ever stored.
package final class SaddlePeaks {
  /// A local maximum: the pixel and its response.
  package struct Peak: Equatable, Sendable {
    package var x: Int32
    package var y: Int32
    package var response: Int32
  }

  /// The most peaks kept; when more are found, the threshold is raised to the median of those found
  /// so far and the weaker half is dropped.
  package static let capacity = 16384

  private static let blockSize = 4
  private static let ringRows = 16
  /// Pixels next to the frame without a response.
  package static let border = 2

  /// Peaks weaker than this share of the reference, the response that `referenceRank` peaks reach,
  /// are dropped: beside strong corners, faint ones are texture or noise.
  private static let leastShare: Float = 0.008
  private static let referenceRank = 40

  package private(set) var peaks: [Peak] = []
  /// How many maxima were above the threshold at the time they were met.
  package private(set) var found = 0

  private let smooth = Raster<Int16>()
  private let ring = Raster<Int32>()
  private let columnMaxima = Raster<Int32>()
  /// Peaks by the logarithm of their response, in quarters of an octave.
  private let histogram = UnsafeMutablePointer<Int32>.allocate(capacity: 128)
  /// The response a peak must exceed; it only grows while a picture is searched, towards a value
  /// that does not depend on the order in which peaks are met.
  private var limit: Int32 = 1

  package init() { peaks.reserveCapacity(Self.capacity) }

  deinit { histogram.deallocate() }

  /// Finds the peaks of a picture whose response exceeds `threshold` and the least share of the
  /// picture's strong ones; each is the largest of its 5x5 neighbourhood (the first in reading
  /// order among equals).
  package func find(
    in pixels: UnsafePointer<UInt8>, width: Int, height: Int, threshold: Int32
  ) {
    peaks.removeAll(keepingCapacity: true)
    found = 0
    limit = max(threshold, 1)
    histogram.update(repeating: 0, count: 128)
    guard width >= 16, height >= 16 else { return }
    smooth.reshape(width: width, height: 3)
    // One row more than is used: groups of eight are read past the last row's end.
    ring.reshape(width: width, height: Self.ringRows + 1)
    columnMaxima.reshape(width: width, height: 1)
    ring.base.update(repeating: 0, count: width * (Self.ringRows + 1))
    var nextStrip = 4
    for y in 2..<(height + 6) {
      if y < height - 2 {
        response(of: pixels, width: width, row: y)
      } else {
        (ring.base + (y % Self.ringRows) * width).update(repeating: 0, count: width)
      }
      // A strip of four rows needs two rows above and below it.
      if y == nextStrip + 5 {
        collect(strip: nextStrip, width: width)
        nextStrip += Self.blockSize
      }
    }
    let least = limit
    peaks.removeAll { $0.response <= least }
  }

  /// The response of one row into its place in the ring.
  private func response(of pixels: UnsafePointer<UInt8>, width: Int, row y: Int) {
    let r0 = pixels + (y - 2) * width
    let r1 = r0 + width
    let r2 = r1 + width
    let r3 = r2 + width
    let r4 = r3 + width
    let s = smooth.base
    let first = smooth.base + width
    let second = first + width
    for x in 0..<width {
      let a = Int16(r0[x])
      let b = Int16(r1[x])
      let c = Int16(r2[x])
      let d = Int16(r3[x])
      let e = Int16(r4[x])
      let outer = a &+ e
      s[x] = outer &+ ((b &+ d) &<< 2) &+ c &* 6
      first[x] = e &- a &+ ((d &- b) &<< 1)
      second[x] = outer &- (c &<< 1)
    }
    let out = ring.base + (y % Self.ringRows) * width
    for x in 2..<(width - 2) {
      let xx = s[x &- 2] &+ s[x &+ 2] &- (s[x] &<< 1)
      let yy =
        second[x &- 2] &+ second[x &+ 2] &+ ((second[x &- 1] &+ second[x &+ 1]) &<< 2)
        &+ second[x] &* 6
      let xy = first[x &+ 2] &- first[x &- 2] &+ ((first[x &+ 1] &- first[x &- 1]) &<< 1)
      out[x] = Int32(xy) &* Int32(xy) &- Int32(xx) &* Int32(yy)
    }
  }

  /// Collects the peaks of rows `y0` ..< `y0 + 4`.
  private func collect(strip y0: Int, width: Int) {
    let maxima = columnMaxima.base
    // Rows y0 - 2 to y0 + 5.
    var rows = InlineArray<8, UnsafeMutablePointer<Int32>>(repeating: ring.base)
    for k in 0..<8 { rows[k] = ring.base + ((y0 + k - 2) % Self.ringRows) * width }
    let a = rows[2]
    let b = rows[3]
    let c = rows[4]
    let d = rows[5]
    for x in 0..<width { maxima[x] = max(max(a[x], b[x]), max(c[x], d[x])) }
    let least = limit
    let before = found
    var x0 = 4
    while x0 + 6 <= width {
      let m0 = max(maxima[x0], maxima[x0 &+ 1])
      let m1 = max(maxima[x0 &+ 2], maxima[x0 &+ 3])
      let best = max(m0, m1)
      if best > least { examineBlock(rows, x0: x0, y0: y0, best: best) }
      x0 &+= Self.blockSize
    }
    if found > before { raiseLimit() }
  }

  /// Keeps the block's maximum when no pixel within two of it answers more.
  @inline(__always)
  private func examineBlock(
    _ rows: InlineArray<8, UnsafeMutablePointer<Int32>>, x0: Int, y0: Int, best: Int32
  ) {
    // The columns' maxima name the column.
    var px = x0
    while columnMaxima.base[px] != best { px &+= 1 }
    var py = 2
    while rows[py][px] != best { py &+= 1 }
    var isBeaten = SIMDMask<SIMD8<Int32>>(repeating: false)
    var equals = SIMD8<Int32>(repeating: 0)
    let bar = SIMD8<Int32>(repeating: best)
    for k in (py &- 2)...(py &+ 2) {
      let line = UnsafeRawPointer(rows[k] + (px &- 2)).loadUnaligned(as: SIMD8<Int32>.self)
      isBeaten = isBeaten .| (line .> bar)
      equals.replace(with: equals &+ 1, where: line .== bar)
    }
    if any(isBeaten .& Self.fiveLanes) { return }
    equals.replace(with: 0, where: .!Self.fiveLanes)
    if equals.wrappedSum() > 1 {
      // Of equals the first in reading order stays.
      for k in (py &- 2)...py {
        for x in -2...2 where rows[k][px &+ x] == best {
          if k < py || (k == py && x < 0) { return }
        }
      }
    }
    found += 1
    histogram[Self.bucket(best)] &+= 1
    peaks.append(Peak(x: Int32(px), y: Int32(y0 &+ py &- 2), response: best))
  }

  /// The first five of eight lanes.
  private static let fiveLanes: SIMDMask<SIMD8<Int32>> =
    SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) .< SIMD8<Int32>(repeating: 5)

  /// The quarter octave of a response; no less than the logarithm says.
  private static func bucket(_ response: Int32) -> Int {
    let octave = 31 - response.leadingZeroBitCount
    let quarter = octave >= 2 ? Int((response >> Int32(octave - 2)) & 3) : 0
    return 4 * octave + quarter
  }

  /// The least response of a bucket.
  private static func leastResponse(_ bucket: Int) -> Int32 {
    let octave = bucket / 4
    return octave >= 2 ? Int32(4 + bucket % 4) << Int32(octave - 2) : 1 << Int32(octave)
  }

  /// Raises the limit to what the peaks met so far demand, and makes room when they are too many.
  private func raiseLimit() {
    var bucket = 127
    var count: Int32 = 0
    while bucket > 0, count < Int32(Self.referenceRank) {
      count += histogram[bucket]
      if count < Int32(Self.referenceRank) { bucket -= 1 }
    }
    limit = max(limit, Int32(Self.leastShare * Float(Self.leastResponse(bucket))))
    guard peaks.count >= Self.capacity else { return }
    limit = max(limit, peaks.map(\.response).sorted()[Self.capacity / 2])
    let least = limit
    peaks.removeAll { $0.response <= least }
  }
}
