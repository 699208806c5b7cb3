/// Fits `SaddleFit` to pictures; holds the memory for one fit at a time.
final class SaddleFitter {
  /// The most pixels of a window; more are not needed for any accuracy a picture can give.
  static let pixelCapacity = 1536
  /// Least pixels for ten unknowns to mean something.
  private static let leastPixels = 40
  /// Blurs of the model, pixels. Edges sharper than the lower bound are aliased: a narrower model
  /// would follow the phase of single pixels instead of averaging over them (on a sharp camera with
  /// nearly level edges a bound of 0.8 instead of 0.3 takes a third off the scatter).
  private static let blurs = 0.8...12.0
  /// How light may change across a window.
  enum Light {
    /// The level linearly; the contrast as the neighbours tell.
    case even
    /// The level as a quadric, the contrast linearly: near glare and the edges of shade.
    case uneven
  }
  /// Unknowns, in this order: offset, angle, k of line one; of line two; half; level; its slopes;
  /// tone; in uneven light the slopes of half, and the level's second degree: xx, xy, yy.
  private var unknowns = 11
  /// True while the tone is held: small windows cannot tell it from blur.
  private var holdsTone = false
  private static let unknownCapacity = 16
  /// Where the tone stands among the unknowns.
  private static let toneIndex = 10
  /// How often weights are taken anew.
  private static let weightings = 2
  /// Grey values that may be anything brighter.
  private static let saturation: Float = 254
  /// The unknowns, the residual, and padding to a multiple of three.
  private var columns = 12
  private static let columnCapacity = 18

  private let x = Block(pixelCapacity / 8)
  private let y = Block(pixelCapacity / 8)
  private let value = Block(pixelCapacity / 8)
  private let jacobian = Block(columnCapacity * pixelCapacity / 8)
  /// Square roots of the pixels' weights.
  private let root = Block(pixelCapacity / 8)
  private let gram = UnsafeMutablePointer<Double>.allocate(
    capacity: columnCapacity * columnCapacity)
  private let factor = UnsafeMutablePointer<Double>.allocate(
    capacity: unknownCapacity * unknownCapacity)
  private var count = 0
  /// How far along each line squares are of one colour, pixels; beyond, pixels are not looked at.
  var plain = SIMD2<Double>(.infinity, .infinity)

  init() {
    gram.initialize(repeating: 0, count: Self.columnCapacity * Self.columnCapacity)
    factor.initialize(repeating: 0, count: Self.unknownCapacity * Self.unknownCapacity)
  }

  deinit {
    gram.deallocate()
    factor.deallocate()
  }

  /// Memory for groups of eight floats.
  private final class Block {
    let base: UnsafeMutablePointer<SIMD8<Float>>
    init(_ count: Int) {
      base = .allocate(capacity: count)
      base.initialize(repeating: .zero, count: count)
    }
    deinit { base.deallocate() }
  }

  /// The picture: pixels row-major, `width` x `height`.
  struct Picture {
    let pixels: UnsafePointer<UInt8>
    let width: Int
    let height: Int

    /// True when a place lies in the picture, `margin` pixels or more from its rim.
    func contains(_ p: SIMD2<Double>, margin: Double) -> Bool {
      p.x >= margin && p.y >= margin && p.x <= Double(width - 1) - margin
        && p.y <= Double(height - 1) - margin
    }
  }

  /// Improves `fit` on a window that reaches `reach1`, `reach2` pixels along each line both ways;
  /// false when it has no good answer (the start is then left as it was).
  ///
  /// At most `iterations` steps; fewer when a step moves the corner by less than `tolerance`.
  ///
  /// With a `noise` pixels count by it, residuals and costs are in its units, and pixels that lie off
  /// the model by more than three deviations weigh less, by the square of how much more: something
  /// foreign covers them. The start must then be close, since it tells which ones those are.
  func refine(
    _ fit: inout SaddleFit, in picture: Picture, reach1: Double, reach2: Double,
    iterations: Int, tolerance: Double, noise: GreyNoise? = nil,
    light: Light = .even, holdsTone: Bool = false
  ) -> Bool {
    self.holdsTone = holdsTone
    unknowns = light == .even ? 11 : 16
    columns = light == .even ? 12 : 18
    let centreX = fit.x.rounded()
    let centreY = fit.y.rounded()
    selectPixels(fit, picture, centreX: centreX, centreY: centreY, reach1: reach1, reach2: reach2)
    guard count >= Self.leastPixels else { return false }
    var state = fit
    state.x -= centreX
    state.y -= centreY
    let startX = state.x
    let startY = state.y
    let reach = max(reach1, reach2)
    var total = Double(count)
    if let noise {
      for _ in 0..<Self.weightings {
        total = weigh(evaluate(state), noise)
        guard improve(&state, iterations: 2, tolerance: tolerance, isWeighted: true) else {
          return false
        }
      }
      total = weigh(evaluate(state), noise)
    }
    guard
      improve(&state, iterations: iterations, tolerance: tolerance, isWeighted: noise != nil),
      total > Double(Self.leastPixels)
    else { return false }
    let away = (state.x - startX, state.y - startY)
    guard away.0 * away.0 + away.1 * away.1 < 0.16 * reach * reach + 1 else { return false }
    guard state.half * fit.half > 0, abs(state.half) < 400, factorise(state, damping: 0) else {
      return false
    }
    let cost = gram[unknowns * columns + unknowns]
    state.residual = (cost / (total - Double(unknowns))).squareRoot()
    state.support = total / Double(count)
    guard let sigma = sigma(state) else { return false }
    state.sigma = sigma
    state.x += centreX
    state.y += centreY
    fit = state
    return true
  }

