import LensModels
import LinearAlgebra
import Measurements

extension CalibrationRun {
  /// Names every direction of a camera's lens that the data leave weaker than its use allows.
  mutating func findWeakLens(
    _ place: Int, _ lens: Lens, _ joint: JointProblem, _ covariance: StateCovariance?
  ) {
    let limits = WeakDirectionLimits()
    let name = input.cameras[joint.cameras[place]].name
    guard let covariance, case let places = covariance.lensPlaces(camera: place),
      places.count == lens.parameters.count, let sigmaX = covariance.deviation(places[0]),
      let sigmaY = covariance.deviation(places[1])
    else {
      findings.append(.focalNotDetermined(name, percent: nil, pixels: nil, isUnusable: true))
      return
    }
    let focal = max(sigmaX / lens.parameters[0], sigmaY / lens.parameters[1])
    var focalPixels: Double?
    var named: [[WeakLensDirection.Part]] = []
    if let block = covariance.block(places),
      let points = UsePoints(lens, camera: place, joint.problem)
    {
      for direction in WeakLensDirection.all(lens, covariance: block, points)
      where direction.pixels > limits.pixels {
        // The focal length has words of its own, and says most.
        if direction.parts.contains(.focalLength), 2 * direction.focalLength > focal {
          focalPixels = max(focalPixels ?? 0, direction.pixels)
        } else if !named.contains(direction.parts) {
          named.append(direction.parts)
          findings.append(
            .weakDirection(
              name, direction.parts, pixels: direction.pixels,
              isUnusable: direction.pixels > limits.unusable * limits.pixels))
        }
      }
    } else if let open = openPart(places, lens.kind, covariance) {
      findings.append(.weakDirection(name, [open], pixels: nil, isUnusable: true))
    }
    if focal > limits.focalLength || focalPixels != nil {
      findings.append(
        .focalNotDetermined(
          name, percent: 100 * focal, pixels: focalPixels,
          isUnusable: focal > limits.unusable * limits.focalLength
            || focalPixels ?? 0 > limits.unusable * limits.pixels))
    }
  }

  /// What of a lens the data leave open altogether, where that shows in pixels: in a rational profile
  /// of exact corners numerator and denominator may grow together, and nothing is seen of it.
  private func openPart(
    _ places: [Int], _ kind: LensKind, _ covariance: StateCovariance
  ) -> WeakLensDirection.Part? {
    let open = places.indices.filter { places[$0] >= 0 && !covariance.isDetermined[places[$0]] }
    guard let first = open.first else { return nil }
    return first < 4 ? .principalPoint : kind == .opencv8 ? nil : .distortion
  }

  /// Names the cameras whose place relative to the others is weaker than their use allows.
  mutating func findWeakPlaces(_ joint: JointProblem, _ covariance: StateCovariance?) {
    guard !posesAreAmbiguous, let covariance else { return }
    let limits = WeakDirectionLimits()
    for (camera, place) in RelativePlace.all(joint, covariance).enumerated() {
      guard let place, place.move > limits.place || place.turn > limits.turn else { continue }
      findings.append(
        .weakLink(
          input.cameras[joint.cameras[camera]].name, place,
          sharedFrames: sharedFrames(camera, joint),
          isUnusable: place.move > limits.unusable * limits.place
            || place.turn > limits.unusable * limits.turn))
    }
  }

  /// In how many frames a camera sees the board together with another one it is linked with.
  private func sharedFrames(_ camera: Int, _ joint: JointProblem) -> Int {
    let problem = joint.problem
    var own: Set<Int> = []
    var others: Set<Int> = []
    for view in problem.views where problem.isUsed(view) {
      if view.camera == camera { own.insert(view.frame) } else { others.insert(view.frame) }
    }
    return own.intersection(others).count
  }
}
