package import Execution
import Geometry
import Glibc
package import LensModels

/// The direction that each pixel's centre sees, in camera coordinates, for a whole picture and a
/// rim of one pixel around it.
///
/// A lens's inverse costs far more than everything else that is done for a pixel, and the same
/// table serves all pictures of a camera.
package struct RayTable: Sendable {
  package let width: Int
  package let height: Int
  /// (width + 2) x (height + 2) unit vectors, NaN where nothing is seen.
  let rays: [Vector3]

  package init(_ lens: Lens, largestAngle: Double = .pi, threads: ThreadCount) {
    width = lens.width
    height = lens.height
    let bands = parallelMap(height + 2, threads: threads) { row in
      lens.kind.withModel(RayRow(lens: lens, row: row - 1, largestAngle: largestAngle))
    }
    rays = Array(bands.joined())
  }

  /// The number of directions in a row.
  var stride: Int { width + 2 }
}

private struct RayRow: LensModelTask {
  let lens: Lens
  let row: Int
  let largestAngle: Double

  func run<Model: LensModel>(_: Model.Type) -> [Vector3] {
    let nowhere = Vector3(.nan, .nan, .nan)
    return lens.parameters.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return [] }
      let model = Model(start)
      let limit = model.limit()
      let smallest = largestAngle < .pi ? cos(largestAngle) : -2
      return (-1...lens.width).map { column in
        guard let ray = model.unproject(Vector2(Double(column), Double(row)), limit: limit),
          ray.z >= smallest
        else { return nowhere }
        return ray
      }
    }
  }
}
