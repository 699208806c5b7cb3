import LensModels
import Simulation
import Testing

@testable import campaigns

struct LensEffectTests {
  @Test func aLensToldAsItselfOrAsARicherOneIsRight() throws {
    var numbers = SeededNumbers(3)
    let lens = try Lens.drawn(.opencv4, focal: 0.7, &numbers)
    #expect(try effect(of: lens, toldAs: .opencv4) < 1e-6)
    #expect(try effect(of: lens, toldAs: .opencv5) < 1e-6)
  }

  /// A little barrel distortion k1 r^3, told as a pinhole: the focal length takes what it can. Over a
  /// disc of radius 1 the best straight line through r^3, all points of the disc alike, is 2/3 r, and
  /// the rest at the rim is a third of the distortion there; over a square picture a bit more.
  @Test func aPinholeTakesTwoThirdsOfTheDistortion() throws {
    let k1 = -0.002
    let lens = try Lens(
      kind: .opencv4, width: 1001, height: 1001,
      parameters: [500, 500, 500, 500, k1, 0, 0, 0])
    let effect = try effect(of: lens, toldAs: .pinhole)
    // In the corner r is the root of 2, and its cube 2.83.
    let whole = 500 * 0.002 * 2.83
    #expect((0.25 * whole...0.75 * whole).contains(effect))
    // Twice the distortion, twice the effect.
    let double = try Lens(
      kind: .opencv4, width: 1001, height: 1001,
      parameters: [500, 500, 500, 500, 2 * k1, 0, 0, 0])
    #expect(abs(try campaigns.effect(of: double, toldAs: .pinhole) / effect - 2) < 0.1)
  }
}
