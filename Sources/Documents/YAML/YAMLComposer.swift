/// Makes values of events, within bounds.
struct YAMLComposer {
  private let events: YAMLEvents
  private let file: String
  private let limits: YAMLLimits
  /// By anchor; nil while the anchored value is still being read.
  private var anchors: [String: Composed?] = [:]
  private var valuesLeft: Int

  /// A value with what it counts.
  private struct Composed {
    var node: YAMLNode
    /// Values in it, itself included, aliases written out.
    var count: Int
    /// Levels of nesting in it; 0 for a single value.
    var height: Int
  }

  init(_ events: YAMLEvents, file: String, limits: YAMLLimits) {
    self.events = events
    self.file = file
    self.limits = limits
    valuesLeft = limits.values
  }

  mutating func document() throws(YAMLError) -> YAMLNode {
    _ = try events.next()
    let (first, start) = try events.next()
    guard first == .documentStart else {
      throw .malformed(
        start, detail: "the file is empty", remedy: "Check that it is the file you mean.")
    }
    let (event, place) = try events.next()
    let root = try value(event, place, depth: 0)
    _ = try events.next()
    let (last, end) = try events.next()
    guard last == .streamEnd else {
      throw .malformed(
        end, detail: "a second document begins here",
        remedy: "Leave one document in the file, without --- or ... after it.")
    }
    return root.node
  }

  private mutating func value(
    _ event: YAMLEvent, _ place: YAMLPlace, depth: Int
  ) throws(YAMLError) -> Composed {
    let composed: Composed
    let anchor: String?
    switch event {
    case .scalar(let text, let isPlain, let name):
      anchor = name
      composed = Composed(
        node: YAMLNode(.scalar(text: text, isPlain: isPlain), at: place), count: 1, height: 0)
      try use(1, at: place)
    case .listStart(let name):
      anchor = name
      if let name { anchors.updateValue(nil, forKey: name) }
      try checkDepth(depth + 1, place)
      composed = try list(place, depth: depth + 1)
    case .mappingStart(let name):
      anchor = name
      if let name { anchors.updateValue(nil, forKey: name) }
      try checkDepth(depth + 1, place)
      composed = try mapping(place, depth: depth + 1)
    case .alias(let name):
      return try resolve(name, place, depth: depth)
    default:
      throw .malformed(
        place, detail: "nothing was found where a value was expected",
        remedy: "Check that the file is whole.")
    }
    if let anchor { anchors[anchor] = composed }
    return composed
  }

  private mutating func list(_ place: YAMLPlace, depth: Int) throws(YAMLError) -> Composed {
    try use(1, at: place)
    var elements: [YAMLNode] = []
    var result = Composed(node: YAMLNode(.list([]), at: place), count: 1, height: 1)
    while true {
      let (event, start) = try events.next()
      if event == .listEnd { break }
      let element = try value(event, start, depth: depth)
      elements.append(element.node)
      result.count += element.count
      result.height = max(result.height, element.height + 1)
    }
    result.node.value = .list(elements)
    return result
  }

  private mutating func mapping(_ place: YAMLPlace, depth: Int) throws(YAMLError) -> Composed {
    try use(1, at: place)
    var members: [YAMLMember] = []
    var lines: [String: Int] = [:]
    var result = Composed(node: YAMLNode(.mapping([]), at: place), count: 1, height: 1)
    while true {
      let (event, keyPlace) = try events.next()
      if event == .mappingEnd { break }
      guard case .scalar(let key, _, nil) = event else {
        throw .malformed(
          keyPlace, detail: "a key must be a single word, without anchor or alias",
          remedy: "Write key: value.")
      }
      try use(1, at: keyPlace)
      if let line = lines.updateValue(keyPlace.line, forKey: key) {
        throw .malformed(
          keyPlace,
          detail: "the key \"\(SafeText.line(key, limit: 80))\" stands already in line \(line)",
          remedy: "Leave one of the two.")
      }
      let (next, start) = try events.next()
      let member = try value(next, start, depth: depth)
      members.append(YAMLMember(key: key, keyPlace: keyPlace, value: member.node))
      result.count += member.count + 1
      result.height = max(result.height, member.height + 1)
    }
    result.node.value = .mapping(members)
    return result
  }

  private mutating func resolve(
    _ name: String, _ place: YAMLPlace, depth: Int
  ) throws(YAMLError) -> Composed {
    let shown = SafeText.line(name, limit: 80)
    guard let known = anchors[name] else {
      throw .malformed(
        place, detail: "*\(shown) stands for nothing: there is no &\(shown) before it",
        remedy: "Check the name, or write the value out.")
    }
    guard let composed = known else {
      throw .malformed(
        place, detail: "*\(shown) stands within &\(shown) itself",
        remedy: "Write the value out.")
    }
    try use(composed.count, at: place)
    try checkDepth(depth + composed.height, place)
    return composed
  }

  private func checkDepth(_ depth: Int, _ place: YAMLPlace) throws(YAMLError) {
    guard depth <= limits.depth else {
      throw .tooMuch(
        place, what: "lists and mappings are nested too deep", limit: limits.depth)
    }
  }

  private mutating func use(_ count: Int, at place: YAMLPlace) throws(YAMLError) {
    guard count <= valuesLeft else {
      throw .tooMuch(
        place, what: "the file holds too many values, its aliases written out",
        limit: limits.values)
    }
    valuesLeft -= count
  }
}
