import Bundles
import Documents
import LensModels

/// As much of a solve's JSON, or a bundle, as a comparison needs.
private struct ResultDocument: Decodable {
  var cameras: [String: Camera]
  var rms: Double?
  var basketError: BasketErrorRecord?

  struct Camera: Decodable {
    var model: LensKind?
    var width: Int
    var height: Int
    var parameters: LensParameters?
    var referenceFromCamera: PoseRecord?
    var cartFromCamera: PoseRecord?

    enum CodingKeys: String, CodingKey {
      case model, width, height, parameters
      case referenceFromCamera = "reference_from_camera"
      case cartFromCamera = "cart_from_camera"
    }
  }

  enum CodingKeys: String, CodingKey {
    case cameras
    case rms = "rms_px"
    case basketError = "basket_error"
  }
}

extension ComparedResult {
  /// Reads the JSON of a solve, or a bundle. Cameras without a lens or a pose are left out; poses are
  /// those in the cart where every camera has one, else those relative to the reference camera.
  package init(file: String) throws(SimulationError) {
    let document: ResultDocument
    do throws(DocumentError) {
      document = try JSONDocument.decode(ResultDocument.self, file: file)
    } catch {
      throw .document(error)
    }
    rms = document.rms
    basket = document.basketError
    let placed = document.cameras.filter {
      $0.value.cartFromCamera != nil || $0.value.referenceFromCamera != nil
    }
    isInCart = placed.values.allSatisfy { $0.cartFromCamera != nil }
    cameras = [:]
    for (name, camera) in placed {
      guard let model = camera.model, let parameters = camera.parameters,
        let pose = isInCart ? camera.cartFromCamera : camera.referenceFromCamera
      else { continue }
      cameras[name] = ComparedCamera(
        lens: try ComparedTruth.lens(
          model, camera.width, camera.height, parameters.all, file, name),
        frameFromCamera: pose.transform)
    }
  }
}
