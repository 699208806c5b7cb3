import Documents
import Measurements
import ScaleModels
import Testing

@testable import Bundles
@testable import Reports

/// The certificate of a scale.
struct ScalePageTests {
  private static func record(
    cell: String = "rear_left", hasPlate: Bool = true, asFound: Double? = 0.004
  ) throws -> ScaleRecord {
    let model = try ScaleModel(
      cells: [-1.0, 1].map { ScaleCell(x: 0.25 * $0, y: 0.2 * $0, kilogramsPerCount: 1e-5) },
      zero: ScaleZero(counts: [0, 0], sigmas: [1, 1], temperature: 21),
      referenceTemperature: 21, gravity: 9.807, forceScatter: 1e-5,
      covariance: Array(repeating: 0, count: 100))
    var record = ScaleRecord(
      model: model,
      parameters: [
        .init(name: "cell_0.span_per_k", value: 0, sigma: 1e-5, source: .prior),
        .init(name: "cell_0.kg_per_count", value: 1e-5, sigma: 1e-9, source: .data),
      ],
      conditions: .init(
        lowestTemperature: 20.5, highestTemperature: 21.5, tilt: nil, duration: 120,
        isTemperatureMeasured: true, started: UTCTime(seconds: 1_789_990_000)),
      gravity: .init(value: 9.807, source: .site), masses: [], verdicts: [], uncertainty: [])
    var mass = ScaleRecord.Mass(
      name: "M1-20-3", nominal: 20, sigma: 0.0006, foundError: 0.0001, foundSigma: 0.0002)
    mass.certificate = "K 17 & Co."
    record.masses = [mass]
    if hasPlate {
      record.plate = .init(
        accuracyClass: "III", ranges: [.init(capacity: 30, interval: 0.01)], minimum: 0.2)
    }
    record.cellNames = [cell, "right"]
    record.asFoundRevision = asFound == nil ? nil : 2
    let loads: [(kind: String, nominal: Double, x: Double)] = [
      ("linearity_up", 5, 0), ("linearity_up", 20, 0), ("linearity_down", 5, 0),
      ("eccentricity", 10, 0.2), ("repeatability", 15, 0), ("repeatability", 15, 0),
    ]
    record.placements = loads.enumerated().map { step, load in
      ScaleRecord.Placement(
        step: step, kind: load.kind, nominal: load.nominal, reading: load.nominal + 0.00123,
        error: 0.00123, expandedUncertainty: 0.0008, asFoundError: asFound, meant: [load.x, 0],
        found: [load.x, nil], forces: [load.nominal / 2, load.nominal / 2])
    }
    record.creep = [.init(load: 20, times: [0, 600, 1800], changes: [0, 1e-4, 2e-4])]
    record.verdicts = ["initial", "in_service"].map { (occasion: String) in
      ScaleRecord.Evaluation(
        test: "eccentricity", standard: hasPlate ? "OIML R 76-1:2006, 3.6.2" : nil,
        occasion: hasPlate ? occasion : nil, load: 10, value: 0.00123, limit: hasPlate ? 0.01 : nil,
        expandedUncertainty: 0.0008, coverageFactor: 2, guardBand: 0.0008,
        rule: hasPlate ? "guard_banded" : nil, verdict: hasPlate ? .pass : .notAsked, note: nil)
    }
    record.uncertainty = [
      .init(
        load: 20,
        rows: [
          .init(
            name: "reference_masses", source: "EURAMET cg-18", standardUncertainty: 0.0006,
            degreesOfFreedom: nil)
        ], combined: 0.0006, degreesOfFreedom: nil, coverageFactor: 2, expanded: 0.0012)
    ]
    return record
  }

