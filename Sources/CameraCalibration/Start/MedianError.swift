import Geometry

/// The median weighted distance between corners and prediction; infinite when more than half have
/// no prediction.
func medianError(_ problem: AdjustmentProblem) -> Double {
  var errors: [Double] = []
  errors.reserveCapacity(problem.corners.count)
  for (residual, corner) in zip(problem.residuals(), problem.corners) where corner.weight > 0 {
    let error = residual.length * corner.weight
    errors.append(error.isFinite ? error : .infinity)
  }
  return median(of: errors)
}

/// The upper median; infinite for no values.
///
/// Found by partitioning, without sorting all (C. A. R. Hoare, "Algorithm 65: find", 1961).
func median(of values: [Double]) -> Double {
  guard !values.isEmpty else { return .infinity }
  var values = values
  let middle = values.count / 2
  return values.withUnsafeMutableBufferPointer { v in
    var low = 0
    var high = v.count - 1
    while low < high {
      let pivot = v[(low &+ high) / 2]
      var i = low
      var j = high
      while i <= j {
        while v[i] < pivot { i &+= 1 }
        while pivot < v[j] { j &-= 1 }
        if i <= j {
          v.swapAt(i, j)
          i &+= 1
          j &-= 1
        }
      }
      if j < middle { low = i }
      if middle < i { high = j }
    }
    return v[middle]
  }
}
