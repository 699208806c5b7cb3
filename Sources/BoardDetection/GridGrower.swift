/// Grows grids of corners from candidates by local prediction.
///
/// No model of the lens or the board's pose: a neighbour is where the last steps point, within a
/// tolerance, with its edges turned the right way, and with an edge in between whose dark side
/// alternates. So any smooth distortion is followed.
struct GridGrower {
  let view: LevelView
  var candidates: [SaddleCandidate]
  let index: CandidateIndex
  /// What the squares are like.
  let squares: SquareLook
  /// Candidates that already stand in a grid.
  var isUsed: [Bool]
  /// Looks at a candidate or a segment that are left before growing ends, whatever was found.
  var budget: Int
  private(set) var grid = CornerGrid()
  /// True while corners are accepted that a small ring does not show.
  private var isLoose = false

  init(
    view: LevelView, candidates: [SaddleCandidate], index: CandidateIndex, squares: SquareLook,
    budget: Int
  ) {
    self.squares = squares
    self.view = view
    self.candidates = candidates
    self.index = index
    self.budget = budget
    isUsed = Array(repeating: false, count: candidates.count)
  }

  /// Share of the contrast that must remain across an edge half-way between corners.
  private static let leastEdgeContrast: Float = 0.35
  /// Cosine of the largest angle between an edge line and the way to the neighbour.
  private static let leastAlignment: Float = 0.86
  /// How far from its prediction a neighbour may lie, in steps.
  private static let predictionTolerance: Float = 0.32
  /// True when a candidate's edge lines agree with the way `along` it was reached: its `leave` line
  /// where `isLeave`, else its `enter` line.
  @inline(__always)
  private func isAligned(_ candidate: SaddleCandidate, along: SIMD2<Float>, isLeave: Bool) -> Bool {
    abs(dot(isLeave ? candidate.leave : candidate.enter, along)) >= Self.leastAlignment
  }

  /// True when an edge runs from `p` to `q`: dark right of it (at the positive turn) when
  /// `darkRight`, bright otherwise, all along.
  private mutating func hasEdge(
    _ p: SIMD2<Float>, _ q: SIMD2<Float>, darkRight: Bool, contrast: Float
  ) -> Bool {
    budget -= 1
    let way = q - p
    let length = dot(way, way).squareRoot()
    guard length > 2 else { return false }
    let offset = min(max(squares.besideEdge * length, 1.2), 8)
    let normal = SIMD2(-way.y, way.x) * (offset / length)
    var sum: Float = 0
    var fraction: Float = 0.2
    for _ in 0..<4 {
      let middle = p + way * fraction
      let right = middle + normal
      let left = middle - normal
      guard view.contains(right.x, right.y, margin: 0), view.contains(left.x, left.y, margin: 0)
      else { return false }
      let difference = view.sample(left.x, left.y) - view.sample(right.x, right.y)
      let signed = darkRight ? difference : -difference
      if signed < 0.1 * contrast { return false }
      sum += signed
      fraction += 0.2
    }
    return sum >= 4 * Self.leastEdgeContrast * contrast
  }

  /// Grows a grid from a seed; false when not even one square closes.
  mutating func grow(from seed: Int) -> Bool {
    grid.clear()
    guard budget > 0, closeFirstSquare(seed) else { return false }
    var next = 0
    // Places are taken in order; each looks at its four neighbours once, and a place that failed
    // is tried again from its other sides.
    while next < grid.places.count, budget > 0 {
      let place = grid.places[next]
      next += 1
      for step in CornerGrid.steps {
        let target = place + step
        guard CornerGrid.isInReach(target), grid[target] == nil else { continue }
        if let found = neighbour(of: place, step: step) { take(found, at: target) }
      }
    }
    return true
  }

  private mutating func take(_ candidate: Int, at place: CornerGrid.Place) {
    grid.put(candidate, at: place)
    isUsed[candidate] = true
  }

  /// Empties the grid and frees its corners.
  private mutating func release() {
    for place in grid.places {
      if let candidate = grid[place] { isUsed[candidate] = false }
    }
    grid.clear()
  }

  /// The nearest neighbours of the seed along its lines, completed to a square.
  ///
  /// The inside of a square is plain, so the neighbours of a board's corner are among the
  /// candidates nearest to it; only those are looked at.
  private mutating func closeFirstSquare(_ seed: Int) -> Bool {
    let s = candidates[seed]
    let nearest = nearestAlongLines(seed)
    for k in 0..<4 {
      let a = nearest[k]
      let b = nearest[(k + 1) & 3]
      guard a >= 0, b >= 0 else { continue }
      let pa = candidates[a].position
      let pb = candidates[b].position
      let darkRight = k & 1 == 0
      guard
        hasEdge(
          s.position, pa, darkRight: darkRight, contrast: min(s.contrast, candidates[a].contrast)),
        hasEdge(
          s.position, pb, darkRight: !darkRight, contrast: min(s.contrast, candidates[b].contrast))
      else { continue }
      let stepA = CornerGrid.steps[k]
      let stepB = CornerGrid.steps[(k + 1) & 3]
      let size = min(length(pa - s.position), length(pb - s.position))
      release()
      take(seed, at: .init(i: 0, j: 0))
      take(a, at: stepA)
      take(b, at: stepB)
      let opposite = candidate(
        near: pa + pb - s.position, within: 0.45 * size, at: stepA + stepB, contrast: s.contrast)
      if let opposite {
        take(opposite, at: stepA + stepB)
        return true
      }
    }
    release()
    return false
  }