  /// Levenberg-Marquardt from `state`, which becomes the answer; `gram` is then that of the answer or
  /// of a state a step smaller than `tolerance` from it. False when there is none.
  private func improve(
    _ state: inout SaddleFit, iterations: Int, tolerance: Double, isWeighted: Bool
  ) -> Bool {
    // The cost of the accepted state, and its damping (Marquardt's, relative to the diagonal).
    accumulate(groups: evaluate(state, isWeighted: isWeighted))
    var cost = gram[unknowns * columns + unknowns]
    var damping = 1e-4
    for _ in 0..<iterations {
      guard factorise(state, damping: damping), let trial = stepped(state) else { return false }
      let moved = (trial.x - state.x, trial.y - state.y)
      let isSmall = moved.0 * moved.0 + moved.1 * moved.1 < tolerance * tolerance
      if isSmall, damping < 1e-3 {
        // The step is as good as the answer; its residuals are those at hand.
        state = trial
        break
      }
      accumulate(groups: evaluate(trial, isWeighted: isWeighted))
      let trialCost = gram[unknowns * columns + unknowns]
      guard trialCost <= cost * (1 + 1e-6) else {
        damping = damping < 1e-2 ? 0.1 : damping * 10
        guard damping < 1e4 else { break }
        accumulate(groups: evaluate(state, isWeighted: isWeighted))
        continue
      }
      state = trial
      cost = trialCost
      damping = max(damping * 0.1, 1e-6)
    }
    return true
  }

  /// The residuals of the last fit without noise, by brightness; `half` is that of its answer.
  func window(half: Double) -> GreyNoise.Window {
    var window = GreyNoise.Window()
    let groups = (count + 7) / 8
    let residual = UnsafeRawPointer(jacobian.base + unknowns * groups)
      .assumingMemoryBound(to: Float.self)
    let values = UnsafeRawPointer(value.base).assumingMemoryBound(to: Float.self)
    // The tone's column is half the contrast in the middle of an edge, and nothing off the edges.
    let tone = UnsafeRawPointer(jacobian.base + Self.toneIndex * groups)
      .assumingMemoryBound(to: Float.self)
    let edge = Float(0.02 * abs(half))
    for n in 0..<count {
      window.add(
        grey: values[n] - residual[n], residual: residual[n], isPlain: abs(tone[n]) < edge)
    }
    return window
  }

  /// Weighs each pixel by its noise and its residual, as `evaluate` left it; returns how many pixels'
  /// worth that is. Pixels at the sensor's limit say nothing.
  private func weigh(_ groups: Int, _ noise: GreyNoise) -> Double {
    let residual = UnsafeRawPointer(jacobian.base + unknowns * groups)
      .assumingMemoryBound(to: Float.self)
    let values = UnsafeRawPointer(value.base).assumingMemoryBound(to: Float.self)
    let roots = UnsafeMutableRawPointer(root.base).assumingMemoryBound(to: Float.self)
    var sum: Float = 0
    for n in 0..<count {
      let deviation = noise.deviation(values[n] - residual[n])
      let size = abs(residual[n])
      let most = 3 * deviation
      var share: Float = size > most ? most / size : 1
      if values[n] >= Self.saturation { share = 0 }
      roots[n] = share / deviation
      sum += share * share
    }
    for n in count..<(8 * groups) { roots[n] = 0 }
    return Double(sum)
  }

  /// The state after the Gauss-Newton step of the current normal matrix; nil when the lines are all
  /// but parallel.
  private func stepped(_ s: SaddleFit) -> SaddleFit? {
    let d = solve()
    // Lines move by their offsets along their normals; the corner is where they meet.
    let n1 = SIMD2(-s.first.y, s.first.x)
    let n2 = SIMD2(-s.second.y, s.second.x)
    let determinant = n1.x * n2.y - n1.y * n2.x
    guard abs(determinant) > 0.15 else { return nil }
    var dx = (d[0] * n2.y - d[3] * n1.y) / determinant
    var dy = (n1.x * d[3] - n2.x * d[0]) / determinant
    guard dx.isFinite, dy.isFinite else { return nil }
    let length = (dx * dx + dy * dy).squareRoot()
    if length > 1 {
      dx /= length
      dy /= length
    }
    var next = s
    next.x += dx
    next.y += dy
    next.first = Self.turned(s.first, by: min(max(d[1], -0.3), 0.3))
    next.second = Self.turned(s.second, by: min(max(d[4], -0.3), 0.3))
    next.firstBlur = Self.blur(s.firstBlur, change: d[2])
    next.secondBlur = Self.blur(s.secondBlur, change: d[5])
    next.half += d[6]
    next.level += d[7]
    next.slope += SIMD2(d[8], d[9])
    next.tone = min(max(next.tone + d[10], -0.5), 0.5)
    if unknowns > 11 {
      // Half has its slopes as factors of itself.
      next.contrastSlope = (s.contrastSlope * s.half + SIMD2(d[11], d[12])) / next.half
      next.bend += SIMD3(d[13], d[14], d[15])
    }
    return next
  }

