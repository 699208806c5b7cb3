/// What can be wrong with a cart's scale, or with the way it is calibrated.
package enum ScaleFault: Equatable, Sendable {
  /// A cell says the same whatever lies on it.
  case deadCell(Int)
  /// The wires of two cells are in each other's place.
  case swappedCells(Int, Int)
  /// Something carries a part of the load where it lies at a cell's corner.
  case bind(Int, part: Double)
  /// A converter ends at this many counts.
  case saturation(Int, counts: Double)
  /// A mass, by its nominal kilograms, is wrong by a part of it.
  case wrongMass(nominal: Double, part: Double)
  /// In a step the mass lies at another place, metres.
  case wrongPlace(step: Int, SIMD2<Double>)
  /// Zero moves by this much a minute, kilograms.
  case zeroDrift(Double)
  /// The frame is twisted: a load in a corner reads wrong by a part of it, with one sign at two
  /// corners that face each other and the other at the other two.
  case twist(Double)
  /// The floor slopes, radians about the two axes.
  case slope(SIMD2<Double>)
  /// The scale sticks: a load that changes by less than this, kilograms, is not seen.
  case friction(Double)

  /// A stable word for campaigns.
  package var word: String {
    switch self {
    case .deadCell: "dead_cell"
    case .swappedCells: "swapped_cells"
    case .bind: "bind"
    case .saturation: "saturation"
    case .wrongMass: "wrong_mass"
    case .wrongPlace: "wrong_place"
    case .zeroDrift: "zero_drift"
    case .twist: "twist"
    case .slope: "slope"
    case .friction: "friction"
    }
  }
}
