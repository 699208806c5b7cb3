/// The pixels of one pyramid level, borrowed for the length of a call.
///
/// Level k halves the picture k times; its pixel (x, y) has its centre at
/// ((x + 0.5) 2^k - 0.5, (y + 0.5) 2^k - 0.5) of the picture.
struct LevelView {
  let pixels: UnsafePointer<UInt8>
  let width: Int
  let height: Int
  /// k, the number of halvings.
  let level: Int

  /// True when the pixel and everything within `margin` pixels of it lie in the picture.
  @inline(__always)
  func contains(_ x: Float, _ y: Float, margin: Float) -> Bool {
    x >= margin && y >= margin && x <= Float(width - 1) - margin && y <= Float(height - 1) - margin
  }

  /// The grey level at a place, bilinear; the place must lie inside the picture.
  @inline(__always)
  func sample(_ x: Float, _ y: Float) -> Float {
    let x0 = min(Int(x), width &- 2)
    let y0 = min(Int(y), height &- 2)
    let fx = x - Float(x0)
    let fy = y - Float(y0)
    let p = pixels + (y0 &* width &+ x0)
    let a = Float(p[0])
    let b = Float(p[1])
    let c = Float(p[width])
    let d = Float(p[width &+ 1])
    let top = a + (b - a) * fx
    let bottom = c + (d - c) * fx
    return top + (bottom - top) * fy
  }

  /// A level coordinate in the picture's pixels.
  @inline(__always)
  func inPicture(_ coordinate: Float) -> Double {
    (Double(coordinate) + 0.5) * Double(1 << level) - 0.5
  }
}
