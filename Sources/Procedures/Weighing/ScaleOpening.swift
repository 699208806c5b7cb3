import Capture
package import Devices
package import Simulation
package import Weighing

/// The scale of a rig, for its load cells to be read: by its wiring, else the only converter that is
/// plugged in.
///
/// Throws when there is none, when there are several, or when it cannot be used.
package func openLoadCells(_ request: LiveWeighRequest) throws(ProcedureError) -> any Scale {
  let inventory: DeviceInventory
  do throws(DeviceError) { inventory = try .take() } catch { throw .device(error) }
  let wired = try request.rig.scale(inventory)
  do throws(DeviceError) {
    if let wired { return try wired.open() }
    let found = inventory.scales.filter { $0.kind == .iio }
    guard let scale = found.first else {
      throw .missing(node: "a load-cell converter")
    }
    guard found.count == 1 else {
      throw .unsupported(
        node: found.map(\.device.node).joined(separator: ", "),
        problem: "there are \(found.count) load-cell converters; unplug the others")
    }
    if let problem = scale.device.problem { throw problem }
    guard let source = ScaleSource(scale) else {
      throw .unsupported(node: scale.device.node, problem: "its load cells cannot be read")
    }
    return try source.open()
  } catch {
    throw .device(error)
  }
}

/// A cart's scale that is not there, with hands that do as they are asked: for demonstrations and
/// tests, faster than real time.
package final class VirtualHands {
  package let scale: VirtualScale
  private let masses: SimulatedMasses
  private var numbers: SeededNumbers
  /// By how much the last load lies off its place, metres.
  private var off = SIMD2<Double>.zero

  /// Scale, masses and hands of a seed, always the same.
  ///
  /// - Parameters:
  ///   - start: the time of the first sample, seconds.
  ///   - faults: what is wrong with the scale.
  package init(
    seed: UInt64, spec: ScaleSpec, start: Double = 0, faults: [ScaleFault] = [],
    hasAccelerometer: Bool = false
  ) {
    scale = VirtualScale(
      SimulatedScale(seed: seed, faults: faults), seed: seed, rate: spec.converter.rate,
      start: start, hasAccelerometer: hasAccelerometer)
    masses = SimulatedMasses(seed: seed)
    numbers = SeededNumbers(seed ^ 0x4A4D5)
  }

  /// Does what a prompt asks.
  package func act(_ placement: WeighingPlan.Placement) {
    guard !placement.masses.isEmpty else { return clear() }
    let nominal = placement.masses.map(\.nominal.kilograms)
    guard placement.added.isEmpty else {
      // What lies there is not moved.
      return scale.lay(masses.mass(of: nominal), at: placement.position + off)
    }
    lay(nominal, at: placement.position)
  }

  /// Takes everything off.
  package func clear() { scale.lay(0, at: .zero) }

  /// Puts masses, nominal kilograms, about a place.
  package func lay(_ nominal: [Double], at place: SIMD2<Double>) {
    off = SIMD2(numbers.uniform(-0.004, 0.004), numbers.uniform(-0.004, 0.004))
    scale.lay(masses.mass(of: nominal), at: place + off)
  }
}

/// The masses that virtual hands have.
package func virtualMasses() throws(ProcedureError) -> MassRegistry {
  do throws(MassRegistryError) {
    return try SimulatedMasses.registry()
  } catch {
    throw .masses(.registry(file: "the virtual masses", error))
  }
}
