import Geometry
package import LensModels
package import Rigs

extension Lens {
  /// A lens of a rig's camera as a factory makes it: the design's distortion, with focal length,
  /// centre and coefficients off by what such lenses usually are off.
  ///
  /// The designs are of usual lenses: 4 % barrel at the side of an 85 degree picture, a rational
  /// wide-angle, a fisheye close to equidistant. Where a design's model would fold back within
  /// the picture, as for a focal length far from usual, its distortion is reduced.
  package static func manufactured(
    _ camera: RigCamera, _ numbers: inout SeededNumbers
  ) throws(LensError) -> Lens {
    let family = camera.lens.family
    let kind = camera.lens.model ?? family.model
    let width = Double(camera.width)
    let nominal = camera.lens.focal ?? width * family.usualFocal
    let focal = nominal * (1 + 0.007 * numbers.bounded())
    let core = [
      focal, focal * (1 + 0.001 * numbers.bounded()),
      0.5 * (width - 1) + 0.008 * width * numbers.bounded(),
      0.5 * Double(camera.height - 1) + 0.008 * width * numbers.bounded(),
    ]
    let design = zip(kind.parameterNames.dropFirst(4), family.design(kind)).map { name, value in
      name.hasPrefix("p")
        ? 3e-4 * numbers.bounded() : value * (1 + 0.02 * numbers.bounded())
    }
    var strength = 1.0
    while true {
      let lens = try Lens(
        kind: kind, width: camera.width, height: camera.height,
        parameters: core + design.map { $0 * strength })
      if lens.coversPicture || lens.seesBehind || strength < 1e-3 { return lens }
      strength *= 0.7
    }
  }
}

extension RigLens.Family {
  /// In picture widths.
  fileprivate var usualFocal: Double {
    switch self {
    case .pinhole: 0.55
    case .wide: 0.5
    case .fisheye: 0.375
    }
  }

  /// Coefficients of the design in a model's order.
  fileprivate func design(_ kind: LensKind) -> [Double] {
    let isWide = self == .wide
    return switch kind {
    case .pinhole: []
    case .opencv4: isWide ? [-0.24, 0.05, 0, 0] : [-0.1, 0.02, 0, 0]
    case .opencv5: isWide ? [-0.26, 0.09, 0, 0, -0.016] : [-0.11, 0.038, 0, 0, -0.013]
    case .opencv8: [0.6, 0.05, 0, 0, 0.001, 0.95, 0.15, 0.006]
    case .kannalaBrandt4: [-0.025, 0.0045, -0.0026, 0.00038]
    }
  }
}

extension SeededNumbers {
  /// Normal with standard deviation 1, drawn again beyond 2.
  mutating func bounded() -> Double {
    while true {
      let value = normal()
      if abs(value) <= 2 { return value }
    }
  }
}
