import Documents
import Execution
import Geometry
import LensModels
import Rigs
import Testing

@testable import Simulation

/// A rig of two small cameras over a basket.
func smallCartRig(_ change: (String) -> String = { $0 }) throws -> Rig {
  let text = """
    schema: cartcal.rig/1
    name: small
    board: checkerboard:6x5:25mm
    basket: {size_m: [0.5, 0.4, 0.4]}
    cameras:
      left:
        lens: {kind: pinhole, focal_px: 200}
        size_px: [320, 240]
        cart_from_camera: {translation_m: [-0.2, -0.1, 0.45], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
      right:
        lens: {kind: fisheye, focal_px: 130}
        size_px: [320, 240]
        cart_from_camera: {translation_m: [0.2, 0.1, 0.45], looks_at_m: [0, 0, 0.1]}
        tolerance: {position_mm: 20, angle_deg: 4}
    datum:
      - frame: 0
        cart_from_board: {translation_m: [-0.06, 0.05, 0.005], lies_turned_deg: 0}
        sigma: {position_mm: 0.5, angle_deg: 0.1}

    """
  return try Rig(bytes: Array(change(text).utf8), file: "small.yaml")
}

struct VirtualCartTests {
  @Test func cartsFollowTheirSeed() throws {
    let rig = try smallCartRig()
    let cart = try VirtualCart(rig, disturbance: .clean, seed: 4, frames: 8)
    #expect(try VirtualCart(rig, disturbance: .clean, seed: 4, frames: 8) == cart)
    #expect(try VirtualCart(rig, disturbance: .clean, seed: 5, frames: 8).scene != cart.scene)
    #expect(cart.scene.frames.count == 8 && cart.frameNames.count == 8)
    #expect(cart.frameNames == (0..<8).map { "000\($0)" } && cart.datumFrames == [0])
    // The same cart under another disturbance.
    let hard = try VirtualCart(rig, disturbance: .hard, seed: 4, frames: 8)
    #expect(hard.scene.cameras == cart.scene.cameras)
    #expect(hard.frameNames.count == 13)
    for camera in cart.scene.cameras.indices {
      #expect(
        cart.keptFrames(camera: camera).allSatisfy {
          cart.scene.seesWhole(camera: camera, frame: $0)
        })
      #expect(hard.keptFrames(camera: camera).suffix(5) == [8, 9, 10, 11, 12])
    }
  }

  @Test func unitsAreWithinTheRigsTolerances() throws {
    let rig = try smallCartRig()
    for seed in 0..<20 {
      let cart = try VirtualCart(rig, disturbance: .line, seed: seed, frames: 2)
      for (built, meant) in zip(cart.scene.cameras, rig.cameras) {
        let nominal = meant.place.cartFromCamera
        #expect((built.worldFromCamera.translation - nominal.translation).length < 0.02)
        #expect(
          (built.worldFromCamera.rotation * nominal.rotation.inverse).angle < 4 * .pi / 180)
        let focal = built.lens.parameters[0]
        #expect(abs(focal / (meant.lens.focal ?? 0) - 1) < 0.015 && focal != meant.lens.focal)
        #expect(built.lens.kind == meant.lens.model)
      }
    }
  }

  @Test func oneUnitCanBeReplaced() throws {
    let rig = try smallCartRig()
    let before = try VirtualCart(rig, disturbance: .clean, seed: 1, frames: 6)
    let after = try VirtualCart(rig, disturbance: .clean, seed: 1, frames: 6, replaced: "right")
    #expect(before.scene.cameras[0] == after.scene.cameras[0])
    #expect(before.scene.cameras[1].lens != after.scene.cameras[1].lens)
    #expect(before.scene.cameras[1].worldFromCamera != after.scene.cameras[1].worldFromCamera)
    #expect(before.scene.board == after.scene.board)
    #expect(before.scene.frames[0] == after.scene.frames[0])
    #expect(before.scene.frames[3] != after.scene.frames[3])
  }

  @Test func picturesAreTheSameForAnyNumberOfThreads() throws {
    let cart = try VirtualCart(smallCartRig(), disturbance: .hard, seed: 2, frames: 5)
    let frames = cart.keptFrames(camera: 0)
    let one = cart.renderer(camera: 0, threads: ThreadCount(1))
    let two = cart.renderer(camera: 0, threads: ThreadCount(3))
    for frame in frames {
      #expect(
        cart.view(one, camera: 0, frame: frame) == cart.view(two, camera: 0, frame: frame))
    }
    #expect(frames.count >= 5)
  }

  @Test func motionMakesOthersClocksMatter() throws {
    let rig = try smallCartRig()
    let still = try VirtualCart(rig, disturbance: .hard, seed: 3, frames: 12)
    let late = try VirtualCart(
      rig, disturbance: .hard, seed: 3, frames: 12, clockOffset: 0.02)
    #expect(still.scene.cameras.allSatisfy { $0.clockOffset == 0 })
    #expect(late.scene.cameras.contains { abs($0.clockOffset) > 0.001 })
    let moving = late.scene.frames.indices.filter { late.scene.frames[$0].velocity != .zero }
    #expect(!moving.isEmpty && !moving.contains(0))
  }

  @Test func whatCannotBeIsNamed() throws {
    func error(_ rig: Rig, replaced: String? = nil) -> String {
      do throws(SimulationError) {
        _ = try VirtualCart(rig, disturbance: .clean, seed: 1, frames: 3, replaced: replaced)
        return ""
      } catch { return "\(error)" }
    }
    #expect(error(try smallCartRig(), replaced: "rihgt").contains("mean right?"))
    let huge = try smallCartRig { $0.replacing("[320, 240]", with: "[60000, 60000]") }
    #expect(error(huge).contains("60000 x 60000"))
    let path = try smallCartRig { $0.replacing("frame: 0", with: "frame: \"../../x\"") }
    #expect(error(path).contains("cannot be a file's name"))
    let away = try smallCartRig {
      $0.replacing("looks_at_m: [0, 0, 0.1]", with: "looks_at_m: [0, 0.1, 3]")
        .replacing("    datum:", with: "    x:")
    }
    #expect(error(away).contains("None of the"))
  }
}
