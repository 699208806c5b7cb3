import LinearAlgebra

/// How the empty scale moves with time beside what temperature explains.
struct ZeroDrift {
  /// Kilograms a minute, with its sign: of the cell that drifts, or of all together where each
  /// drifts a little.
  let perMinute: Double
  /// The cell that moves most.
  let cell: Int

  /// Slower drift than this belongs to a healthy scale, kilograms a minute; and so does less than
  /// this in all, kilograms.
  private static let least = 0.0007
  private static let leastTotal = 0.0015
  /// How many standard uncertainties a drift must have: of five drifts in a session, one in ten
  /// thousand healthy sessions has that.
  private static let certain = 4.0
  /// What the zero of a cell may be off for reasons of its own, such as creep, kilograms.
  private static let scatter = 0.00025

  /// Kilograms a minute of one cell or of several, and its standard uncertainty.
  private struct Rate {
    let perMinute: Double
    let sigma: Double

    func isPlain(over minutes: Double) -> Bool {
      abs(perMinute) > ZeroDrift.least && abs(perMinute) * minutes > ZeroDrift.leastTotal
        && abs(perMinute) > ZeroDrift.certain * sigma
    }
  }

  /// Nil when the empty scale does not drift, or was not seen at three times or more, or not for
  /// most of a minute.
  ///
  /// A wet or dirty cell drifts by itself, while temperature moves all; so each is asked alone, where
  /// what temperature may do is least, and then all together.
  init?(_ diagnosis: SessionDiagnosis, perKelvin: Double) {
    let empty = diagnosis.empty
    guard empty.count >= 3, let first = empty.first, let last = empty.last,
      last.time - first.time >= 45, let gain = diagnosis.commonGain
    else { return nil }
    let minutes = empty.map { ($0.time - first.time) / 60 }
    let kelvin = empty.map { $0.temperature - first.temperature }
    let cells = first.counts.indices
    func rate(_ cells: some Collection<Int>) throws(LinearAlgebraError) -> Rate {
      let values = empty.map { zero in
        cells.reduce(0) { $0 + gain * (zero.counts[$1] - first.counts[$1]) }
      }
      let root = Double(cells.count).squareRoot()
      let design = Self.design(
        minutes, kelvin, scatter: Self.scatter * root, perKelvin: perKelvin * root)
      let right = values.map { $0 / (Self.scatter * root) } + [0]
      let inverse = try Cholesky(design.transposed * design).inverse()
      return Rate(
        perMinute: try LeastSquares(design, right).solution[1],
        sigma: inverse[1, 1].squareRoot())
    }
    do throws(LinearAlgebraError) {
      var rates: [Rate] = []
      for cell in cells { rates.append(try rate(CollectionOfOne(cell))) }
      guard
        let most = rates.indices.max(by: { abs(rates[$0].perMinute) < abs(rates[$1].perMinute) })
      else { return nil }
      cell = most
      guard
        let plain = [rates[most], try rate(cells)].first(where: {
          $0.isPlain(over: minutes.last ?? 0)
        })
      else { return nil }
      perMinute = plain.perMinute
    } catch {
      return nil
    }
  }

  /// Level, minutes and kelvin; the first two are free.
  private static func design(
    _ minutes: [Double], _ kelvin: [Double], scatter: Double, perKelvin: Double
  ) -> Matrix {
    var design = Matrix(rows: minutes.count + 1, columns: 3)
    for row in minutes.indices {
      design[row, 0] = 1 / scatter
      design[row, 1] = minutes[row] / scatter
      design[row, 2] = kelvin[row] / scatter
    }
    design[minutes.count, 2] = 1 / perKelvin
    return design
  }
}
