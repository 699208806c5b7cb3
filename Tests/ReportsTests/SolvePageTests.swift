import BoardDetection
import Bundles
import Geometry
import Imaging
import Measurements
import Testing

@testable import Reports

struct SolvePageTests {
  private func html(_ solve: SampleSolve, _ kept: SampleSolve.Kept = .everything) -> String {
    let page = SolvePage(
      solve.bundle,
      corners: kept == .everything || kept == .cornersOnly ? solve.corners : nil,
      residuals: kept == .everything || kept == .residualsOnly ? solve.residuals : nil)
    return String(decoding: page.bytes, as: UTF8.self)
  }

  @Test(arguments: SampleSolve.Kept.allCases, Verdict.allCases)
  func everyElementIsClosed(_ kept: SampleSolve.Kept, _ verdict: Verdict) throws {
    var solve = try SampleSolve()
    solve.bundle.verdict = verdict
    #expect(MarkupChecker(html(solve, kept)).problems == [])
  }

  @Test func theCheckerFindsWhatIsWrong() {
    for wrong in [
      "<p>a", "<p><b>a</p></b>", "<p>a & b</p>", "<p a=\"1\" a=\"2\"></p>", "<p a=1></p>",
      "<p>a > b</p>",
    ] {
      #expect(!MarkupChecker("<!DOCTYPE html>\n" + wrong).problems.isEmpty, "\(wrong)")
    }
  }

  @Test func camerasAndFindingsStandInIt() throws {
    let solve = try SampleSolve()
    let checked = MarkupChecker(html(solve))
    for words in [
      "CART-0042", "revision 3", "front_left", "front_right", "dark", "It is dark.",
      "Take off the lens cap.", "A note.", "Do nothing.", "not solved", "0.123", "0.145",
      "front_left/frame2.png", "7.250", "0.40, \u{2212}0.20", "0.151", "500.0 \u{00B1}\u{00A0}0.4",
      "at 500 mm",
      "1.3 px where corners were seen", "&gt;999", "0.066", "0.78", "1.2 times",
      "larger than chance explains in 1 of 42 parts", "6 of 48 parts hold no corner",
      "bend of the board along columns, rows, \u{00B1}\u{00A0}0.03 mm",
    ] {
      #expect(checked.text.contains(words), "\(words)")
    }
    // For each camera residuals, their means, by distance and by view; for the one that has them
    // coverage, halves and two ranges; the signs of the verdict and of a check, and the scene.
    #expect(checked.elements["svg"] == 2 * 4 + 4 + 3)
    // Six places of the board, seen by both cameras, and two cameras.
    #expect(html(solve).matches(of: /<path class="board"/).count == 6)
    #expect(html(solve).matches(of: /<path class="camera"/).count == 2)
  }

  @Test func checksStandNearTheTop() throws {
    var solve = try SampleSolve()
    func check(_ name: String, _ subject: String?, _ value: Double?) -> LimitCheck {
      LimitCheck(
        name: name, subject: subject, value: value, .atMost, limit: 0.6, guardBand: 0.06,
        unit: .pixels)
    }
    solve.bundle.verdict = .fail
    solve.bundle.checks = [
      check("holdout_rms", "front_left", 0.2), check("holdout_rms", "front_right", 0.3),
      check("<lens>", "front_left", 0.6004), check("<lens>", "front_right", 0.59),
      check("rig_disagreement", nil, nil),
    ]
    let page = html(solve)
    let checked = MarkupChecker(page)
    #expect(checked.problems == [])
    for words in [
      "Do not use this calibration: 1 of 5 checks is beyond its limit.",
      "5 checks: 1 fail, 1 not determined, 1 marginal, 2 pass.", "front_right, worst of 2",
      "0.30 px",
      "0.6004 px", "at most 0.60 px, marginal from 0.54 px", "&lt;lens&gt;", "the rig",
    ] {
      #expect(checked.text.contains(words), "\(words)")
    }
    #expect(page.matches(of: /class="mark (pass|fail|marginal|not_determined)"/).count == 4)
    solve.bundle.checks = (0..<64).map { check("coverage", "cam\($0)", 7) }
    #expect(MarkupChecker(html(solve)).text.contains("And 24 more in bundle.json."))
    solve.bundle.checks = []
    #expect(!html(solve).contains("Checks"))
  }

