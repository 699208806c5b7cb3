import CYAML

/// What a YAML text is made of, one after the other (`yaml_parser_parse`).
enum YAMLEvent: Equatable {
  case scalar(text: String, isPlain: Bool, anchor: String?)
  case listStart(anchor: String?)
  case listEnd
  case mappingStart(anchor: String?)
  case mappingEnd
  case alias(String)
  case documentStart
  case documentEnd
  case streamStart
  case streamEnd
}

/// Reads the events of a text in UTF-8. The only place that touches libyaml.
final class YAMLEvents {
  private let file: String
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  // libyaml keeps a pointer to its own parser in it: it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let isReady: Bool

  init(_ text: [UInt8], file: String) {
    self.file = file
    // With the encoding given, libyaml takes a byte order mark for a character.
    let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
    bytes = .allocate(capacity: max(1, text.count))
    bytes.initialize(repeating: 0)
    _ = bytes.update(fromContentsOf: text)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    isReady = yaml_parser_initialize(parser) == 1
    guard isReady else { return }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, text.count)
  }

  deinit {
    if isReady { yaml_parser_delete(parser) }
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event and where it begins. After `.streamEnd` nothing is left to ask for.
  func next() throws(YAMLError) -> (event: YAMLEvent, place: YAMLPlace) {
    var event = yaml_event_t()
    guard isReady, yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let place = place(event.start_mark)
    switch event.type {
    case YAML_STREAM_START_EVENT: return (.streamStart, place)
    case YAML_STREAM_END_EVENT: return (.streamEnd, place)
    case YAML_DOCUMENT_START_EVENT: return (.documentStart, place)
    case YAML_DOCUMENT_END_EVENT: return (.documentEnd, place)
    case YAML_ALIAS_EVENT: return (.alias(text(event.data.alias.anchor) ?? ""), place)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try refuse(tag: scalar.tag, at: place)
      let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return (
        .scalar(
          text: String(decoding: content, as: UTF8.self), isPlain: isPlain,
          anchor: text(scalar.anchor)), place
      )
    case YAML_SEQUENCE_START_EVENT:
      try refuse(tag: event.data.sequence_start.tag, at: place)
      return (.listStart(anchor: text(event.data.sequence_start.anchor)), place)
    case YAML_SEQUENCE_END_EVENT: return (.listEnd, place)
    case YAML_MAPPING_START_EVENT:
      try refuse(tag: event.data.mapping_start.tag, at: place)
      return (.mappingStart(anchor: text(event.data.mapping_start.anchor)), place)
    case YAML_MAPPING_END_EVENT: return (.mappingEnd, place)
    default:
      throw .malformed(
        place, detail: "nothing was found where a value was expected",
        remedy: "Check that the file is whole.")
    }
  }

  private func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    characters.map { String(cString: $0) }
  }

  private func refuse(
    tag: UnsafeMutablePointer<yaml_char_t>?, at place: YAMLPlace
  ) throws(YAMLError) {
    guard let tag = text(tag) else { return }
    throw .malformed(
      place, detail: "\"\(SafeText.line(tag, limit: 40))\" is a tag, and tags have no meaning here",
      remedy: "Leave the tag out.")
  }

  private func place(_ mark: yaml_mark_t) -> YAMLPlace {
    YAMLPlace(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private func failure() -> YAMLError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "it cannot be read"
    switch state.error {
    case YAML_MEMORY_ERROR:
      return .unreadable(file: file, reason: "there is not enough memory")
    case YAML_READER_ERROR:
      // The reader knows bytes only: it looks ahead of all marks.
      return .malformed(
        place(ofByte: Int(state.problem_offset)), detail: problem,
        remedy: "Save the file as UTF-8 text.")
    default:
      let context = state.context.map { String(cString: $0) + ": " } ?? ""
      let line = Int(state.problem_mark.line)
      let remedy =
        isIndentedByTab(line)
        ? "The line is indented by a tab: YAML takes spaces only."
        : "Check the indentation, the colons and the quotes here and in the line above."
      return .malformed(place(state.problem_mark), detail: context + problem, remedy: remedy)
    }
  }

  private func place(ofByte offset: Int) -> YAMLPlace {
    var place = YAMLPlace(file: file, line: 1, column: 1)
    for byte in bytes.prefix(offset) {
      if byte == 0x0A {
        place.line += 1
        place.column = 1
      } else if byte & 0xC0 != 0x80 {
        // Characters are counted, not bytes.
        place.column += 1
      }
    }
    return place
  }

  private func isIndentedByTab(_ line: Int) -> Bool {
    var number = 0
    var isIndentation = true
    for byte in bytes {
      if byte == 0x0A {
        number += 1
        isIndentation = true
        if number > line { return false }
      } else if number == line, isIndentation {
        if byte == 0x09 { return true }
        isIndentation = byte == 0x20
      }
    }
    return false
  }
}