  /// The nearest candidate with alternate colours along +enter, +leave, -enter, -leave of the seed
  /// (+u, +v, -u, -v of an even place), or -1.
  private mutating func nearestAlongLines(_ seed: Int) -> InlineArray<4, Int> {
    let s = candidates[seed]
    var nearest = InlineArray<4, Int>(repeating: -1)
    var distances = InlineArray<4, Float>(repeating: .infinity)
    let radius = index.radius(about: s.position, holding: squares.seedNeighbours)
    let window = index.window(about: s.position, radius: radius)
    for row in window.rows {
      for entry in index.entries(window, row: row) {
        budget &-= 1
        let number = index[entry]
        let c = candidates[number]
        let offset = c.position - s.position
        let enter = dot(offset, s.enter)
        let leave = dot(offset, s.leave)
        // The line whose direction is nearer; skewed lines stay apart.
        let isLeave = abs(leave) > abs(enter)
        let along = isLeave ? leave : enter
        let distance = abs(along)
        let k = (isLeave ? 1 : 0) &+ (along < 0 ? 2 : 0)
        guard distance < distances[k], distance > 3 else { continue }
        let across = cross(isLeave ? s.leave : s.enter, offset)
        guard abs(across) < 0.4 * distance else { continue }
        guard c.contrast > 0.3 * s.contrast, s.contrast > 0.3 * c.contrast else { continue }
        guard isAligned(c, along: normalised(offset), isLeave: !isLeave), !isUsed[number] else {
          continue
        }
        // A marker's bits have corners too, but no edge leads there.
        if squares.hasMarkers {
          let least = min(s.contrast, c.contrast)
          guard hasEdge(s.position, c.position, darkRight: !isLeave, contrast: least) else {
            continue
          }
        }
        nearest[k] = number
        distances[k] = distance
      }
    }
    return nearest
  }

  /// The corner one `step` beyond `place`, when there is one.
  private mutating func neighbour(
    of place: CornerGrid.Place, step: CornerGrid.Place
  ) -> Int? {
    guard let here = grid[place] else { return nil }
    let p = candidates[here].position
    guard let prediction = predict(place, step: step) else { return nil }
    let size = length(prediction - p)
    guard size > 2.5 else { return nil }
    return candidate(
      near: prediction, within: max(Self.predictionTolerance * size, 1.5), at: place + step,
      contrast: candidates[here].contrast)
  }

  /// Where the corner beyond `place` should be: from the steps behind it on its own line (with
  /// their change in length), and from the same step on the lines beside it.
  private func predict(_ place: CornerGrid.Place, step: CornerGrid.Place) -> SIMD2<Float>? {
    guard let p = position(place) else { return nil }
    var sum = SIMD2<Float>(0, 0)
    var weight: Float = 0
    if let behind = position(place - step) {
      let last = p - behind
      var ratio: Float = 1
      if let further = position(place - step - step) {
        let before = behind - further
        ratio = min(max(length(last) / max(length(before), 1), 0.7), 1.4)
        // The direction goes on turning as it did.
        let turn = last - before * ratio
        sum += (p + last * ratio + turn) * 2
      } else {
        sum += (p + last) * 2
      }
      weight += 2
    }
    let side = CornerGrid.Place(i: step.j, j: step.i)
    for beside in [place + side, place - side] {
      if let a = position(beside), CornerGrid.isInReach(beside), let b = position(beside + step) {
        sum += p + (b - a)
        weight += 1
      }
    }
    return weight > 0 ? sum / weight : nil
  }

  @inline(__always)
  private func position(_ place: CornerGrid.Place) -> SIMD2<Float>? {
    guard CornerGrid.isInReach(place), let number = grid[place] else { return nil }
    return candidates[number].position
  }

