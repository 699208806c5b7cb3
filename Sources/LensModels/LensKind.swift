/// The lens models, by the names used in files and on the command line.
///
/// To add a model: write one file with a type that conforms to `LensModel`, and add its case and
/// its line in `withModel` here. The conformance test then runs over it. For `--lens auto` to try
/// it, CameraCalibration's `kindsByComplexity` ranks it, and `converted` gives it a start.
public enum LensKind: String, CaseIterable, Codable, Sendable {
  case pinhole
  case opencv4
  case opencv5
  case opencv8
  case kannalaBrandt4 = "kannala_brandt4"
}

extension LensKind {
  /// Runs `task` with the concrete type of this model: the one place that lists them.
  ///
  /// The loop over points belongs inside the task, where the compiler writes it once for each
  /// model; nothing is looked up per point.
  @inlinable
  package func withModel<Task: LensModelTask>(_ task: Task) -> Task.Result {
    switch self {
    case .pinhole: task.run(PinholeModel.self)
    case .opencv4: task.run(OpenCV4Model.self)
    case .opencv5: task.run(OpenCV5Model.self)
    case .opencv8: task.run(OpenCV8Model.self)
    case .kannalaBrandt4: task.run(KannalaBrandt4Model.self)
    }
  }

  /// The names of the parameters, in the order of `Lens.parameters`: fx, fy, cx, cy in pixels, then
  /// the distortion coefficients in OpenCV's order.
  public var parameterNames: [String] { withModel(ParameterNames()) }

  /// The number of parameters.
  public var parameterCount: Int { parameterNames.count }
}

/// Work that is to be compiled for each lens model by itself.
@usableFromInline
package protocol LensModelTask {
  associatedtype Result
  func run<Model: LensModel>(_ model: Model.Type) -> Result
}

struct ParameterNames: LensModelTask {
  func run<Model: LensModel>(_ model: Model.Type) -> [String] {
    ["fx", "fy", "cx", "cy"] + Model.distortionNames
  }
}
