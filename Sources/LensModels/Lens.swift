/// The lens models, by the names used in files and on the command line.
public enum LensKind: String, CaseIterable, Codable, Sendable {
  case pinhole
  case opencv4
  case opencv5
  case opencv8
  case kannalaBrandt4 = "kannala_brandt4"
}

/// A camera's lens: a model, its picture size and its parameters.
public struct Lens: Equatable, Sendable {
  public var kind: LensKind
  /// Picture size, pixels.
  public var width: Int
  public var height: Int
  /// fx, fy, cx, cy (pixels), then the distortion coefficients in the model's order.
  public var parameters: [Double]

  public init(kind: LensKind, width: Int, height: Int, parameters: [Double]) {
    self.kind = kind
    self.width = width
    self.height = height
    self.parameters = parameters
  }
}