  /// A page that says fail never says that nothing has to be done.
  @Test(arguments: Verdict.allCases)
  func aBadVerdictAsksForSomething(_ verdict: Verdict) throws {
    var solve = try SampleSolve()
    solve.bundle.verdict = verdict
    solve.bundle.findings = []
    let isBad = verdict == .fail || verdict == .notDetermined
    #expect(html(solve).contains("Nothing has to be done.") == !isBad)
  }

  /// Verdict, then what to do with the heaviest first, then numbers.
  @Test func whatMattersStandsFirst() throws {
    let text = MarkupChecker(html(try SampleSolve())).text
    let places = try [
      "Not determined", "What to do", "Take off the lens cap.", "Do nothing.", "RMS", "Cameras",
      "Places",
      "Camera by camera", "Corners left out",
    ].map { try #require(text.firstRange(of: $0)).lowerBound }
    #expect(places == places.sorted())
  }

  @Test func sameBytesEachTime() throws {
    let pages = try (0..<3).map { _ in html(try SampleSolve()) }
    #expect(pages[0] == pages[1] && pages[0] == pages[2])
  }

  @Test func nothingIsFetched() throws {
    let page = html(try SampleSolve())
    #expect(!page.contains("http") && !page.contains("src=") && !page.contains("url("))
  }

  @Test func hostileTextIsShownAsText() throws {
    let hostile = "</title><script>alert(1)</script>\"' onload=\"x\" & \u{202E}\u{0007}"
    var solve = try SampleSolve(image: hostile, text: hostile)
    solve.bundle.software.version = hostile
    solve.bundle.board?.word = hostile
    for name in solve.residuals.cameras.keys {
      for image in (solve.residuals.cameras[name]?.views ?? [:]).keys {
        solve.residuals.cameras[name]?.views[image]?.frame = hostile + image
        solve.residuals.cameras[name]?.views[image]?.corners[0].leftOut = hostile
      }
    }
    let page = html(solve)
    let checked = MarkupChecker(page)
    #expect(checked.problems == [])
    #expect(checked.elements["script"] == 1)
    #expect(checked.text.contains("&lt;script&gt;alert(1)"))
    #expect(!page.unicodeScalars.contains("\u{202E}") && !page.unicodeScalars.contains("\u{0007}"))
  }

  /// Huge numbers, pictures of a line, corners and views that do not belong together.
  @Test func hostileNumbersDoNoHarm() throws {
    var solve = try SampleSolve()
    solve.bundle.cameras["front_left"]?.width = 1
    solve.bundle.cameras["front_left"]?.height = 65536
    solve.bundle.cameras["front_right"]?.parameters?.fx = 1e-300
    solve.bundle.cameras["front_right"]?.referenceFromCamera = PoseRecord(
      RigidTransform(rotation: .identity, translation: Vector3(1e300, -1e300, 1e308)))
    solve.bundle.board?.warp = [1e300, -1e300]
    for (name, value) in [("front_left", 1e300), ("front_right", 1e-300)] {
      for image in (solve.residuals.cameras[name]?.views ?? [:]).keys {
        solve.residuals.cameras[name]?.views[image]?.corners[1].dx = value
        solve.residuals.cameras[name]?.views[image]?.corners[2].column = Int.max
        solve.residuals.cameras[name]?.views[image]?.corners[3].row = Int.min
      }
    }
    solve.corners.cameras["front_right"]?.images["frame0.png"] = nil
    let checked = MarkupChecker(html(solve))
    #expect(checked.problems == [])
  }

  /// Maps of another size than the coverage, no corner at all, deviations that are not there.
  @Test func hostileCertaintyDoesNoHarm() throws {
    var solve = try SampleSolve()
    var certainty = try #require(solve.bundle.cameras["front_left"]?.certainty)
    certainty.coverage = CoverageRecord(
      columns: 1000, rows: 1000, fraction: 0, corners: Array(repeating: 0, count: 1_000_000))
    solve.bundle.cameras["front_left"]?.certainty = certainty
    certainty.coverage = CoverageRecord(
      columns: 8, rows: 6, fraction: 0, corners: Array(repeating: 0, count: 48))
    certainty.projection?.ranges = [
      .init(range: 1e300, centre: 1e300, worstCovered: nil, cells: Array(repeating: -5, count: 48)),
      .init(range: nil, centre: nil, worstCovered: nil, cells: [1, 2]),
    ]
    certainty.crossValidation?.predictedCells = []
    certainty.sigma = LensSigma([nil, nil, 1e300, -1, nil, nil, nil, nil])
    certainty.poseSigma = PoseSigma([1e300, 0, 0, -1, 0, 0])
    solve.bundle.cameras["front_right"]?.certainty = certainty
    solve.bundle.board?.warpSigma = [1e-300, 1e300]
    let checked = MarkupChecker(html(solve))
    #expect(checked.problems == [])
    #expect(checked.text.contains("48 of 48 parts hold no corner"))
  }

  @Test func theCartAndItsBasketAreShown() throws {
    var solve = try SampleSolve()
    #expect(!MarkupChecker(html(solve)).text.contains("In the cart"))
    solve.bundle.cartFrame.source = .datum
    solve.bundle.cartFrame.rig = .init(name: "my-cart", sha256: String(repeating: "0", count: 64))
    solve.bundle.cartFrame.datum = [.init(frame: "frame0", used: true, distance: 0, angle: 0)]
    solve.bundle.cameras["front_left"]?.cartPose = CartPoseRecord(
      cartFromCamera: PoseRecord(
        RigidTransform(rotation: .identity, translation: Vector3(0.1, -0.2, 0.55))),
      sigma: PoseSigma([1e-3, 1e-3, 1e-3, 1e-4, 1e-4, 2e-4]))
    var basket = BasketErrorRecord(
      frame: .cart, size: [0.6, 0.45, 0.5], grid: [2, 2, 3],
      cameras: Array(repeating: 2, count: 12),
      best: (0..<12).map { $0 == 0 ? nil : 1e-5 * Double($0) },
      median: Array(repeating: 1e-4, count: 12), perPixel: Array(repeating: 0.00123, count: 12),
      pairs: [], covered: 11.0 / 12, rms: 6e-5, worst: 1.1e-4)
    solve.bundle.cartFrame.basketError = basket
    let checked = MarkupChecker(html(solve))
    #expect(checked.problems == [])
    for words in [
      "In the cart", "By 1 datum pose of rig my-cart", "100.0 \u{00B1}\u{00A0}0.1",
      "\u{2212}200.0 \u{00B1}\u{00A0}0.1", "Floor", "250 mm", "Rim, 500 mm", "0.110", "0.010",
      "1.23 mm for each pixel",
    ] { #expect(checked.text.contains(words), "\(words)") }
    // Eleven places of twelve, and the one camera with a place.
    #expect(html(solve).split(separator: "class=\"place\"").count == 13)
    // Numbers that make no sense do no harm.
    basket.size = [1e-300, 1e300, 1e300]
    basket.best = Array(repeating: 1e300, count: 12)
    (basket.rms, basket.worst) = (nil, nil)
    solve.bundle.cartFrame.basketError = basket
    solve.bundle.cameras["front_left"]?.cartPose?.cartFromCamera = PoseRecord(
      RigidTransform(rotation: .identity, translation: Vector3(1e300, -1e300, 0)))
    #expect(MarkupChecker(html(solve)).problems == [])
  }

  @Test func evidenceThatIsGoneIsNamed() throws {
    let solve = try SampleSolve()
    let bare = MarkupChecker(html(solve, .nothing))
    #expect(bare.text.contains("evidence/residuals.json is no longer with this bundle"))
    // Lenses, places and findings still stand there, and the cameras in space.
    for words in ["501.0", "100.00", "Take off the lens cap."] {
      #expect(bare.text.contains(words), "\(words)")
    }
    #expect(bare.elements["svg"] == 3 + 4)
    let numbers = MarkupChecker(html(solve, .residualsOnly))
    #expect(numbers.text.contains("evidence/corners.json is no longer with this bundle"))
    #expect(numbers.text.contains("7.250"))
    #expect(numbers.elements["svg"] == 3 + 4 + 2)
    #expect(!MarkupChecker(html(solve)).text.contains("no longer"))
  }

  private func picture(width: Int = 640, height: Int = 480) -> GreyImage {
    GreyImage(
      width: width, height: height,
      pixels: (0..<width * height).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
  }

  /// The gross corner of each camera, cut out of its picture; each picture is asked for once.
  @Test func cornersLeftOutAreShown() throws {
    let solve = try SampleSolve()
    var asked: [String] = []
    let page = SolvePage(solve.bundle, corners: solve.corners, residuals: solve.residuals) {
      asked.append("\($0)/\($1)")
      return picture()
    }
    let html = String(decoding: page.bytes, as: UTF8.self)
    #expect(asked.sorted() == ["front_left/frame2.png", "front_right/frame2.png"])
    #expect(MarkupChecker(html).problems == [])
    #expect(html.matches(of: /href="data:image\/png;base64,/).count == 2)
    #expect(!MarkupChecker(html).text.contains("cannot be shown"))
  }

  @Test func picturesThatAreGoneAreNamed() throws {
    var solve = try SampleSolve()
    #expect(MarkupChecker(html(solve)).text.contains("Corners alone were given"))
    solve.bundle.session = "/srv/<b>/session"
    let text = MarkupChecker(html(solve)).text
    #expect(text.contains("they are not in /srv/&lt;b&gt;/session on this computer"))
  }

  /// Pictures of another size than the camera's, and corners that lie outside.
  @Test(arguments: [(1, 1), (30, 500), (200, 200)])
  func picturesOfAnotherSizeDoNoHarm(_ width: Int, _ height: Int) throws {
    let solve = try SampleSolve()
    let page = SolvePage(solve.bundle, corners: solve.corners, residuals: solve.residuals) { _, _ in
      picture(width: width, height: height)
    }
    #expect(MarkupChecker(String(decoding: page.bytes, as: UTF8.self)).problems == [])
  }

  /// Pictures that would take long to decode are left alone.
  @Test func hugePicturesAreNotLookedInto() throws {
    var solve = try SampleSolve()
    solve.bundle.cameras["front_left"]?.width = 60_000
    solve.bundle.cameras["front_left"]?.height = 60_000
    solve.bundle.cameras["front_right"]?.width = Int.max
    var asked = 0
    _ = SolvePage(solve.bundle, corners: solve.corners, residuals: solve.residuals) { _, _ in
      asked += 1
      return nil
    }
    #expect(asked == 0)
  }

  /// Of a thousand corners left out, twelve are shown, two of a picture at most.
  @Test func cropsAreBounded() throws {
    var solve = try SampleSolve()
    for name in ["front_left", "front_right"] {
      for image in (solve.residuals.cameras[name]?.views ?? [:]).keys {
        for index in 0..<20 {
          solve.residuals.cameras[name]?.views[image]?.corners[index].leftOut = "view_does_not_fit"
        }
      }
    }
    let page = SolvePage(solve.bundle, corners: solve.corners, residuals: solve.residuals) { _, _ in
      picture()
    }
    #expect(page.leftOutCorners.count == 240)
    #expect(page.crops.count == CornerCrop.limit)
    let pictures = page.crops.keys.map {
      page.leftOutCorners[$0].camera + page.leftOutCorners[$0].corner.image
    }
    #expect(Dictionary(grouping: pictures, by: { $0 }).values.allSatisfy { $0.count <= 2 })
    #expect(page.bytes.count < 600_000)
  }

  /// What asks for the same is one step, and of twenty such findings the last ones are named only.
  @Test func oneStepForOneRemedy() throws {
    var solve = try SampleSolve()
    solve.bundle.findings = (0..<20).map {
      Finding(
        code: "low_coverage", severity: .warning, subject: "cam\($0)", text: "Seen \($0).",
        remedy: "Show the board in the corners.")
    }
    let page = html(solve)
    #expect(page.matches(of: /Show the board in the corners\./).count == 1)
    let text = MarkupChecker(page).text
    #expect(text.contains("Seen 5.") && !text.contains("Seen 6."))
    #expect(text.contains("The same 14 times more: cam6, cam7"))
  }

  @Test func aPageStaysSmall() throws {
    var solve = try SampleSolve()
    for number in 0..<200 {
      solve.bundle.cameras["extra\(number)"] = solve.bundle.cameras["front_left"]
      solve.corners.cameras["extra\(number)"] = solve.corners.cameras["front_left"]
      solve.residuals.cameras["extra\(number)"] = solve.residuals.cameras["front_left"]
    }
    #expect(html(solve).utf8.count < 8_000_000)
  }
}