  /// The nearest free candidate that fits a place: right lines, and an edge to every neighbour that
  /// is there. Looked for with a looser test in the picture itself when the list has none.
  private mutating func candidate(
    near predicted: SIMD2<Float>, within radius: Float, at place: CornerGrid.Place, contrast: Float
  ) -> Int? {
    // The two nearest.
    var first = (distance: radius * radius, number: -1)
    var second = first
    let window = index.window(about: predicted, radius: radius)
    for row in window.rows {
      for entry in index.entries(window, row: row) {
        budget &-= 1
        let number = index[entry]
        let offset = candidates[number].position - predicted
        let square = dot(offset, offset)
        guard square < second.distance, !isUsed[number] else { continue }
        if square < first.distance {
          second = first
          first = (square, number)
        } else {
          second = (square, number)
        }
      }
    }
    for number in [first.number, second.number] where number >= 0 {
      if fits(candidates[number], at: place, contrast: contrast) { return number }
    }
    guard let extra = searchPicture(predicted, radius: radius) else { return nil }
    guard fits(extra, at: place, contrast: contrast) else { return nil }
    candidates.append(extra)
    isUsed.append(false)
    return candidates.count - 1
  }

  /// True when a candidate at a place agrees with the neighbours it has there.
  private mutating func fits(
    _ candidate: SaddleCandidate, at place: CornerGrid.Place, contrast: Float
  ) -> Bool {
    guard candidate.contrast > 0.25 * contrast, contrast > 0.25 * candidate.contrast else {
      return false
    }
    // On even places `enter` runs along u.
    let isEven = (place.i + place.j) & 1 == 0
    var edges = 0
    for (k, step) in CornerGrid.steps.enumerated() {
      guard let number = grid[place + step] else { continue }
      let other = candidates[number]
      let way = other.position - candidate.position
      let alongEnter = (k & 1 == 0) == isEven
      guard isAligned(candidate, along: normalised(way), isLeave: !alongEnter) else { return false }
      let least = min(candidate.contrast, other.contrast)
      if hasEdge(candidate.position, other.position, darkRight: alongEnter, contrast: least) {
        edges += 1
      } else if !isLoose {
        return false
      }
    }
    // Inside the grid a finger may lie over one of the edges.
    return !isLoose || edges >= 2
  }

  /// The strongest saddle of the picture near a prediction, whatever its response.
  private mutating func searchPicture(_ predicted: SIMD2<Float>, radius: Float) -> SaddleCandidate?
  {
    let reach = min(max(Int(0.6 * radius), 1), 6)
    let border = SaddleCandidate.border
    let x = Int(predicted.x.rounded())
    let y = Int(predicted.y.rounded())
    let x0 = max(x - reach, border)
    let x1 = min(x + reach, view.width - 1 - border)
    let y0 = max(y - reach, border)
    let y1 = min(y + reach, view.height - 1 - border)
    guard x0 <= x1, y0 <= y1 else { return nil }
    var best: (response: Int32, x: Int, y: Int) = (0, 0, 0)
    for yy in y0...y1 {
      for xx in x0...x1 {
        let response = SaddleCandidate.response(view, x: xx, y: yy)
        if response > best.response { best = (response, xx, yy) }
      }
    }
    budget -= (x1 - x0 + 1) * (y1 - y0 + 1) / 4
    guard best.response > 0 else { return nil }
    // The radius of a search is about a third of the step.
    return isLoose
      ? SaddleCandidate(
        view, x: best.x, y: best.y, response: best.response,
        radius: min(max(0.8 * radius, 2.5), 10), asymmetry: 0.8)
      : SaddleCandidate(view, x: best.x, y: best.y, response: best.response, asymmetry: 0.8)
  }

  /// Looks once more, and harder, for corners that are missing inside the grid's rectangle.
  mutating func fill() {
    guard let bounds = grid.bounds else { return }
    isLoose = true
    defer { isLoose = false }
    var isChanged = true
    var passes = 0
    while isChanged, passes < 4, budget > 0 {
      isChanged = false
      passes += 1
      for j in bounds.j {
        for i in bounds.i {
          let place = CornerGrid.Place(i: i, j: j)
          guard grid[place] == nil else { continue }
          let beside = CornerGrid.steps.filter { grid[place - $0] != nil }
          guard beside.count >= 2 else { continue }
          for step in beside {
            guard let found = neighbour(of: place - step, step: step) else { continue }
            take(found, at: place)
            isChanged = true
            break
          }
        }
      }
    }
  }

  /// Drops what does not hang together, and frees the corners that were dropped.
  mutating func prune() { reduce { $0.prune() } }

  /// Drops sparse outer lines that a board of `columns` x `rows` does not have, and frees them.
  mutating func trim(columns: Int, rows: Int) { reduce { $0.trim(columns: columns, rows: rows) } }

  private mutating func reduce(_ change: (inout CornerGrid) -> Void) {
    let before = grid.places
    let numbers = before.map { grid[$0] }
    change(&grid)
    guard grid.places.count < before.count else { return }
    for (place, number) in zip(before, numbers) where grid[place] == nil {
      if let number { isUsed[number] = false }
    }
  }

  @inline(__always)
  private func length(_ v: SIMD2<Float>) -> Float { dot(v, v).squareRoot() }
}