  private static func turned(_ v: SIMD2<Double>, by angle: Double) -> SIMD2<Double> {
    let w = SIMD2(v.x - angle * v.y, v.y + angle * v.x)
    return w / (w.x * w.x + w.y * w.y).squareRoot()
  }

  /// A blur after its k = 1 / (sqrt(2) blur) changed; at most by half or double at once.
  private static func blur(_ blur: Double, change: Double) -> Double {
    let k = 0.5.squareRoot() / blur
    let next = min(max(k + change, 0.5 * k), 2 * k)
    return min(max(0.5.squareRoot() / next, blurs.lowerBound), blurs.upperBound)
  }

  /// Gathers the window's pixels: a parallelogram along the lines; of it only what is near a line,
  /// since the rest says nothing about the corner.
  private func selectPixels(
    _ fit: SaddleFit, _ picture: Picture, centreX: Double, centreY: Double, reach1: Double,
    reach2: Double
  ) {
    count = 0
    let e1 = fit.first * reach1
    let e2 = fit.second * reach2
    let determinant = e1.x * e2.y - e1.y * e2.x
    guard abs(determinant) > 1 else { return }
    let halfWidth = abs(e1.x) + abs(e2.x)
    let halfHeight = abs(e1.y) + abs(e2.y)
    let x0 = max(0, Int((fit.x - halfWidth).rounded(.up)))
    let x1 = min(picture.width - 1, Int((fit.x + halfWidth).rounded(.down)))
    let y0 = max(0, Int((fit.y - halfHeight).rounded(.up)))
    let y1 = min(picture.height - 1, Int((fit.y + halfHeight).rounded(.down)))
    guard x0 <= x1, y0 <= y1 else { return }
    // u, v: coordinates along the lines, 1 at the window's end; bands in those units.
    let ux = Float(e2.y / determinant)
    let uy = Float(-e2.x / determinant)
    let vx = Float(-e1.y / determinant)
    let vy = Float(e1.x / determinant)
    let sine = abs(fit.first.x * fit.second.y - fit.first.y * fit.second.x)
    let bandV = Float(min((3 * fit.firstBlur + 1.5) / sine, plain.y) / reach2)
    let bandU = Float(min((3 * fit.secondBlur + 1.5) / sine, plain.x) / reach1)
    let outX = UnsafeMutableRawPointer(x.base).assumingMemoryBound(to: Float.self)
    let outY = UnsafeMutableRawPointer(y.base).assumingMemoryBound(to: Float.self)
    let outValue = UnsafeMutableRawPointer(value.base).assumingMemoryBound(to: Float.self)
    var n = 0
    let limit = Self.pixelCapacity - 8
    for py in y0...y1 {
      let line = picture.pixels + py * picture.width
      let ry = Float(Double(py) - fit.y)
      let cy = Float(Double(py) - centreY)
      var rx = Float(Double(x0) - fit.x)
      var cx = Float(Double(x0) - centreX)
      for px in x0...x1 {
        let u = abs(rx * ux + ry * uy)
        let v = abs(rx * vx + ry * vy)
        outX[n] = cx
        outY[n] = cy
        outValue[n] = Float(line[px])
        let isIn = u <= 1 && v <= 1 && (u <= bandU || v <= bandV)
        n &+= isIn ? 1 : 0
        rx += 1
        cx += 1
        if n >= limit { break }
      }
      if n >= limit { break }
    }
    count = n
  }

  /// Fills the Jacobian and the residual for the window's pixels; returns the groups of eight.
  private func evaluate(_ s: SaddleFit, isWeighted: Bool = false) -> Int {
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

  /// The products of all columns with each other into `gram` (upper triangle).
  private func accumulate(groups: Int) {
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
  private func hold(_ unknown: Int) {
    for k in 0...unknowns {
      gram[unknown * columns + k] = 0
      gram[k * columns + unknown] = 0
    }
    gram[unknown * columns + unknown] = 1
  }

  /// Cholesky factor (lower triangle in `factor`) of the normal matrix; false when it is singular.
  private func factorise(_ s: SaddleFit, damping: Double) -> Bool {
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
  private func solve() -> InlineArray<16, Double> {
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
  private func sigma(_ s: SaddleFit) -> Double? {
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
