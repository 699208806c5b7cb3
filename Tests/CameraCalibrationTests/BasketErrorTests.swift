import Geometry
import LensModels
import Simulation
import Testing

@testable import CameraCalibration

struct BasketErrorTests {
  /// Squared errors of triangulated points, found over expected, over draws and the whole grid.
  private func ratio(datum: Int, seeds: Range<UInt64>) throws -> Double {
    var (found, expected) = (0.0, 0.0)
    for seed in seeds {
      var numbers = SeededNumbers(seed)
      var cart = try SimulatedCart(datum: datum, &numbers)
      cart.spec.basket = Vector3(0.6, 0.45, 0.5)
      let result = try cart.solve(&numbers)
      // Where corners are used is where pictures show them, but for noise.
      let regions = cart.rig.cameras.indices.map { camera in
        ConvexHull(
          cart.rig.frames.indices.flatMap {
            cart.rig.corners(camera: camera, frame: $0).compactMap { $0 }
          })
      }
      let frame = try #require(result.cartFrame)
      let basket = try #require(frame.basketError)
      #expect(basket.frame == .cart)
      for pair in basket.pairs {
        let solved = try [pair.first, pair.second].map { camera in
          (
            lens: try #require(result.cameras[camera].lens),
            worldFromCamera: try #require(frame.cartFromCamera[camera])
          )
        }
        var squares = 0.0
        var count = 0
        for point in basket.points {
          let truths = [pair.first, pair.second].map { cart.rig.cameras[$0] }
          guard let a = truths[0].pixel(truths[0].worldFromCamera.inverse * point.place),
            let b = truths[1].pixel(truths[1].worldFromCamera.inverse * point.place),
            regions[pair.first].contains(a), regions[pair.second].contains(b),
            let seen = BasketForetold.triangulated(solved, [a, b], near: point.place)
          else { continue }
          squares += (seen - point.place).dot(seen - point.place)
          count += 1
        }
        guard count > 0 else { continue }
        found += squares / Double(count)
        expected += pair.rms * pair.rms
      }
    }
    return (found / expected).squareRoot()
  }

  @Test func pointsAreOffAsFarAsForetold() throws {
    let ratio = try ratio(datum: 3, seeds: 8000..<8012)
    #expect((0.7...1.4).contains(ratio), "\(ratio)")
  }

  @Test func theGridCoversTheBasketFromWallToWall() {
    let places = BasketError.places(in: Vector3(0.6, 0.4, 0.5))
    #expect(places.count == 175)
    #expect(places.first == Vector3(-0.3, -0.2, 0) && places.last == Vector3(0.3, 0.2, 0.5))
    #expect(places[1].x > places[0].x && places[1].y == places[0].y)
  }

  @Test func whatIsSeenIsCountedAndWhatIsNotIsNil() throws {
    var numbers = SeededNumbers(8100)
    var cart = try SimulatedCart(&numbers)
    cart.spec.basket = Vector3(0.6, 0.45, 0.5)
    let frame = try #require(try cart.solve(&numbers).cartFrame)
    let basket = try #require(frame.basketError)
    for point in basket.points {
      #expect((point.best == nil) == (point.cameras < 2))
      if let best = point.best, let median = point.median, let perPixel = point.perPixel {
        #expect(best > 0 && best <= median && perPixel > 0)
      }
    }
    #expect(basket.covered > 0.5 && basket.covered <= 1)
    #expect(try #require(basket.worst) >= (try #require(basket.rms)))
    // Without the datum, where the cart is is left out: what remains is smaller.
    cart.spec.datum = []
    let relative = try #require(try cart.solve(&numbers).cartFrame?.basketError)
    #expect(relative.frame == .reference)
    #expect(try #require(relative.rms) < (try #require(basket.rms)))
    // Without the basket's size there is no grid.
    cart.spec.basket = nil
    let none = try cart.solve(&numbers).cartFrame
    #expect(none != nil && none?.basketError == nil)
  }
}
