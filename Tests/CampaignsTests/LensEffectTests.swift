import Geometry
import LensModels
import Simulation
import Testing

@testable import campaigns

struct LensEffectTests {
  /// All over a picture.
  private func grid(_ width: Int, _ height: Int) -> [Vector2] {
    (0...16).flatMap { column in
      (0...10).map { row in
        Vector2(
          Double(column) / 16 * Double(width - 1), Double(row) / 10 * Double(height - 1))
      }
    }
  }

  @Test func aLensToldAsItselfOrAsARicherOneIsRight() throws {
    var numbers = SeededNumbers(3)
    let lens = try Lens.drawn(.opencv4, focal: 0.7, &numbers)
    #expect(try effect(of: lens, toldAs: .opencv4, at: grid(1280, 800)) < 1e-6)
    #expect(try effect(of: lens, toldAs: .opencv5, at: grid(1280, 800)) < 1e-6)
  }

  /// A little barrel distortion k1 r^3, told as a pinhole: the focal length takes what it can. Over a
  /// disc the best straight line through r^3, all points of the disc alike, leaves a third of the
  /// distortion at the rim; in the corners of a square picture more.
  @Test func aPinholeTakesTwoThirdsOfTheDistortion() throws {
    let k1 = -0.002
    let lens = try Lens(
      kind: .opencv4, width: 1001, height: 1001,
      parameters: [500, 500, 500, 500, k1, 0, 0, 0])
    let effect = try effect(of: lens, toldAs: .pinhole, at: grid(1001, 1001))
    // In the corner r is the root of 2, and its cube 2.83.
    let whole = 500 * 0.002 * 2.83
    #expect((0.25 * whole...0.75 * whole).contains(effect))
    // Twice the distortion, twice the effect.
    let double = try Lens(
      kind: .opencv4, width: 1001, height: 1001,
      parameters: [500, 500, 500, 500, 2 * k1, 0, 0, 0])
    let twice = try campaigns.effect(of: double, toldAs: .pinhole, at: grid(1001, 1001))
    #expect(abs(twice / effect - 2) < 0.1)
  }
}
