extension SaddleFitter {
  /// The products of all columns with each other into `gram` (upper triangle).
  func accumulate(groups: Int) {
    let j = UnsafePointer(jacobian.base)
    for block in 0..<(columns / 3) {
      for other in block..<(columns / 3) {
        let a = j + 3 * block * groups
        let b = j + 3 * other * groups
        var s00 = SIMD8<Float>.zero
        var s01 = SIMD8<Float>.zero
        var s02 = SIMD8<Float>.zero
        var s10 = SIMD8<Float>.zero
        var s11 = SIMD8<Float>.zero
        var s12 = SIMD8<Float>.zero
        var s20 = SIMD8<Float>.zero
        var s21 = SIMD8<Float>.zero
        var s22 = SIMD8<Float>.zero
        for g in 0..<groups {
          let a0 = a[g]
          let a1 = a[groups &+ g]
          let a2 = a[2 &* groups &+ g]
          let b0 = b[g]
          let b1 = b[groups &+ g]
          let b2 = b[2 &* groups &+ g]
          s00.addProduct(a0, b0)
          s01.addProduct(a0, b1)
          s02.addProduct(a0, b2)
          s10.addProduct(a1, b0)
          s11.addProduct(a1, b1)
          s12.addProduct(a1, b2)
          s20.addProduct(a2, b0)
          s21.addProduct(a2, b1)
          s22.addProduct(a2, b2)
        }
        let r = 3 * block * columns + 3 * other
        gram[r] = Double(s00.sum())
        gram[r + 1] = Double(s01.sum())
        gram[r + 2] = Double(s02.sum())
        gram[r + columns] = Double(s10.sum())
        gram[r + columns + 1] = Double(s11.sum())
        gram[r + columns + 2] = Double(s12.sum())
        gram[r + 2 * columns] = Double(s20.sum())
        gram[r + 2 * columns + 1] = Double(s21.sum())
        gram[r + 2 * columns + 2] = Double(s22.sum())
      }
    }
  }

  /// Lets an unknown stand still for the next step.
  func hold(_ unknown: Int) {
    for k in 0...unknowns {
      gram[unknown * columns + k] = 0
      gram[k * columns + unknown] = 0
    }
    gram[unknown * columns + unknown] = 1
  }

  /// Cholesky factor (lower triangle in `factor`) of the normal matrix; false when it is singular.
  func factorise(_ s: SaddleFit, damping: Double) -> Bool {
    let n = unknowns
    // A blur at its bound that would go beyond stands still for this step.
    for (unknown, blur) in [(2, s.firstBlur), (5, s.secondBlur)] {
      let sharper = gram[unknown * columns + unknowns] > 0
      let isHeld = blur <= Self.blurs.lowerBound * 1.0001 && sharper
      guard isHeld else { continue }
      hold(unknown)
    }
    if holdsTone { hold(Self.toneIndex) }
    for column in 0..<n {
      for row in column..<n {
        factor[row * n + column] = gram[column * columns + row]
      }
    }
    for i in 0..<n { factor[i * n + i] += damping * factor[i * n + i] + 1e-6 }
    for column in 0..<n {
      var pivot = factor[column * n + column]
      for k in 0..<column { pivot -= factor[column * n + k] * factor[column * n + k] }
      guard pivot > 1e-9 * (1 + factor[column * n + column]) else { return false }
      let root = pivot.squareRoot()
      factor[column * n + column] = root
      for row in (column + 1)..<(n + 1) where row < n {
        var sum = factor[row * n + column]
        for k in 0..<column { sum -= factor[row * n + k] * factor[column * n + k] }
        factor[row * n + column] = sum / root
      }
    }
    return true
  }

  /// The Gauss-Newton step.
  func solve() -> InlineArray<16, Double> {
    let n = unknowns
    var v = InlineArray<16, Double>(repeating: 0)
    for i in 0..<n {
      var sum = gram[i * columns + unknowns]
      for k in 0..<i { sum -= factor[i * n + k] * v[k] }
      v[i] = sum / factor[i * n + i]
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      var sum = v[i]
      for k in (i + 1)..<(n + 1) where k < n { sum -= factor[k * n + i] * v[k] }
      v[i] = sum / factor[i * n + i]
    }
    return v
  }

  /// Standard deviation of the corner's coordinates from the residuals and the normal matrix.
  func sigma(_ s: SaddleFit) -> Double? {
    let n = unknowns
    let n1 = SIMD2(-s.first.y, s.first.x)
    let n2 = SIMD2(-s.second.y, s.second.x)
    let determinant = n1.x * n2.y - n1.y * n2.x
    guard abs(determinant) > 0.15 else { return nil }
    // x = (n2.y o1 - n1.y o2) / det, y = (n1.x o2 - n2.x o1) / det of the offsets o1, o2.
    let rows = [
      (n2.y / determinant, -n1.y / determinant), (-n2.x / determinant, n1.x / determinant),
    ]
    var variance = 0.0
    for (w0, w3) in rows {
      // |L^-1 w|^2 = w^T N^-1 w.
      var v = InlineArray<16, Double>(repeating: 0)
      for i in 0..<n {
        var sum = i == 0 ? w0 : i == 3 ? w3 : 0
        for k in 0..<i { sum -= factor[i * n + k] * v[k] }
        v[i] = sum / factor[i * n + i]
        variance += v[i] * v[i]
      }
    }
    let result = s.residual * (variance / 2).squareRoot()
    return result.isFinite ? result : nil
  }
}