  private static func subject(
    _ verdict: Verdict, isCheck: Bool = false, cart: String? = "CART-0042"
  ) -> ScalePage.Subject {
    ScalePage.Subject(
      cart: cart, revision: isCheck || cart == nil ? nil : 3, isCheck: isCheck,
      created: UTCTime(seconds: 1_790_000_000), software: "cartcal 0",
      findings: [
        Finding(code: "a", severity: .warning, text: "It leans <3>.", remedy: "Level & repeat.")
      ], verdict: verdict)
  }

  private func html(_ page: ScalePage) -> String { String(decoding: page.bytes, as: UTF8.self) }

  @Test(arguments: Verdict.allCases, [true, false])
  func everyElementIsClosed(verdict: Verdict, isCheck: Bool) throws {
    for record in [nil, try Self.record(), try Self.record(hasPlate: false, asFound: nil)] {
      let page = ScalePage(Self.subject(verdict, isCheck: isCheck), record)
      #expect(MarkupChecker(html(page)).problems == [])
    }
  }

  /// ISO/IEC 17025:2017, 7.8.2, 7.8.4 and 7.8.6.
  @Test func whatACertificateNeedsStandsInIt() throws {
    let page = ScalePage(Self.subject(.pass), try Self.record())
    let checked = MarkupChecker(html(page))
    for words in [
      "certificate CART-0042-3", "Laboratory and address", "Customer", "Item",
      "Scale of cart CART-0042", "rear left", "Method", "Weighed", "2026-09-21 11:26:40 UTC",
      "Issued",
      "20.5 to 21.5", "lean not measured", "9.80700", "K 17 &amp; Co.", "+1.2 g", "\u{2264} 10 g",
      "Guide No. 18", "guard band of U", "Coverage factor", "2.00", "coverage 95.45 %",
      "relate only to the item", "End of certificate", "Authorised by", "as found, by revision 2",
      "temperature coefficients of the spans", "It leans &lt;3&gt;.", "Evaluated, not verified",
      "initial verification", "in service",
    ] {
      #expect(checked.text.contains(words), "\(words)")
    }
    #expect(!checked.text.contains("erified against"))
    // The verdict's sign, two in the table, and six figures.
    #expect(checked.elements["svg"] == 9)
  }

  @Test func aCheckSaysThatNothingWasAdjusted() throws {
    let page = html(ScalePage(Self.subject(.pass, isCheck: true), try Self.record()))
    for words in ["Check of a scale in service", "limits in service", "Nothing was adjusted"] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("Diamonds") && !page.contains("found off by"))
  }

  @Test func withoutARigNothingIsEvaluated() throws {
    let page = html(
      ScalePage(Self.subject(.notAsked, cart: nil), try Self.record(hasPlate: false, asFound: nil)))
    for words in ["Calibrated", "a cart that was not named", "no decision rule was used"] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("class=\"limits\"") && !page.contains("certificate CART"))
  }

  @Test func whatWasNotMeasuredIsSaid() throws {
    var record = try Self.record()
    record.conditions.isTemperatureMeasured = false
    record.conditions.lowestTemperature = 20
    #expect(
      html(ScalePage(Self.subject(.pass), record)).contains(
        "Temperature not measured, 20 \u{00B0}C"))
    let none = html(ScalePage(Self.subject(.notDetermined), nil))
    #expect(none.contains("gives no calibration"))
  }

  @Test func hostileNamesAndNumbersAreHarmless() throws {
    var record = try Self.record(cell: "<script>alert(1)</script>\u{1B}[2J")
    record.placements[0].error = .nan
    record.placements[1].error = .infinity
    record.creep[0].changes[1] = -.infinity
    record.uncertainty[0].degreesOfFreedom = 1e300
    record.placements[3].meant = []
    let page = html(ScalePage(Self.subject(.fail, cart: "\"><b>x"), record))
    #expect(MarkupChecker(page).problems == [])
    #expect(!page.contains("<script>") && !page.contains("<b>") && !page.contains("\u{1B}"))
  }

  @Test func aBundleWithoutScaleHasNoPage() throws {
    #expect(ScalePage(try SampleSolve().bundle) == nil)
  }
}
