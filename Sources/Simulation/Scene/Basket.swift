package import Geometry

/// The basket of a cart. Cart frame: origin at the centre of its floor, x right, y forward, z up.
package struct Basket: Equatable, Sendable {
  /// Metres along x, y and z.
  package var size: Vector3

  package init(size: Vector3 = Vector3(0.6, 0.45, 0.5)) { self.size = size }

  /// A point of the rim, `part` of the way around it (0 to 1, from the back left corner to the
  /// right).
  package func rim(_ part: Double) -> Vector3 {
    let half = size * 0.5
    var way = (part - part.rounded(.down)) * 2 * (size.x + size.y)
    if way < size.x { return Vector3(way - half.x, -half.y, size.z) }
    way -= size.x
    if way < size.y { return Vector3(half.x, way - half.y, size.z) }
    way -= size.y
    if way < size.x { return Vector3(half.x - way, half.y, size.z) }
    way -= size.x
    return Vector3(-half.x, half.y - way, size.z)
  }
}
