extension SaddleFitter {
  /// Fills the Jacobian and the residual for the window's pixels; returns the groups of eight.
  func evaluate(_ s: SaddleFit, isWeighted: Bool = false) -> Int {
    let groups = (count + 7) / 8
    let j = jacobian.base
    let t1x = SIMD8(repeating: Float(s.first.x))
    let t1y = SIMD8(repeating: Float(s.first.y))
    let t2x = SIMD8(repeating: Float(s.second.x))
    let t2y = SIMD8(repeating: Float(s.second.y))
    let bend1 = SIMD8(repeating: Float(-0.5 * s.firstCurvature))
    let bend2 = SIMD8(repeating: Float(-0.5 * s.secondCurvature))
    let k1 = SIMD8(repeating: Float(0.5.squareRoot() / s.firstBlur))
    let k2 = SIMD8(repeating: Float(0.5.squareRoot() / s.secondBlur))
    let half = SIMD8(repeating: Float(s.half))
    let level = SIMD8(repeating: Float(s.level))
    let bxx = SIMD8(repeating: Float(s.bend.x))
    let bxy = SIMD8(repeating: Float(s.bend.y))
    let byy = SIMD8(repeating: Float(s.bend.z))
    let tone = SIMD8(repeating: Float(s.tone))
    let gx = SIMD8(repeating: Float(s.slope.x))
    let gy = SIMD8(repeating: Float(s.slope.y))
    let qx = SIMD8(repeating: Float(s.contrastSlope.x))
    let qy = SIMD8(repeating: Float(s.contrastSlope.y))
    let cx = SIMD8(repeating: Float(s.x))
    let cy = SIMD8(repeating: Float(s.y))
    let stride = groups
    let unknowns = self.unknowns
    let isUneven = unknowns > 11
    for g in 0..<groups {
      let px = x.base[g]
      let py = y.base[g]
      let rx = px - cx
      let ry = py - cy
      let along1 = rx * t1x + ry * t1y
      let along2 = rx * t2x + ry * t2y
      let d1 = (ry * t1x - rx * t1y) + bend1 * along1 * along1
      let d2 = (ry * t2x - rx * t2y) + bend2 * along2 * along2
      let (e1, slope1) = EdgeProfile.evaluate(k1 * d1)
      let (e2, slope2) = EdgeProfile.evaluate(k2 * d2)
      let light = 1 + qx * px + qy * py
      let lit = half * light
      let product = e1 * e2
      let gain = lit * (1 - 2 * tone * product)
      let h1 = gain * slope1 * e2
      let h2 = gain * e1 * slope2
      let bulge = 1 - product * product
      let shape = product + tone * bulge
      let plane = level + px * (gx + bxx * px + bxy * py) + py * (gy + byy * py)
      let model = plane + lit * shape
      let c1 = -(k1 * h1)
      let c2 = -(k2 * h2)
      j[g] = c1
      j[stride &+ g] = c1 * along1
      j[2 &* stride &+ g] = h1 * d1
      j[3 &* stride &+ g] = c2
      j[4 &* stride &+ g] = c2 * along2
      j[5 &* stride &+ g] = h2 * d2
      j[6 &* stride &+ g] = light * shape
      j[7 &* stride &+ g] = SIMD8(repeating: 1)
      j[8 &* stride &+ g] = px
      j[9 &* stride &+ g] = py
      j[unknowns &* stride &+ g] = value.base[g] - model
      j[10 &* stride &+ g] = lit * bulge
      if isUneven {
        j[11 &* stride &+ g] = px * shape
        j[12 &* stride &+ g] = py * shape
        j[13 &* stride &+ g] = px * px
        j[14 &* stride &+ g] = px * py
        j[15 &* stride &+ g] = py * py
        j[17 &* stride &+ g] = .zero
      }
    }
    if isWeighted {
      for column in 0...unknowns {
        for g in 0..<groups { j[column &* stride &+ g] *= root.base[g] }
      }
    }
    // Lanes past the last pixel say nothing.
    let last = groups - 1
    for lane in (count - 8 * last)..<8 {
      for column in 0..<columns { j[column * stride + last][lane] = 0 }
    }
    return groups
  }
}
