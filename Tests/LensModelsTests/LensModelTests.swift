import Geometry
import Testing

@testable import LensModels

/// What every lens model promises, run over all of them.
struct LensModelTests {
  /// Lenses as they are met in practice, 1280 x 800, with all coefficients at work.
  static func examples(_ kind: LensKind) throws -> [Lens] {
    let core = [640.3, 641.9, 633.0, 405.5]
    let coefficients: [[Double]] =
      switch kind {
      case .pinhole: [[]]
      case .opencv4: [[-0.28, 0.07, 1e-3, -7e-4], [0.05, -0.02, 0, 0], [0, 0, 0, 0]]
      case .opencv5: [[-0.3, 0.12, -6e-4, 4e-4, -0.03], [0.1, 0.02, 1e-3, 1e-3, 0.01]]
      case .opencv8:
        [
          [0.9, 0.15, 2e-4, -3e-4, 0.008, 1.2, 0.35, 0.03],
          [-0.25, 0.05, 1e-3, 1e-3, 0.0, 0.02, 0.01, 0.0],
        ]
      case .kannalaBrandt4: [[0.02, -0.01, 0.003, -4e-4], [-0.1, 0.02, 0.002, -1e-3]]
      }
    return try coefficients.map {
      try Lens(kind: kind, width: 1280, height: 800, parameters: core + $0)
    }
  }

  /// Directions up to 60 degrees from the axis, on it and around it, at depths from 0.2 to 3 m.
  static let points: [Vector3] = {
    var points = [Vector3(0, 0, 1)]
    for ring in 1...12 {
      for spoke in 0..<8 {
        let polar = Double(ring) * 5 * Double.pi / 180
        let turn = Double(spoke) * Double.pi / 4 + 0.1
        let depth = 0.2 + 0.3 * Double((ring + spoke) % 10)
        let direction = Rotation(rotationVector: Vector3(0, 0, turn)) * Vector3(1, 0, 0)
        let rotation = Rotation(rotationVector: Vector3(-direction.y, direction.x, 0) * polar)
        points.append((rotation * Vector3(0, 0, 1)) * depth)
      }
    }
    return points
  }()

  @Test(arguments: LensKind.allCases)
  func derivativesEqualDifferences(_ kind: LensKind) throws {
    for lens in try Self.examples(kind) {
      for point in Self.points {
        guard let p = lens.projectWithDerivatives(point) else { continue }
        #expect(abs((lens.project(point)?.x ?? .nan) - p.pixel.x) < 1e-10)
        for axis in 0..<3 {
          let h = 1e-6
          var up = point
          var down = point
          up[axis] += h
          down[axis] -= h
          guard let a = lens.project(up), let b = lens.project(down) else { continue }
          let difference = (a - b) / (2 * h)
          #expect(abs(difference.x - p.xByPoint[axis]) < 1e-5 * (1 + abs(difference.x)))
          #expect(abs(difference.y - p.yByPoint[axis]) < 1e-5 * (1 + abs(difference.y)))
        }
        for index in lens.parameters.indices {
          let h = 1e-6 * max(1, abs(lens.parameters[index]))
          var up = lens.parameters
          var down = lens.parameters
          up[index] += h
          down[index] -= h
          let high = try Lens(kind: kind, width: 1280, height: 800, parameters: up)
          let low = try Lens(kind: kind, width: 1280, height: 800, parameters: down)
          guard let a = high.project(point), let b = low.project(point) else { continue }
          let difference = (a - b) / (2 * h)
          #expect(abs(difference.x - p.xByParameters[index]) < 1e-5 * (1 + abs(difference.x)))
          #expect(abs(difference.y - p.yByParameters[index]) < 1e-5 * (1 + abs(difference.y)))
        }
      }
    }
  }

