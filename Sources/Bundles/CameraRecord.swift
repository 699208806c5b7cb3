public import LensModels

/// One camera of a bundle: its lens, its place and how well they fit.
public struct CameraRecord: Equatable, Sendable {
  /// Nil with `parameters` when the lens could not be solved; a finding says why.
  public var model: LensKind?
  /// Picture size, pixels.
  public var width: Int
  public var height: Int
  public var parameters: LensParameters?
  /// Nil when the camera's place relative to the reference camera is unknown.
  public var referenceFromCamera: PoseRecord?
  /// Views of the board whose corners have identities, and such whose place on it is unknown.
  public var views: Int
  public var unanchoredViews: Int
  public var corners: Int
  /// sqrt(sum(dx^2 + dy^2) / corners), pixels; over the corners used, and over held-out frames.
  public var rmsPixels: Double?
  public var holdoutRMSPixels: Double?
  /// How sure lens and place are.
  public var certainty: CertaintyRecord
  /// Where the camera is in its cart; nil when that is unknown.
  public var cartPose: CartPoseRecord?

  public init(
    lens: Lens?, width: Int, height: Int, referenceFromCamera: PoseRecord?, views: Int,
    unanchoredViews: Int, corners: Int, rmsPixels: Double?, holdoutRMSPixels: Double?,
    certainty: CertaintyRecord = CertaintyRecord()
  ) {
    model = lens?.kind
    self.width = width
    self.height = height
    parameters = lens.map { LensParameters($0.parameters) }
    self.referenceFromCamera = referenceFromCamera
    self.views = views
    self.unanchoredViews = unanchoredViews
    self.corners = corners
    self.rmsPixels = rmsPixels
    self.holdoutRMSPixels = holdoutRMSPixels
    self.certainty = certainty
  }

  /// The lens, ready to project; nil when there is none. Throws when the parameters do not fit the
  /// model.
  public var lens: Lens? {
    get throws(LensError) {
      guard let model, let parameters else { return nil }
      return try Lens(kind: model, width: width, height: height, parameters: parameters.all)
    }
  }
}

/// A lens's parameters by name.
public struct LensParameters: Codable, Equatable, Sendable {
  /// Pixels.
  public var fx: Double
  public var fy: Double
  public var cx: Double
  public var cy: Double
  /// In the model's order.
  public var distortion: [Double]

  /// From fx, fy, cx, cy and the distortion in one list of at least four.
  package init(_ all: [Double]) {
    precondition(all.count >= 4)
    (fx, fy, cx, cy) = (all[0], all[1], all[2], all[3])
    distortion = Array(all[4...])
  }

  /// fx, fy, cx, cy, then the distortion.
  public var all: [Double] { [fx, fy, cx, cy] + distortion }
}

extension CameraRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case model, width, height, parameters
    case referenceFromCamera = "reference_from_camera"
    case views
    case unanchoredViews = "unanchored_views"
    case corners
    case rmsPixels = "rms_px"
    case holdoutRMSPixels = "holdout_rms_px"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decodeIfPresent(LensKind.self, forKey: .model)
    width = try values.decode(Int.self, forKey: .width)
    height = try values.decode(Int.self, forKey: .height)
    parameters = try values.decodeIfPresent(LensParameters.self, forKey: .parameters)
    referenceFromCamera = try values.decodeIfPresent(
      PoseRecord.self, forKey: .referenceFromCamera)
    views = try values.decode(Int.self, forKey: .views)
    unanchoredViews = try values.decode(Int.self, forKey: .unanchoredViews)
    corners = try values.decode(Int.self, forKey: .corners)
    rmsPixels = try values.decodeIfPresent(Double.self, forKey: .rmsPixels)
    holdoutRMSPixels = try values.decodeIfPresent(Double.self, forKey: .holdoutRMSPixels)
    certainty = try CertaintyRecord(from: decoder)
    cartPose = try CartPoseRecord.decode(from: decoder)

    try values.check(width > 0, .width, "a picture has at least one pixel")
    try values.check(height > 0, .height, "a picture has at least one pixel")
    try values.check(
      (model == nil) == (parameters == nil), .parameters, "model and parameters go together")
    let counts = [parameters?.distortion.count, certainty.sigma?.distortion.count]
    try values.check(
      certainty.sigma == nil || counts[0] == counts[1], .parameters,
      "as many coefficients as deviations of them were expected")
    do throws(LensError) {
      _ = try lens
    } catch {
      try values.check(false, .parameters, "\(error)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(model, forKey: .model)
    try values.encode(width, forKey: .width)
    try values.encode(height, forKey: .height)
    try values.encode(parameters, forKey: .parameters)
    try values.encode(referenceFromCamera, forKey: .referenceFromCamera)
    try values.encode(views, forKey: .views)
    try values.encode(unanchoredViews, forKey: .unanchoredViews)
    try values.encode(corners, forKey: .corners)
    try values.encode(rmsPixels, forKey: .rmsPixels)
    try values.encode(holdoutRMSPixels, forKey: .holdoutRMSPixels)
    // Their keys stand among those of the camera.
    try certainty.encode(to: encoder)
    try cartPose?.encode(to: encoder)
  }
}
