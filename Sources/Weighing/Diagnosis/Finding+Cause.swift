import Documents
import Measurements

extension Finding {
  /// What a session's fit could be explained by, in a technician's words.
  static func cause(_ cause: FitHypotheses.Cause, _ hypotheses: FitHypotheses) -> Finding {
    switch cause {
    case .mass(let body, let error):
      let mass = hypotheses.bodies[body]
      let part = NumberText.fixed(
        abs(error) / mass.mass * 100, abs(error) > 0.01 * mass.mass ? 1 : 3)
      return Finding(
        code: "mass_wrong", severity: .unusable, subject: mass.name,
        text: "The mass of \(Words.kilograms(mass.mass)) weighs \(Words.grams(error)) "
          + "(\(part) %) too \(error > 0 ? "much" : "little"); all others fit together.",
        remedy: "Check that it is the mass that the procedure names; if it is, take it out of use "
          + "and have it calibrated.")
    case .bind(let cell, let part):
      return Finding(
        code: "corner_bind", severity: .unusable, subject: "cell \(hypotheses.names(cell))",
        text:
          "\(NumberText.fixed(part * 100, 1)) % of the load is missing when it lies at the corner of "
          + "cell \(hypotheses.names(cell)): something carries it past the cell.",
        remedy: "Free the plate at that corner: look for dirt, a cable, or a transport stop that "
          + "touches it.")
    case .twist(let part):
      let heaviest =
        hypotheses.placements.filter { $0.position != .zero }.map { placement in
          placement.bodies.reduce(0) { $0 + hypotheses.bodies[$1].mass }
        }.max() ?? 0
      return Finding(
        code: "frame_twisted", severity: .unusable,
        text: "Two corners that face each other read too much and the other two too little, by "
          + "\(Words.grams(part * heaviest)) at \(Words.kilograms(heaviest)): the frame is "
          + "twisted, or one foot of the plate does not bear.",
        remedy: "Set all four feet so that they bear evenly, and straighten the frame.")
    case .step(let step, let error):
      return Finding(
        code: "load_wrong", severity: .unusable, subject: "step \(step)",
        text: "The load of step \(step) is \(Words.grams(error)) too "
          + "\(error > 0 ? "heavy" : "light") for what the procedure says; all others fit.",
        remedy: "Check what lay on the scale, and that nothing touched it; record that step again.")
    }
  }
}
