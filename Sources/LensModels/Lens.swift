public import Geometry

/// A camera's lens: a model, its picture size and its parameters.
///
///     let lens = try Lens(kind: .opencv5, width: 640, height: 480, parameters: numbers)
///     let pixel = lens.project(camera_from_world * point)   // nil: not in the picture of the lens
///     let direction = lens.unproject(pixel)
///
/// Camera axes: x right, y down, z forward. Pixel (0, 0) is the centre of the top-left pixel.
public struct Lens: Equatable, Sendable {
  public let kind: LensKind
  /// Picture size, pixels.
  public let width: Int
  public let height: Int
  /// fx, fy, cx, cy (pixels), then the distortion coefficients; `kind.parameterNames` names them.
  public let parameters: [Double]
  /// The radial coordinate up to which the model is monotone; see `LensModel`.
  package let limit: Double

  /// A lens with the given parameters.
  ///
  /// Throws when the number of parameters is not the model's, when one is not finite, or when a
  /// focal length is not positive.
  public init(
    kind: LensKind, width: Int, height: Int, parameters: [Double]
  ) throws(LensError) {
    guard parameters.count == kind.parameterCount else {
      throw .wrongParameterCount(kind, count: parameters.count)
    }
    for (name, value) in zip(kind.parameterNames, parameters) {
      guard value.isFinite, name.first != "f" || value > 0 else {
        throw .impossibleParameter(kind, name: name, value: value)
      }
    }
    self.kind = kind
    self.width = width
    self.height = height
    self.parameters = parameters
    limit = kind.withModel(Limit(parameters: parameters))
  }

  /// The coefficients after fx, fy, cx, cy.
  public var distortion: [Double] { Array(parameters.dropFirst(4)) }

  /// The pixel at which a point in camera coordinates (metres, or any unit) is seen.
  ///
  /// Nil when the point lies outside the model's domain: behind the camera of a perspective lens,
  /// or beyond the radius at which the model folds back on itself. The pixel may lie outside the
  /// picture.
  public func project(_ point: Vector3) -> Vector2? {
    kind.withModel(Projection(parameters: parameters, limit: limit, point: point))
  }

  /// The unit direction, in camera coordinates, that is seen at a pixel; nil when there is none.
  public func unproject(_ pixel: Vector2) -> Vector3? {
    kind.withModel(Unprojection(parameters: parameters, limit: limit, pixel: pixel))
  }

  /// The pixel of a point in camera coordinates with its derivatives; nil where `project` is nil.
  public func projectWithDerivatives(_ point: Vector3) -> ProjectionWithDerivatives? {
    kind.withModel(Linearization(parameters: parameters, limit: limit, point: point))
  }
}

/// A pixel with the derivatives of its coordinates by the point and by the lens's parameters.
public struct ProjectionWithDerivatives: Equatable, Sendable {
  public var pixel: Vector2
  /// The gradient of the pixel's x and y by the point, pixels by unit of the point.
  public var xByPoint: Vector3
  public var yByPoint: Vector3
  /// The gradient of the pixel's x and y by the parameters, in their order.
  public var xByParameters: [Double]
  public var yByParameters: [Double]
}

struct Limit: LensModelTask {
  let parameters: [Double]

  func run<Model: LensModel>(_: Model.Type) -> Double {
    parameters.withUnsafeBufferPointer { $0.baseAddress.map { Model($0).limit() } ?? 0 }
  }
}

struct Projection: LensModelTask {
  let parameters: [Double]
  let limit: Double
  let point: Vector3

  func run<Model: LensModel>(_: Model.Type) -> Vector2? {
    parameters.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let model = Model(start)
      guard model.covers(point, limit: limit) else { return nil }
      let pixel = model.project(point)
      return pixel.x.isFinite && pixel.y.isFinite ? pixel : nil
    }
  }
}

struct Unprojection: LensModelTask {
  let parameters: [Double]
  let limit: Double
  let pixel: Vector2

  func run<Model: LensModel>(_: Model.Type) -> Vector3? {
    let direction = parameters.withUnsafeBufferPointer {
      $0.baseAddress.flatMap { Model($0).unproject(pixel, limit: limit) }
    }
    // Pixels that are no numbers, or so far out that squares overflow, have no direction.
    guard let direction, abs(direction.dot(direction) - 1) < 1e-9 else { return nil }
    return direction
  }
}

struct Linearization: LensModelTask {
  let parameters: [Double]
  let limit: Double
  let point: Vector3

  func run<Model: LensModel>(_: Model.Type) -> ProjectionWithDerivatives? {
    parameters.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let model = Model(start)
      guard model.covers(point, limit: limit) else { return nil }
      var result: LinearizedPixel?
      var byParameters: ([Double], [Double]) = ([], [])
      byParameters.0 = Array(unsafeUninitializedCapacity: Model.parameterCount) { xs, xCount in
        byParameters.1 = Array(unsafeUninitializedCapacity: Model.parameterCount) { ys, yCount in
          guard let x = xs.baseAddress, let y = ys.baseAddress else { return }
          result = model.linearize(
            point.x, point.y, point.z, xByParameters: x, yByParameters: y)
          xCount = Model.parameterCount
          yCount = Model.parameterCount
        }
      }
      guard let p = result, p.x.isFinite, p.y.isFinite else { return nil }
      return ProjectionWithDerivatives(
        pixel: Vector2(p.x, p.y), xByPoint: Vector3(p.xByX, p.xByY, p.xByZ),
        yByPoint: Vector3(p.yByX, p.yByY, p.yByZ), xByParameters: byParameters.0,
        yByParameters: byParameters.1)
    }
  }
}
