import Execution

/// How far an adjustment goes.
struct AdjustmentLimits {
  var iterations = 60
  /// Done when a step promises less than this part of the cost. At 1e-9 the parameters are within
  /// 1e-3 of their standard deviations for 1000 residuals and more.
  var relativeDecrease = 1e-9
  var initialDamping = 1e-4
}

/// What an adjustment did.
struct AdjustmentSummary {
  var iterations = 0
  var initialCost = 0.0
  var finalCost = 0.0
  var termination = StageRecord.Termination.converged
}

/// Minimises the cost of a problem over all its free unknowns, by Levenberg's and Marquardt's
/// method with Nielsen's rule for the damping.
///
/// A camera looks at a board, the focal length is guessed twice too long: the first steps are short
/// and mostly downhill, the last ones are Newton's. Each iteration linearises at the point it
/// tries, so a step that is taken costs no second look. The problem is left at the best state met;
/// it is unchanged when some corner has no projection at the start (nil is returned then).
///
/// Source: K. Madsen, H. B. Nielsen, O. Tingleff, "Methods for Non-Linear Least Squares Problems"
/// (2004), algorithm 3.16.
@discardableResult
func adjust(
  _ problem: inout AdjustmentProblem, loss: RobustLoss = .squares,
  limits: AdjustmentLimits = AdjustmentLimits(), threads: ThreadCount
) -> AdjustmentSummary? {
  let layout = StateLayout(problem)
  var present = Linearization(problem, layout, threads: threads)
  guard present.update(problem, loss: loss) else { return nil }
  var trial = Linearization(problem, layout, threads: threads)
  var system = ReducedSystem(problem, layout)
  var summary = AdjustmentSummary(
    initialCost: present.cost, finalCost: present.cost, termination: .iterationLimit)
  var damping = limits.initialDamping
  var growth = 2.0
  // Residuals of 1e-10 pixels are rounding: no step is worth anything below.
  let floor = 1e-20 * Double(max(1, problem.corners.count))
  while summary.iterations < limits.iterations {
    summary.iterations += 1
    if present.cost <= floor {
      summary.termination = .converged
      break
    }
    guard let step = system.step(present, problem, damping: damping) else {
      damping = max(damping, 1e-12) * growth * 4
      growth *= 2
      if damping > 1e8 {
        summary.termination = .singular
        break
      }
      continue
    }
    let isLast = step.predictedDecrease <= limits.relativeDecrease * present.cost
    let moved = problem.moved(by: step.reduced, step.frames, layout)
    let isValid = moved.isPossible && trial.update(moved, loss: loss)
    let decrease = present.cost - trial.cost
    if isValid && decrease > 0 {
      let gain = decrease / max(step.predictedDecrease, .leastNormalMagnitude)
      let cube = (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1)
      damping = max(1e-14, damping * max(0.1, min(2, 1 - cube)))
      growth = 2
      problem = moved
      swap(&present, &trial)
    } else {
      damping *= growth
      growth *= 2
    }
    if isLast {
      // Under heavy damping a small promise says nothing.
      summary.termination = damping <= 10 ? .converged : .stalled
      break
    }
    if damping > 1e12 {
      summary.termination = .stalled
      break
    }
  }
  summary.finalCost = present.cost
  return summary
}
