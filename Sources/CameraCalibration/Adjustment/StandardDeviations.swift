import Execution
import LinearAlgebra

/// One standard deviation of each reduced unknown, by its place in the layout, from the curvature
/// of the cost and the scatter of the residuals; nil when the equations do not determine them all.
func standardDeviations(_ problem: AdjustmentProblem) -> [Double]? {
  let layout = StateLayout(problem)
  let linearization = Linearization(problem, layout, threads: ThreadCount(1))
  guard linearization.update(problem, loss: .squares) else { return nil }
  var system = ReducedSystem(problem, layout)
  guard let covariance = system.inverse(linearization, problem) else { return nil }
  let residuals = 2 * problem.usedCornerCount
  let freedom = residuals - layout.count - 6 * problem.frames.count
  guard freedom > 0 else { return nil }
  let variance = linearization.cost / Double(freedom)
  return (0..<layout.count).map { (variance * max(0, covariance[$0, $0])).squareRoot() }
}
