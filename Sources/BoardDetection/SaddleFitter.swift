/// Fits `SaddleFit` to pictures; holds the memory for one fit at a time.
final class SaddleFitter {
  /// The most pixels of a window; more are not needed for any accuracy a picture can give.
  static let pixelCapacity = 1536
  /// Least pixels for ten unknowns to mean something.
  private static let leastPixels = 40
  /// Blurs of the model, pixels. Edges sharper than the lower bound are aliased: a narrower model
  /// would follow the phase of single pixels instead of averaging over them (on a sharp camera with
  /// nearly level edges a bound of 0.8 instead of 0.3 takes a third off the scatter).
  static let blurs = 0.8...12.0
  /// How light may change across a window.
  enum Light {
    /// The level linearly; the contrast as the neighbours tell.
    case even
    /// The level as a quadric, the contrast linearly: near glare and the edges of shade.
    case uneven
  }
  /// Unknowns, in this order: offset, angle, k of line one; of line two; half; level; its slopes;
  /// tone; in uneven light the slopes of half, and the level's second degree: xx, xy, yy.
  var unknowns = 11
  /// True while the tone is held: small windows cannot tell it from blur.
  var holdsTone = false
  private static let unknownCapacity = 16
  /// Where the tone stands among the unknowns.
  static let toneIndex = 10
  /// How often weights are taken anew.
  private static let weightings = 2
  /// Grey values that may be anything brighter.
  private static let saturation: Float = 254
  /// The unknowns, the residual, and padding to a multiple of three.
  var columns = 12
  private static let columnCapacity = 18

  let x = Block(pixelCapacity / 8)
  let y = Block(pixelCapacity / 8)
  let value = Block(pixelCapacity / 8)
  let jacobian = Block(columnCapacity * pixelCapacity / 8)
  /// Square roots of the pixels' weights.
  let root = Block(pixelCapacity / 8)
  let gram = UnsafeMutablePointer<Double>.allocate(
    capacity: columnCapacity * columnCapacity)
  let factor = UnsafeMutablePointer<Double>.allocate(
    capacity: unknownCapacity * unknownCapacity)
  var count = 0
  /// Pixels among them that say nothing since they are at the sensor's limit; known after weighing.
  private var saturated = 0
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
  final class Block {
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
    if noise != nil { state.support = total / Double(max(count - saturated, 1)) }
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
    saturated = 0
    for n in 0..<count {
      let deviation = noise.deviation(values[n] - residual[n])
      let size = abs(residual[n])
      let most = 3 * deviation
      var share: Float = size > most ? most / size : 1
      if values[n] >= Self.saturation {
        share = 0
        saturated += 1
      }
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
}
