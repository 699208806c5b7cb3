package import Boards
package import Imaging

/// Finds the corners of a checkerboard in pictures.
///
/// A saddle response names candidates on a halved picture (the full one, and a still smaller one,
/// only when that does not show the whole board), grids grow from them by local prediction, the
/// colours and the size decide which corner is which, and each corner is then measured on the full
/// picture by fitting a blurred corner to its pixels.
///
/// Deterministic. Work is bounded for any picture: candidates, seeds and looks are counted. One
/// detector works on one picture at a time and reuses its memory; use one for each thread.
package final class BoardDetector {
  package let board: BoardSpec

  private let peaks = SaddlePeaks()
  private let squares: SquareLook
  private let refiner: GridRefiner
  private let naming: MarkerNaming?
  private var levels: [Raster<UInt8>] = []
  private var index = CandidateIndex()

  /// The search begins at the first level with at most this many pixels.
  private static let firstLevelPixels = 600_000
  /// Least side of a level that is searched, pixels.
  private static let leastSide = 24
  /// Least saddle response of a candidate: a sharp corner of about 5 grey levels.
  private static let responseThreshold: Int32 = 3000
  /// The most candidates a level may have (the strongest).
  private static let candidateCapacity = 6000
  /// The most seeds a level may try, and the looks they may take together.
  private static let seedCapacity = 1500
  private static let lookBudget = 400_000
  /// With fewer grey levels between its darkest and its brightest pixel a picture is all of one grey.
  private static let leastContrast = 12
  /// The most boards looked for in one picture.
  private static let boardCapacity = 16

  package init(board: BoardSpec) {
    self.board = board
    squares = SquareLook(board)
    refiner = GridRefiner(squares)
    naming = MarkerNaming(board)
  }

  /// Finds the board, or boards, in a picture.
  package func detect(in image: GreyImage) -> BoardDetection {
    image.pixels.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        return BoardDetection(boards: [], reason: .noCorners, counts: DetectionCounts())
      }
      return detect(
        SaddleFitter.Picture(pixels: base, width: image.width, height: image.height))
    }
  }

  private func detect(_ picture: SaddleFitter.Picture) -> BoardDetection {
    var search = Search()
    guard min(picture.width, picture.height) >= Self.leastSide else {
      return BoardDetection(
        boards: [], reason: .tooSmall(width: picture.width, height: picture.height),
        counts: search.counts)
    }
    var first = 0
    while (picture.width >> first) * (picture.height >> first) > Self.firstLevelPixels {
      first += 1
    }
    for level in Array((0...first).reversed()) + [first + 1] {
      // The smaller picture is for blurred boards; it shows no more of one that the frame cuts.
      if level > first, search.isCut(width: picture.width, height: picture.height) { break }
      guard let view = view(of: picture, level: level) else { continue }
      searchLevel(view, picture: picture, search: &search)
      if search.boards.contains(where: { $0.observation.status == .complete }) { break }
    }
    var detection = search.result(board: board)
    if detection.reason == .noCorners, Self.contrast(of: picture) < Self.leastContrast {
      detection.reason = .noContrast
    }
    return detection
  }

  /// The largest minus the smallest grey level.
  private static func contrast(of picture: SaddleFitter.Picture) -> Int {
    var darkest: UInt8 = 255
    var brightest: UInt8 = 0
    for index in 0..<picture.width * picture.height {
      darkest = min(darkest, picture.pixels[index])
      brightest = max(brightest, picture.pixels[index])
    }
    return Int(brightest) - Int(darkest)
  }

  /// The pixels of a level, halving as far as needed; nil when it is too small to search.
  private func view(of picture: SaddleFitter.Picture, level: Int) -> LevelView? {
    guard min(picture.width >> level, picture.height >> level) >= Self.leastSide else { return nil }
    guard level > 0 else {
      return LevelView(
        pixels: picture.pixels, width: picture.width, height: picture.height, level: 0)
    }
    while levels.count < level { levels.append(Raster()) }
    var pixels = picture.pixels
    var width = picture.width
    var height = picture.height
    for k in 0..<level {
      let target = levels[k]
      Halving.halve(pixels, width: width, height: height, into: target)
      pixels = UnsafePointer(target.base)
      width /= 2
      height /= 2
    }
    return LevelView(pixels: pixels, width: width, height: height, level: level)
  }

  private func searchLevel(
    _ view: LevelView, picture: SaddleFitter.Picture, search: inout Search
  ) {
    search.counts.levels += 1
    let candidates = candidates(in: view)
    search.counts.candidates += candidates.count
    guard candidates.count >= 4 else { return }
    index.build(candidates, width: view.width, height: view.height)
    var grower = GridGrower(
      view: view, candidates: candidates, index: index, squares: squares,
      budget: Self.lookBudget)
    let identity = GridIdentity(board)
    var found: [Search.Board] = []
    for seed in 0..<min(candidates.count, Self.seedCapacity) where !grower.isUsed[seed] {
      guard grower.budget > 0, found.count < Self.boardCapacity else { break }
      guard grower.grow(from: seed) else { continue }
      search.counts.grids += 1
      grower.prune()
      let grown = grower.grid.places.count
      grower.trim(columns: board.columns, rows: board.rows)
      grower.fill()
      let places = grower.grid.places
      guard places.count >= min(GridIdentity.leastCorners, board.cornerCount) else { continue }
      // A grid that is no board is not worth measuring.
      let (u, v) = axes(grower)
      let grid = grower.grid
      switch identity.identify(grid.places, direction: u, second: v) {
      case .larger(let columns, let rows):
        search.refuse(.otherPattern(columns: columns, rows: rows), corners: grown)
        continue
      case .swappedColours:
        // Of a board with markers these decide.
        if naming == nil {
          search.refuse(.swappedColours, corners: grown)
          continue
        }
      case .tooSmall: continue
      case .complete, .spanning, .part: break
      }
      // What another level has shown as well is measured.
      guard !search.hasBoard(about: middle(grower, view), corners: places.count) else { continue }
      let corners = refiner.refine(
        grid, candidates: grower.candidates, view: view, picture: picture)
      // What is left must hang together, and most of what was grown must be left.
      var rest = CornerGrid()
      for (n, corner) in corners.enumerated() { rest.put(n, at: corner.place) }
      rest.prune(keepsRim: true)
      guard GridRefiner.isBoard(measured: rest.places.count, of: places.count) else {
        search.refuse(.unsharp(corners: rest.places.count), corners: rest.places.count)
        continue
      }
      if let naming {
        let kept = corners.filter { rest[$0.place] != nil }
        let outcome = naming.name(
          kept,
          picture: LevelView(
            pixels: picture.pixels, width: picture.width, height: picture.height, level: 0))
        let known = identity.identify(rest.places, direction: u, second: v)
        guard let board = named(outcome, known, corners, &search) else { continue }
        found.append(Search.Board(observation: board, level: view.level))
        continue
      }
      switch identity.identify(rest.places, direction: u, second: v) {
      case .complete(let assignments, let ambiguous):
        found.append(
          Search.Board(
            observation: observation(.complete, ambiguous: ambiguous, assignments, corners),
            level: view.level))
      case .spanning(let assignments, let ambiguous):
        found.append(
          Search.Board(
            observation: observation(.anchored, ambiguous: ambiguous, assignments, corners),
            level: view.level))
      case .part(let assignments):
        found.append(
          Search.Board(
            observation: observation(
              .unanchored, ambiguous: board.isAmbiguous, assignments, corners),
            level: view.level))
      case .larger, .swappedColours, .tooSmall:
        search.refuse(.unsharp(corners: corners.count), corners: corners.count)
      }
    }
    search.add(found)
  }

  /// The level's candidates, strongest response first.
  private func candidates(in view: LevelView) -> [SaddleCandidate] {
    peaks.find(
      in: view.pixels, width: view.width, height: view.height, threshold: Self.responseThreshold)
    var candidates: [SaddleCandidate] = []
    candidates.reserveCapacity(peaks.peaks.count)
    for peak in peaks.peaks {
      if let candidate = SaddleCandidate(
        view, x: Int(peak.x), y: Int(peak.y), response: peak.response, asymmetry: 0.5)
      {
        candidates.append(candidate)
      }
    }
    // Equal responses stay in reading order.
    let order = candidates.indices.sorted {
      (candidates[$1].response, $0) < (candidates[$0].response, $1)
    }
    return order.prefix(Self.candidateCapacity).map { candidates[$0] }
  }

  /// The mean steps along u and v of a grid, for the choice among equal orientations.
  private func axes(_ grower: GridGrower) -> (SIMD2<Double>, SIMD2<Double>) {
    var sums = [SIMD2<Double>(0, 0), SIMD2<Double>(0, 0)]
    for place in grower.grid.places {
      guard let from = grower.grid[place] else { continue }
      for k in 0..<2 {
        guard let to = grower.grid[place + CornerGrid.steps[k]] else { continue }
        let step = grower.candidates[to].position - grower.candidates[from].position
        sums[k] += SIMD2(Double(step.x), Double(step.y))
      }
    }
    return (sums[0], sums[1])
  }

  /// The middle of a grid's corners, pixels of the picture.
  private func middle(_ grower: GridGrower, _ view: LevelView) -> SIMD2<Double> {
    let numbers = grower.grid.places.compactMap { grower.grid[$0] }
    let sum = numbers.reduce(SIMD2<Double>(0, 0)) {
      let p = grower.candidates[$1].position
      return $0 + SIMD2(view.inPicture(p.x), view.inPicture(p.y))
    }
    return sum / Double(max(numbers.count, 1))
  }

  /// What is known of a grid after its markers were looked at; nil where it is not the board.
  /// `identity` is what colours and size alone say.
  private func named(
    _ outcome: MarkerNaming.Outcome, _ identity: GridIdentity.Outcome,
    _ corners: [GridRefiner.Corner], _ search: inout Search
  ) -> BoardObservation? {
    switch outcome {
    case .named(let assignments, let evidence):
      return observation(
        assignments.count == board.cornerCount ? .complete : .anchored, ambiguous: false,
        markers: evidence, assignments, corners)
    case .otherBoard:
      search.refuse(.otherMarkers(corners: corners.count), corners: corners.count)
      return nil
    case .unread:
      switch identity {
      case .complete(let assignments, _), .spanning(let assignments, _), .part(let assignments):
        return observation(.unanchored, ambiguous: false, assignments, corners)
      case .larger, .swappedColours, .tooSmall:
        search.refuse(.markersUnread(corners: corners.count), corners: corners.count)
        return nil
      }
    }
  }

  private func observation(
    _ status: BoardStatus, ambiguous: Bool, markers: MarkerEvidence? = nil,
    _ assignments: [GridIdentity.Assignment], _ corners: [GridRefiner.Corner]
  ) -> BoardObservation {
    var fits: [Int: SaddleFit] = [:]
    for corner in corners { fits[corner.place.i * 1000 + corner.place.j] = corner.fit }
    let list = assignments.compactMap { a in
      fits[a.place.i * 1000 + a.place.j].map {
        BoardCorner(column: a.column, row: a.row, x: $0.x, y: $0.y, sigma: $0.sigma)
      }
    }
    return BoardObservation(
      status: status, ambiguous: ambiguous, markers: markers, corners: list)
  }
}
