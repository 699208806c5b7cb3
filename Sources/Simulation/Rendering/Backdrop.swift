import Execution
import Geometry

/// What a camera sees without a board: the wires of the basket before something uneven.
///
/// Only made to look and to mislead like the real thing: many crossings of straight lines, edges of
/// all contrasts. Nothing is measured on it.
struct Backdrop: Sendable {
  /// Reflectances, row by row.
  let values: [Float]

  /// Metres.
  private static let wireSpacing = 0.03
  private static let wireWidth = 0.0035

  init(
    _ rays: RayTable, worldFromCamera: RigidTransform, focal: Double, basket: Basket,
    _ numbers: inout SeededNumbers, threads: ThreadCount
  ) {
    let texture = Texture(width: rays.width, height: rays.height, &numbers)
    let walls = Self.walls(of: basket)
    let wire = Float(numbers.uniform(0.3, 0.45))
    let turn = worldFromCamera.rotation.matrix
    let origin = worldFromCamera.translation
    let rows = parallelMap(rays.height, threads: threads) { row in
      var line = Array(repeating: Float(0), count: rays.width)
      for column in 0..<rays.width {
        var value = texture.value(column, row)
        let ray = rays.rays[(row + 1) * rays.stride + column + 1]
        if ray.x.isFinite {
          let direction = turn * ray
          for wall in walls {
            let part = wall.wirePart(
              origin, direction, focal: focal, spacing: Self.wireSpacing, width: Self.wireWidth)
            value += Float(part) * (wire - value)
          }
        } else {
          value = 0.01
        }
        line[column] = value
      }
      return line
    }
    values = Array(rows.joined())
  }

  /// The floor and the four sides.
  private static func walls(of basket: Basket) -> [Wall] {
    let half = basket.size * 0.5
    let (x, y, z) = (Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))
    let low = Vector3(-half.x, -half.y, 0)
    let size = basket.size
    return [
      Wall(corner: low, along: x, up: y, size: Vector2(size.x, size.y)),
      Wall(corner: low, along: x, up: z, size: Vector2(size.x, size.z)),
      Wall(corner: low, along: y, up: z, size: Vector2(size.y, size.z)),
      Wall(corner: Vector3(-half.x, half.y, 0), along: x, up: z, size: Vector2(size.x, size.z)),
      Wall(corner: Vector3(half.x, -half.y, 0), along: y, up: z, size: Vector2(size.y, size.z)),
    ]
  }
}

/// A rectangle of wires.
private struct Wall {
  let corner: Vector3
  let along: Vector3
  let up: Vector3
  let size: Vector2

  /// The part of a pixel's light that comes from wires.
  func wirePart(
    _ origin: Vector3, _ direction: Vector3, focal: Double, spacing: Double, width: Double
  ) -> Double {
    let normal = along.cross(up)
    let slant = normal.dot(direction)
    guard abs(slant) > 1e-4 else { return 0 }
    let distance = normal.dot(corner - origin) / slant
    guard distance > 0.01 else { return 0 }
    let place = origin + direction * distance - corner
    let (x, y) = (place.dot(along), place.dot(up))
    guard x > -width, y > -width, x < size.x + width, y < size.y + width else { return 0 }
    // What a pixel and the blur around it take in, on the wall.
    let blur = 1.5 * distance / focal / abs(slant).squareRoot()
    let a = part(x, spacing, width, blur)
    let b = part(y, spacing, width, blur)
    return a + b - a * b
  }

  private func part(_ x: Double, _ spacing: Double, _ width: Double, _ blur: Double) -> Double {
    let beside = abs(x - (x / spacing).rounded() * spacing)
    let inside = (0.5 * width - beside) / blur + 0.5
    return max(0, min(1, inside)) * min(1, width / blur)
  }
}

/// Uneven grey of several sizes: values on lattices, joined smoothly.
private struct Texture: Sendable {
  private struct Layer {
    let cell: Double
    let columns: Int
    let strength: Double
    let values: [Float]
  }

  private let layers: [Layer]

  init(width: Int, height: Int, _ numbers: inout SeededNumbers) {
    var layers: [Layer] = []
    for (cell, strength) in [(180.0, 0.5), (60.0, 0.32), (20.0, 0.18)] {
      let columns = Int(Double(width) / cell) + 3
      let rows = Int(Double(height) / cell) + 3
      layers.append(
        Layer(
          cell: cell, columns: columns, strength: strength,
          values: (0..<(columns * rows)).map { _ in Float(numbers.uniform()) }))
    }
    self.layers = layers
  }

  func value(_ column: Int, _ row: Int) -> Float {
    var sum: Float = 0.02
    for layer in layers {
      let x = Double(column) / layer.cell
      let y = Double(row) / layer.cell
      let (i, j) = (Int(x), Int(y))
      let (u, v) = (smooth(x - Double(i)), smooth(y - Double(j)))
      let at = j * layer.columns + i
      let top = layer.values[at] + (layer.values[at + 1] - layer.values[at]) * u
      let below = at + layer.columns
      let bottom = layer.values[below] + (layer.values[below + 1] - layer.values[below]) * u
      sum += Float(layer.strength) * 0.45 * (top + (bottom - top) * v)
    }
    return sum
  }

  private func smooth(_ t: Double) -> Float { Float(t * t * (3 - 2 * t)) }
}
