import Documents
import Procedures

/// The prompts of a weighing, one line each.
struct WeighScreen {
  let placements: Int

  func show(_ message: LiveWeighMessage) {
    switch message {
    case .begins(let placements, let done, let omissions):
      Console.say(
        done == 0
          ? "\(placements) placements" : "goes on after \(done) of \(placements) placements")
      for omission in omissions { Console.say("not determined: \(omission)") }
      Console.say()
    case .prompt(let text, let placement):
      let count = placement.map { "\($0)/\(placements)" } ?? "again"
      Console.say("\(count.padded(to: 8))\(Console.safe(text, limit: 600))")
    case .problem(let text): Console.say("!       \(Console.safe(text, limit: 600))")
    case .resting(let seconds):
      if seconds > 20 {
        Console.say("        at rest; leave it for \(NumberText.fixed(seconds / 60, 1)) min")
      }
    case .done: break
    }
  }
}
