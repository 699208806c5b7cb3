import Execution
import Files
import Glibc

/// A scale on a serial line, which weighs by itself.
package final class SerialScale: Scale {
  /// What it speaks.
  package enum Language: Equatable, Sendable {
    case mtSICS
    /// The protocol does not say the unit: it is what the scale is set to.
    case toledo8217(ScaleUnit)
    /// It sends by itself.
    case toledoContinuous(hasChecksum: Bool)
  }

  package let cells = 0
  package var answersAtOnce: Bool { if case .toledoContinuous = language { false } else { true } }
  private let node: String
  private let language: Language
  private let line: SerialLine
  private var lines = LineFramer()
  private var answers = Toledo8217.Framer()
  private var messages: ToledoContinuous.Framer
  /// Indications that arrived together.
  private var waiting: [ScaleIndication] = []

  /// Seconds after which a question is asked again: it may have been lost.
  private static let patience = 1.0

  package init(_ node: String, _ language: Language) throws(DeviceError) {
    self.node = node
    self.language = language
    if case .toledoContinuous(let hasChecksum) = language {
      messages = ToledoContinuous.Framer(hasChecksum: hasChecksum)
    } else {
      messages = ToledoContinuous.Framer(hasChecksum: false)
    }
    let form: SerialLine.Form = if case .toledo8217 = language { .evenSeven } else { .plain }
    do throws(FileError) {
      line = try SerialLine(node, form)
    } catch {
      throw DeviceError(error, node: node, rule: AccessRule.serialLine)
    }
  }

  package func next(within seconds: Double) throws(DeviceError) -> ScaleSample {
    let indication = try ask(weightCommand, within: seconds)
    return ScaleSample(
      time: ResourceUse.wallSeconds, mass: indication.mass, status: indication.status)
  }

  package func zero() throws(DeviceError) {
    switch language {
    case .mtSICS: _ = try ask(MTSICS.Command.zero.bytes, within: 10)
    case .toledo8217: _ = try ask(Toledo8217.Command.zero.bytes, within: 10)
    case .toledoContinuous:
      throw .unsupported(node: node, problem: "a scale that sends by itself cannot be zeroed")
    }
  }

  private var weightCommand: [UInt8] {
    switch language {
    case .mtSICS: MTSICS.Command.weight.bytes
    case .toledo8217: Toledo8217.Command.weight.bytes
    case .toledoContinuous: []
    }
  }

  /// Sends `command` until an answer comes, at most `seconds`.
  private func ask(_ command: [UInt8], within seconds: Double) throws(DeviceError)
    -> ScaleIndication
  {
    if !waiting.isEmpty { return waiting.removeFirst() }
    let end = ResourceUse.wallSeconds + seconds
    do throws(FileError) {
      while ResourceUse.wallSeconds < end {
        if !command.isEmpty { try line.write(command) }
        let again = min(end, ResourceUse.wallSeconds + Self.patience)
        while ResourceUse.wallSeconds < again {
          waiting += indications(try line.read(until: again))
          if !waiting.isEmpty { return waiting.removeFirst() }
        }
        forgetUnfinished()
      }
    } catch {
      throw DeviceError(error, node: node, rule: AccessRule.serialLine)
    }
    throw .silent(node: node, seconds: seconds)
  }

  /// What the bytes complete; junk and answers to other questions are left out.
  private func indications(_ bytes: [UInt8]) -> [ScaleIndication] {
    switch language {
    case .mtSICS:
      lines.feed(bytes).compactMap { line in
        switch MTSICS.response(line) {
        case .indication(let indication): indication
        case .zeroed: ScaleIndication(value: nil, unit: nil, status: [.stable, .zero])
        case .notNow: ScaleIndication(value: nil, unit: nil, status: .motion)
        case .text, .error, nil: nil
        }
      }
    case .toledo8217(let unit):
      answers.feed(bytes).compactMap { content in
        switch Toledo8217.response(content) {
        case .weight(let value, let isNet):
          ScaleIndication(value: value, unit: unit, status: isNet ? [.stable, .net] : .stable)
        case .status(let status): ScaleIndication(value: nil, unit: unit, status: status)
        case nil: nil
        }
      }
    case .toledoContinuous:
      messages.feed(bytes).compactMap { ToledoContinuous.indication($0) }
    }
  }

  private func forgetUnfinished() {
    lines.reset()
    answers.reset()
    messages.reset()
  }
}