  @Test(arguments: LensKind.allCases)
  func directionComesBackFromItsPixel(_ kind: LensKind) throws {
    for lens in try Self.examples(kind) {
      var covered = 0
      for point in Self.points {
        guard let pixel = lens.project(point) else { continue }
        let direction = try #require(lens.unproject(pixel), "\(lens) \(point)")
        #expect((direction - point.normalized).length < 1e-9)
        covered += 1
      }
      #expect(covered > 40)
    }
  }

  @Test(arguments: LensKind.allCases)
  func pixelComesBackFromItsDirection(_ kind: LensKind) throws {
    for lens in try Self.examples(kind) {
      for x in stride(from: 0.0, through: 1279, by: 91.357) {
        for y in stride(from: 0.0, through: 799, by: 79.9) {
          guard let direction = lens.unproject(Vector2(x, y)) else { continue }
          #expect(abs(direction.length - 1) < 1e-12)
          let pixel = try #require(lens.project(direction))
          #expect((pixel - Vector2(x, y)).length < 1e-9)
        }
      }
    }
  }

  @Test(arguments: LensKind.allCases)
  func nothingIsSaidOutsideTheDomain(_ kind: LensKind) throws {
    let odd: [Double] = [0, -0.0, 1e-300, -1, 1e300, .infinity, -.infinity, .nan]
    for lens in try Self.examples(kind) {
      #expect(lens.project(Vector3(0, 0, -1)) == nil)
      #expect(lens.project(Vector3(0, 0, 0)) == nil)
      for x in odd {
        for y in odd {
          if let direction = lens.unproject(Vector2(x, y)) {
            #expect(abs(direction.length - 1) < 1e-12)
          }
          for z in odd {
            if let pixel = lens.project(Vector3(x, y, z)) {
              #expect(pixel.x.isFinite && pixel.y.isFinite)
            }
            if let p = lens.projectWithDerivatives(Vector3(x, y, z)) {
              #expect(p.pixel.x.isFinite && p.pixel.y.isFinite)
            }
          }
        }
      }
    }
  }

  @Test func foldedRadiusHasNoPixel() throws {
    // r (1 - 0.3 r^2) grows up to r = 1/sqrt(0.9) and folds back there.
    let lens = try Lens(
      kind: .opencv4, width: 1280, height: 800, parameters: [600, 600, 640, 400, -0.3, 0, 0, 0])
    #expect(abs(lens.limit - 1 / 0.9.squareRoot()) < 1e-12)
    #expect(lens.project(Vector3(1.05, 0, 1)) != nil)
    #expect(lens.project(Vector3(1.06, 0, 1)) == nil)
    #expect(lens.unproject(Vector2(640 + 600 * 0.71, 400)) == nil)
  }

  @Test func poleOfTheDenominatorEndsTheDomain() throws {
    // The denominator 1 - s is zero at r = 1; the radius grows without bound before it.
    let lens = try Lens(
      kind: .opencv8, width: 1280, height: 800,
      parameters: [600, 600, 640, 400, 0, 0, 0, 0, 0, -1, 0, 0])
    #expect(abs(lens.limit - 1) < 1e-12)
    #expect(lens.project(Vector3(1.01, 0, 1)) == nil)
  }

  @Test func fisheyeSeesBehindItself() throws {
    let lens = try Lens(
      kind: .kannalaBrandt4, width: 1280, height: 1280,
      parameters: [300, 300, 640, 640, 0, 0, 0, 0])
    let angle = 110 * Double.pi / 180
    let direction = Vector3(sin(angle), 0, cos(angle))
    let pixel = try #require(lens.project(direction))
    #expect((pixel - Vector2(640 + 300 * angle, 640)).length < 1e-9)
    #expect((try #require(lens.unproject(pixel)) - direction).length < 1e-12)
  }

  private func sin(_ x: Double) -> Double {
    (Rotation(rotationVector: Vector3(0, 0, x)) * Vector3(1, 0, 0)).y
  }
  private func cos(_ x: Double) -> Double {
    (Rotation(rotationVector: Vector3(0, 0, x)) * Vector3(1, 0, 0)).x
  }
}
